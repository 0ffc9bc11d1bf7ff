"""The program on PostgreSQL: program_test.py RELATA ARTICLES ROUNDS

- Articles read into a folder, onto one server and onto four sharded by postgres_fdw give the same export, and the same paths between the
  people and things of the samples.
- A copy from any place to another is the same rows; stopped in the middle, it goes on.
- Four writers at once write the graph of one.
- A share of a graph, by window or part, has what it should; a server shows soon what another process writes.
- A writer is killed ROUNDS times, and the server stopped and started under load: nothing acknowledged is lost, and the graph is clean.
"""
import itertools, json, os, random, re, signal, subprocess, sys, tempfile, time, urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from made_news import write_articles
from servers import Servers

NODES = ["Putin", "Scholz", "Peskov", "ATACMS", "Storm Shadow", "Kursk"]


class Program:
    def __init__(self, path):
        self.path = os.path.abspath(path)

    def run(self, *arguments, codes=(0,)):
        done = subprocess.run([self.path, *arguments], capture_output=True, text=True, timeout=280)
        assert done.returncode in codes, f"{arguments}: exit {done.returncode}: {done.stderr}"
        return done.stdout

    def start(self, *arguments, output, errors=subprocess.DEVNULL):
        return subprocess.Popen([self.path, *arguments], stdout=output, stderr=errors)


def export(relata, db):
    return relata.run("export", "--format", "nquads", "--db", db)


def paths(relata, db):
    found = {}
    for source, target in itertools.combinations(NODES, 2):
        found[source, target] = relata.run("path", source, target, "--db", db, "--json", codes=(0, 1))
    return found


def same_everywhere(relata, samples, folder, servers):
    one, four = servers[0].url("one"), servers[0].url("four")
    relata.run("db", "init", "--db", four, "--distribute", "fdw", "--servers", *[servers[i].url() for i in (1, 2, 3)])
    for db in (folder + "/db", one, four):
        relata.run("ingest", samples, "--db", db)
        relata.run("check", "--db", db)
    rows = [int(servers[i].sql(f"SELECT count(*) FROM four.actors_p{i}")) for i in range(4)]
    assert all(rows), f"a server without actors: {rows}"
    expected, answers = export(relata, folder + "/db"), paths(relata, folder + "/db")
    assert expected.count("\n") > 100 and any('"hops"' in answer for answer in answers.values())
    for db in (one, four):
        assert export(relata, db) == expected, f"{db}: another export"
        assert paths(relata, db) == answers, f"{db}: other paths"


def copies(relata, folder, servers):
    places = [folder + "/db", servers[0].url("copied"), folder + "/back"]
    hashes = {relata.run("copy", a, b).split("hash of all rows ")[1] for a, b in zip(places, places[1:])}
    assert len(hashes) == 1, hashes
    assert export(relata, places[0]) == export(relata, places[2]) == export(relata, places[1])
    relata.run("copy", places[0], places[1], codes=(2,))  # holds a graph


def read_lines(relata, folder):
    write_articles(folder + "/feed.jsonl", 400, 11)
    with open(folder + "/lines.jsonl", "w", encoding="utf-8") as out:
        subprocess.run([relata.path, "extract", folder + "/feed.jsonl"], stdout=out, check=True, timeout=280)
    with open(folder + "/lines.jsonl", encoding="utf-8") as file:
        return file.readlines()


def four_writers(relata, folder, servers, lines):
    db = servers[0].url("writers")
    running = []
    for writer in range(4):
        mine = lines[writer * 100:] + lines[:writer * 100]
        name = f"{folder}/lines-{writer}.jsonl"
        with open(name, "w", encoding="utf-8") as file:
            file.writelines(mine[:200])  # each article by two of them
        running.append(relata.start("load", name, "--db", db, output=subprocess.DEVNULL))
    assert [writer.wait(timeout=280) for writer in running] == [0, 0, 0, 0]
    relata.run("load", folder + "/lines.jsonl", "--db", folder + "/alone")
    assert export(relata, db) == export(relata, folder + "/alone"), "four writers made another graph than one"
    relata.run("check", "--db", db)


