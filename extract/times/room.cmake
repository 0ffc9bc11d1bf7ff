room(extract/times DEPENDS relata_extract relata_graph)
room_tests(times DEPENDS relata_extract_times relata_extract relata_graph)
