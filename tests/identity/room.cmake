# Identity over the whole way from batches to the bytes of an export, on every kind of store. bytes_test.cpp on a server:
# RELATA_TEST_DB=postgresql://... build/test_identity
room_tests(identity DEPENDS relata_storage relata_query relata_graph)
