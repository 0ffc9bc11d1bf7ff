#!/usr/bin/env python3
"""PostgreSQL as a store: bench/postgres.py BUILD PEERS SCALE ADAPTER [SERVERS...]

BUILD has relata, bench_lines and bench_peer (`ninja bench_lines bench_peer`); PEERS is the folder of bench/peer/run.sh, with its data and its
queries and expected answers; ADAPTER is the peer benchmark's adapters/postgres.py, whose tables and statements are the hand-written SQL. On each
number of servers (1 2 4) of this machine, which do wait for the disk:

- `relata load`, bytes a statement, the time to open the graph for questions, and every class of questions, fetched;
- beside them the hand-written SQL on the first server (needs psycopg);
- on one server bare binary COPY of the same rows into empty tables with the same indexes.

Questions are asked in ROUNDS, fetched and by hand in turn, and of each question the quickest of its rounds counts on either side: on a machine with
other work that is what differs least from run to run.
"""
import json, os, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "postgres"))
from servers import Servers, binaries

TABLES = ["meta", "articles", "bodies", "log", "actors", "entities", "keys", "identity", "past", "addresses", "names", "edges"]
QUESTIONS = 200  # of each class
ROUNDS = 3


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


def hand_written(adapter):
    """What the adapter says, without running it."""
    with open(adapter, encoding="utf-8") as file:
        source = file.read()
    told = {}
    exec(source[source.index('SCHEMA = """'):source.index("def load()")], told)
    exec(source[source.index("ROW = "):source.index("fns = dict(")], told)
    return told


def number_of(items):
    items, together = list(items), 0
    for item in items:
        together ^= item
    return f"{len(items)}:{together}"


def make_by_hand(server, peers, scale, adapter):
    import psycopg
    told = hand_written(adapter)
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE SCHEMA peer; SET search_path TO peer")
        connection.execute(told["SCHEMA"])
        for table, name in (("entity", "entities"), ("fact", "facts")):
            with connection.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv, HEADER)") as copy, open(f"{peers}/data/{scale}/{name}.csv", "rb") as file:
                while piece := file.read(1 << 20):
                    copy.write(piece)
        connection.execute(told["INDEX"])
        connection.execute("VACUUM ANALYZE entity")
        connection.execute("VACUUM ANALYZE fact")


def by_hand(server, peers, scale, adapter):
    """ms of each question of each class, and how many answers are wrong."""
    import psycopg
    told = hand_written(adapter)
    queries = json.load(open(f"{peers}/queries/{scale}.json", encoding="utf-8"))
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("SET search_path TO peer; SET jit = off; SET max_parallel_workers_per_gather = 0; SET work_mem = '256MB'; SET statement_timeout = '60s'")

        def q(sql, *values):
            return connection.execute(sql, values).fetchall()

        ask = dict(
            a=lambda x: number_of(r[0] for r in q(told["A"], x["e"], x["d0_iso"], x["d1_iso"], x["e"], x["d0_iso"], x["d1_iso"])),
            b=lambda x: min(200, len({r[0] for r in q(told["B"], x["e"])} - {x["e"]})),
            c=lambda x: q("SELECT sp(%s,%s,'-infinity','infinity',NULL,6)", x["s"], x["t"])[0][0],
            d=lambda x: q("SELECT sp(%s,%s,%s::date,%s::date,%s,6)", x["s"], x["t"], x["d0_iso"], x["d1_iso"], x["rels"])[0][0],
            e=lambda x: q("SELECT ea(%s,%s,%s::date,%s::date,%s)", x["s"], x["t"], x["d0_iso"], x["d1_iso"], x["dir"] == "any")[0][0],
            f=lambda x: number_of(r[0] for r in q("SELECT id, name FROM entity WHERE name >= %s AND name < %s ORDER BY name, id LIMIT 20", x["prefix"], x["prefix"] + "\U0010ffff")),
            g=lambda x: number_of(r[0] for r in q(told["G"], x["e"], x["asof_iso"], x["e"], x["asof_iso"], x["asof_iso"], x["asof_iso"])))
        measured = {}
        for name, function in ask.items():
            asked = queries[name][:QUESTIONS]
            for query in queries[name][-10:]:
                function(query)
            latencies, wrong = [], 0
            for query in asked:
                began = time.perf_counter()
                answer = function(query)
                latencies.append(1000 * (time.perf_counter() - began))
                wrong += str(answer) != str(query["expected"])
            measured[name] = latencies, wrong
        return measured


