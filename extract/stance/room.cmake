room(extract/stance DEPENDS relata_graph relata_extract)
room_tests(stance DEPENDS relata_extract_stance relata_extract)
