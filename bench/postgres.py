#!/usr/bin/env python3
"""PostgreSQL as a store: bench/postgres.py RELATA LINES [SERVERS...]

LINES is output of `relata extract`. On each number of servers (1 2 4) of this machine: `relata load` and `relata copy` of the same graph
against bare binary COPY of the same rows into empty tables with the same indexes, in turns on the same server; bytes a statement; and
questions asked of the program, each with opening the graph. The server does wait for the disk.
"""
import json, os, statistics, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "postgres"))
from servers import Servers, binaries

TABLES = ["meta", "articles", "bodies", "log", "actors", "entities", "keys", "identity", "past", "addresses", "names"]


def seconds(*command):
    started = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def psql(server, statement):
    return subprocess.run([os.path.join(binaries(), "psql"), "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", server.url(), "-c", statement], check=True, capture_output=True).stdout


def bare_copy(server, schema, folder):
    """Seconds to COPY the rows of a graph into empty tables like its own."""
    psql(server, "DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare")
    total = 0.0
    for table in TABLES:
        path = os.path.join(folder, table)
        with open(path, "wb") as file:
            file.write(psql(server, f"COPY (SELECT * FROM {schema}.{table} ORDER BY key) TO STDOUT (FORMAT binary)"))
        psql(server, f"CREATE TABLE bare.{table} (LIKE {schema}.{table} INCLUDING ALL)")
        with open(path, "rb") as file:
            started = time.monotonic()
            subprocess.run([os.path.join(binaries(), "psql"), "-qAtX", "-d", server.url(), "-c", f"COPY bare.{table} FROM STDIN (FORMAT binary)"], stdin=file, check=True)
            total += time.monotonic() - started
    return total


def main():
    relata, lines, counts = sys.argv[1], sys.argv[2], [int(n) for n in sys.argv[3:]] or [1, 2, 4]
    with open(lines, encoding="utf-8") as file:
        statements = sum(len(json.loads(line)["statements"]) for line in file)
    with tempfile.TemporaryDirectory() as folder:
        print(f"{statements} statements; RocksDB: load {seconds(relata, 'load', lines, '--db', folder + '/db'):.1f} s")
        for count in counts:
            with Servers(count, durable=True) as servers:
                for schema in ("loaded", "copied"):
                    spread = ["--distribute", "fdw", "--servers", *[servers[i].url() for i in range(1, count)]] if count > 1 else []
                    subprocess.run([relata, "db", "init", "--db", servers[0].url(schema), *spread], check=True)
                load = seconds(relata, "load", lines, "--db", servers[0].url("loaded"))
                copy = seconds(relata, "copy", folder + "/db", servers[0].url("copied"))
                size = sum(int(servers[i].sql("SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
                                              "WHERE nspname = 'loaded' AND relkind = 'r'")) for i in range(count))
                bare = bare_copy(servers[0], "loaded", folder) if count == 1 else None
                ratio = f"; bare COPY of the rows {bare:.1f} s: load at {bare / load:.2f}, copy at {bare / copy:.2f} of its rate" if bare else ""
                asked = [seconds(relata, "stats", "--db", servers[0].url("loaded")) for _ in range(3)]
                print(f"{count} server(s): load {load:.1f} s ({1e6 * load / statements:.0f} us a statement), copy {copy:.1f} s, {size / statements:.0f} bytes a statement, "
                      f"opening {statistics.median(asked):.2f} s{ratio}", flush=True)


main()