def acknowledged(path):
    with open(path, encoding="utf-8") as file:
        return {json.loads(line)["article"] for line in file if line.endswith("}\n")}


def disturbed(relata, folder, servers, lines, rounds):
    db, draw, promised = servers[0].url("disturbed"), random.Random(5), set()
    relata.run("db", "init", "--db", db)
    with open(folder + "/first.jsonl", "w", encoding="utf-8") as file:
        file.write(lines[0])
    relata.run("load", folder + "/first.jsonl", "--db", db)  # a writer may be killed before it has made the graph
    os.environ["RELATA_DB_PATIENCE"] = "60"
    for number in range(rounds):
        draw.shuffle(lines)
        name = f"{folder}/round.jsonl"
        with open(name, "w", encoding="utf-8") as file:
            file.writelines(lines)
        with open(folder + "/acks", "w", encoding="utf-8") as acks, open(folder + "/errors", "w+", encoding="utf-8") as errors:
            writer = relata.start("load", name, "--db", db, "--json", output=acks, errors=errors)
            time.sleep(draw.uniform(0.05, 0.8))
            if number % 3 == 2:
                servers[0].stop(draw.choice(["fast", "immediate"]))
                time.sleep(0.2)
                servers[0].start()
                code = writer.wait(timeout=280)
                errors.seek(0)
                assert code == 0, f"round {number}: the writer did not outlive the server's restart: exit {code}: {errors.read()}"
            writer.send_signal(signal.SIGKILL)
            writer.wait()
        promised |= acknowledged(folder + "/acks")
        relata.run("check", "--db", db)
        held = set(servers[0].sql("SELECT encode(substr(key, 1, 8), 'hex') FROM disturbed.articles").split())
        assert promised <= held, f"round {number}: {len(promised - held)} acknowledged and lost"
    relata.run("load", folder + "/lines.jsonl", "--db", db)
    assert export(relata, db) == export(relata, folder + "/alone"), "after all disturbances, another graph"


def articles_in(relata, db, *share):
    return set(re.findall(r"urn:relata:article:[0-9a-f]{16}", relata.run("export", "--format", "nquads", "--db", db, *share)))


def shares(relata, folder, servers):
    db = servers[0].url("writers")
    everything = articles_in(relata, db)
    early, late = articles_in(relata, db, "--window", "..2024-04"), articles_in(relata, db, "--window", "2024-05..")
    assert early and late and not early & late and early | late == everything
    parts = [articles_in(relata, db, "--part", f"{part}/16") for part in range(1, 17)]
    assert set.union(*parts) == everything and all(part < everything for part in parts)
    assert articles_in(relata, folder + "/alone", "--window", "2024-03") == articles_in(relata, db, "--window", "2024-03")
    relata.run("export", "--db", db, "--part", "4/3", codes=(2,))


def version_at(address):
    with urllib.request.urlopen(address + "/v1/stats", timeout=30) as answer:
        return json.load(answer)["version"]


def follows(relata, folder, servers, lines):
    """What one process writes, another that serves shows soon."""
    db = servers[0].url("followed")
    relata.run("db", "init", "--db", db)
    with open(folder + "/more.jsonl", "w", encoding="utf-8") as file:
        file.writelines(lines[:20])
    with subprocess.Popen([relata.path, "serve", "--db", db, "--port", "0", "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        address = server.stdout.readline().split(" at ")[1].split("/ ")[0]
        before = version_at(address)
        relata.run("load", folder + "/more.jsonl", "--db", db)
        deadline = time.monotonic() + 20
        while version_at(address) == before:
            assert time.monotonic() < deadline, "the server does not see what another process wrote"
            time.sleep(0.1)
        server.terminate()


def main():
    relata, samples, rounds = Program(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder, Servers(4, durable=True) as servers:
        for step in (lambda: same_everywhere(relata, samples, folder, servers), lambda: copies(relata, folder, servers)):
            step()
        lines = read_lines(relata, folder)
        four_writers(relata, folder, servers, lines)
        shares(relata, folder, servers)
        follows(relata, folder, servers, lines)
        disturbed(relata, folder, servers, lines, rounds)
    print("the program on PostgreSQL: same exports, paths and copies; nothing lost")


main()
