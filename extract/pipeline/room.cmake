find_package(simdjson REQUIRED)
room(extract/pipeline DEPENDS relata_extract_language relata_extract_reading relata_extract_names relata_extract_reference relata_extract_times
     relata_extract_stance relata_extract_statements relata_extract LIBRARIES PkgConfig::XXHASH simdjson::simdjson)
if(TARGET relata_extract_pipeline)
  target_compile_definitions(relata_extract_pipeline PRIVATE RELATA_RELEASE="${PROJECT_VERSION}")
endif()
