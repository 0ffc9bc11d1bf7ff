# Turns web/index.html into a C++ string: cmake -DIN=... -DOUT=... -P embed.cmake
file(READ ${IN} page)
file(WRITE ${OUT} "#include \"commands/page.h\"\n\nnamespace relata {\nconst std::string_view kPage = R\"page(${page})page\";\n}\n")
