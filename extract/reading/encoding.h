// Bytes of any encoding -> text as the rest of the program wants it.
#pragma once

#include <string>
#include <string_view>

namespace relata {

// Valid UTF-8 without NUL. Text that already is, comes back as it went in, byte for byte, but for a byte order mark at its beginning.
// Otherwise each maximal broken sequence becomes U+FFFD (Unicode 3.9, "substitution of maximal subparts") and NUL is dropped.
std::string clean_utf8(std::string text);

// As clean_utf8, after finding out the encoding: byte order mark; else valid UTF-8; else `charset` where a page or a header names one
// that fits; else UTF-16 by its zero bytes; else what the letters look like (windows-1251, KOI8-R, ...); else windows-1252.
std::string decode_text(std::string bytes, std::string_view charset = {});

bool is_valid_utf8(std::string_view text);

}  // namespace relata
