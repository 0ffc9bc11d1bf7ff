# Tokens, word forms, lemmas. The model's tables are packed when the program is built and become part of its image.
find_package(nlohmann_json REQUIRED)

file(GLOB token_pack_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/extract/tokens/pack/*.cpp)
add_executable(pack_tables ${token_pack_sources})
target_link_libraries(pack_tables PRIVATE relata_options nlohmann_json::nlohmann_json PkgConfig::UTF8PROC)

set(token_model ${CMAKE_SOURCE_DIR}/models/en_core_web_md)
set(token_pack ${CMAKE_BINARY_DIR}/models/tokens.pack)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/models)
set(token_tables)
foreach(table attribute_ruler lemmatizer norms symbols tokenizer unicode)
  list(APPEND token_tables ${token_model}/${table}.json)
endforeach()
add_custom_command(OUTPUT ${token_pack} COMMAND pack_tables ${token_model} ${token_pack} DEPENDS pack_tables ${token_tables})

room(extract/tokens DEPENDS relata_extract)
target_sources(relata_extract_tokens PRIVATE ${token_pack})
set_source_files_properties(${CMAKE_SOURCE_DIR}/extract/tokens/tables.cpp PROPERTIES
  OBJECT_DEPENDS ${token_pack} COMPILE_DEFINITIONS "RELATA_TOKEN_PACK=\"${token_pack}\"")

room_tests(tokens DEPENDS relata_extract_tokens relata_extract LIBRARIES nlohmann_json::nlohmann_json)
