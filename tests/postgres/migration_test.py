"""Tables of an older program are brought up to date: migration_test.py RELATA ARTICLES

A graph is put back into the tables of version 1, without `edges`, without marks in `names`: plain, in hash partitions, and on two servers. Reading refuses
it; opened once for writing, it has what it had before, and answers the same without loading the graph.
"""
import os, subprocess, sys, tempfile

from servers import Servers

QUESTIONS = [("find", "p", "--json", "--limit", "50"), ("find", "u", "--json"), ("neighbours", "Putin", "--json"), ("path", "Putin", "Scholz", "--json"), ("stats", "--json")]


def run(relata, *arguments, code=0):
    done = subprocess.run([relata, *arguments], capture_output=True, text=True, timeout=280)
    assert done.returncode == code, f"{arguments}: exit {done.returncode}: {done.stderr}"
    return done.stdout + (done.stderr if code else "")


def back_to_version_1(here, schema, others):
    spread = here.sql(f"SELECT convert_from(spread, 'UTF8') FROM {schema}.migration ORDER BY version DESC LIMIT 1")
    first = "names_p0" if others else "names"
    here.sql(f"BEGIN; SET search_path TO {schema}; DROP TABLE edges; DROP TABLE filled; DROP INDEX {first}_shard_idx; UPDATE names SET value = '';"
             f" ALTER TABLE {first} DROP CONSTRAINT {first}_pkey; ALTER TABLE {first} ADD PRIMARY KEY (key, shard);"
             f" DELETE FROM migration; INSERT INTO migration VALUES (1, '{spread}'); COMMIT")
    for number, other in enumerate(others, 1):
        other.sql(f"DROP TABLE {schema}.edges_p{number}; DROP INDEX {schema}.names_p{number}_shard_idx")


def told(relata, here, schema):
    db = here.url(schema)
    rows = here.sql(f"SELECT encode(key, 'hex'), first_day, last_day, md5(value) FROM {schema}.edges ORDER BY key")
    assert rows.count("\n") > 50
    names = here.sql(f"SELECT encode(key, 'hex'), encode(value, 'hex') FROM {schema}.names ORDER BY key")
    return [rows, names] + [run(relata, *question, "--db", db) for question in QUESTIONS]


def main():
    relata, samples = os.path.abspath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder, Servers(2) as servers:
        run(relata, "ingest", samples, "--db", folder + "/db")
        for schema, spread in (("plain", ["none"]), ("parts", ["hash", "--partitions", "3"]), ("two", ["fdw", "--servers", servers[1].url()])):
            db, others = servers[0].url(schema), [servers[1]] if schema == "two" else []
            run(relata, "db", "init", "--db", db, "--distribute", *spread)
            run(relata, "copy", folder + "/db", db)
            before = told(relata, servers[0], schema)
            back_to_version_1(servers[0], schema, others)
            assert "older Relata" in run(relata, "find", "p", "--db", db, code=3), "an old graph was read"
            run(relata, "ingest", samples, "--db", db)
            assert servers[0].sql(f"SELECT max(version) FROM {schema}.migration") == "2"
            after = told(relata, servers[0], schema)
            for was, now, what in zip(before, after, ["edges", "names", *QUESTIONS]):
                assert was == now, f"{schema}: after the migration, other {what}"
            run(relata, "check", "--db", db)
    print("tables of version 1 brought up to date: plain, in partitions, on two servers")


main()