def some_of_each(peers, scale, folder):
    """The first QUESTIONS of each class, as bench_peer reads them."""
    taken = {}
    with open(f"{peers}/queries/{scale}.tsv", encoding="utf-8") as queries, open(f"{peers}/queries/{scale}.expected", encoding="utf-8") as expected, \
            open(folder + "/queries", "w", encoding="utf-8") as some, open(folder + "/expected", "w", encoding="utf-8") as answers:
        for query, answer in zip(queries, expected):
            taken[query[0]] = taken.get(query[0], 0) + 1
            if taken[query[0]] <= QUESTIONS:
                some.write(query)
                answers.write(answer)


def fetched(build, url, peers, scale, folder):
    """ms of each question of each class, how many answers are wrong, and ms to open."""
    subprocess.run([build + "/bench_peer", url, f"{peers}/data/{scale}", folder + "/queries", folder + "/expected", folder + "/fetched"], stdout=subprocess.DEVNULL)
    told = json.load(open(folder + "/fetched", encoding="utf-8"))
    return {name: (each["lat_ms"], each["wrong"]) for name, each in told["classes"].items()}, told["open_ms"]


def quickest(rounds):
    return {name: ([min(times) for times in zip(*(each[name][0] for each in rounds))], max(each[name][1] for each in rounds)) for name in rounds[0]}


def compare(build, server, peers, scale, adapter, folder):
    some_of_each(peers, scale, folder)
    make_by_hand(server, peers, scale, adapter)
    mine, sql, opened = [], [], []
    for _ in range(ROUNDS):
        told, ms = fetched(build, server.url("loaded"), peers, scale, folder)
        mine.append(told)
        opened.append(ms)
        sql.append(by_hand(server, peers, scale, adapter))
    mine, sql = quickest(mine), quickest(sql)
    print(f"opened to the first answer in {min(opened):.0f} ms")
    print(f"{'class':6}{'SQL p50':>10}{'p99':>10}{'fetched p50':>13}{'p99':>10}{'p50':>7}{'p99':>7}  wrong")
    rank = lambda values, share: sorted(values)[min(len(values) - 1, int(share * len(values)))]
    for name, (own, wrong) in mine.items():
        figures = [rank(sql[name][0], 0.5), rank(sql[name][0], 0.99), rank(own, 0.5), rank(own, 0.99)]
        print(f"{name:6}{figures[0]:>10.3f}{figures[1]:>10.3f}{figures[2]:>13.3f}{figures[3]:>10.3f}{figures[2] / figures[0]:>7.2f}{figures[3] / figures[1]:>7.2f}"
              f"  {wrong} (SQL {sql[name][1]}) of {len(own)}", flush=True)


def main():
    build, peers, scale, adapter = os.path.abspath(sys.argv[1]), *sys.argv[2:5]
    counts, relata = [int(n) for n in sys.argv[5:]] or [1, 2, 4], build + "/relata"
    settings = "-c shared_buffers=1GB -c max_wal_size=8GB -c jit=off -c random_page_cost=1.1"
    with tempfile.TemporaryDirectory() as folder:
        lines = folder + "/lines.jsonl"
        with open(lines, "wb") as file:
            subprocess.run([build + "/bench_lines", f"{peers}/data/{scale}"], stdout=file, check=True)
        with open(f"{peers}/data/{scale}/facts.csv", "rb") as file:
            statements = sum(1 for _ in file) - 1
        print(f"{statements} statements; RocksDB: load {seconds(relata, 'load', lines, '--no-names', '--db', folder + '/db'):.1f} s", flush=True)
        for count in counts:
            with Servers(count, durable=True, settings=settings) as servers:
                spread = ["--distribute", "fdw", "--servers", *[servers[i].url() for i in range(1, count)]] if count > 1 else []
                subprocess.run([relata, "db", "init", "--db", servers[0].url("loaded"), *spread], check=True)
                load = seconds(relata, "load", lines, "--no-names", "--db", servers[0].url("loaded"))
                size = sum(int(servers[i].sql("SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
                                              "WHERE nspname = 'loaded' AND relkind = 'r'")) for i in range(count))
                print(f"{count} server(s): load {load:.1f} s ({1e6 * load / statements:.1f} us a statement), {size / statements:.0f} bytes a statement", flush=True)
                if count == 1:
                    bare = bare_copy(servers[0], "loaded", folder)
                    print(f"bare COPY of the same rows {bare:.1f} s: {bare / load:.2f} of its rate", flush=True)
                    psql(servers[0], "DROP SCHEMA bare CASCADE")
                for i in range(count):
                    psql(servers[i], "VACUUM ANALYZE")
                compare(build, servers[0], peers, scale, adapter, folder)


main()
