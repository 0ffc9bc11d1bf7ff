// The page for people, as files that a browser asks for. Private to the service.
#pragma once

#include "query/routes.h"

namespace relata {

// The file of Backend::page at the request's path, compressed when the browser takes that. A policy forbids the page every
// address but this service's own, and every script and style that is not one of its files.
Response page_file(const Call& call);

}  // namespace relata
