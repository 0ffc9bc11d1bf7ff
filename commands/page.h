#pragma once

#include <string_view>

namespace relata {

extern const std::string_view kPage;  // web/index.html

}  // namespace relata
