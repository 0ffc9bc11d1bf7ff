room(extract/names DEPENDS relata_graph relata_extract)
room_tests(names DEPENDS relata_extract_names relata_extract relata_graph)
