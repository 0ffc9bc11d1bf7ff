"""The tests of a Store on one server, or spread over several: store_test.py TEST_STORAGE SERVERS [ARGUMENT...]"""
import os, subprocess, sys

from servers import Servers

# These look into files, or take the disk away.
OF_FILES = ["flipped and missing*", "after a write that failed*", "killed at random*", "a creation that was stopped*", "foreign*", "a store in use*", "a full disk*", "a backup made*", "a store of format 2*"]


def main():
    program, count, rest = os.path.abspath(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    with Servers(count) as servers:
        environment = dict(os.environ, RELATA_TEST_DB=servers[0].url())
        if count > 1:
            environment["RELATA_TEST_SERVERS"] = ",".join(servers[i].url() for i in range(1, count))
        sys.exit(subprocess.run([program, "--test-case-exclude=" + ",".join(OF_FILES), *rest], env=environment).returncode)


main()
