"""Every question asked of a graph in memory and of one that is fetched: twin_test.py RELATA ARTICLES [QUESTIONS]

The same graph, with a history (several batches, an article taken back and read again, a merge, a never-merge and an undone merge), lies in a
folder, on one server and on four. Each is served; every question must be answered with the same bytes. QUESTIONS: that many of them, by chance.
"""
import glob, itertools, json, os, random, re, subprocess, sys, tempfile, urllib.error, urllib.parse, urllib.request

from servers import Servers

FILTERS = ["", "from=2024-11", "until=2024-10-31", "from=2024-11-15&until=2024-11-17", "known_at=2024-11-16", "version=2", "version=4", "polarity=negative", "modality=actual",
           "modality=possible,future", "min_confidence=0.8", "min_publishers=2", "contested=true", "type=PERSON", "type=GPE,ORG", "relation=CONSULT,PERMIT,USE",
           "version=3&from=2024-11&type=PERSON,GPE", "fold=governments"]


class Served:
    def __init__(self, relata, db, *more):
        self.process = subprocess.Popen([relata, "serve", "--db", db, "--port", "0", "--quiet", *more], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.at = self.process.stdout.readline().split(" at ")[1].split("/ ")[0]

    def ask(self, path):
        try:
            with urllib.request.urlopen(self.at + path, timeout=120) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, re.sub(rb'"request":"[^"]*"', b"", error.read())

    def stop(self):
        self.process.terminate()
        self.process.wait()


def build(relata, samples, db):
    def run(*arguments):
        done = subprocess.run([relata, *arguments, "--db", db], capture_output=True, text=True)
        assert done.returncode in (0, 1), f"{arguments}: {done.stderr}"
        return done.stdout

    articles = sorted(path for path in glob.glob(samples + "/**/*", recursive=True) if os.path.isfile(path))
    for batch in range(3):
        run("ingest", *articles[batch::3])
    ids = [json.loads(line)["document"]["id"] for line in subprocess.run([relata, "extract", articles[0]], capture_output=True, text=True, check=True).stdout.splitlines()]
    run("retract", ids[0])
    names = [entity["id"] for entity in json.loads(run("find", "a", "--json", "--limit", "12"))["entities"]]
    run("identity", "merge", names[0], names[1])
    run("identity", "never", names[2], names[3])
    run("identity", "merge", names[4], names[5])
    run("identity", "undo", "d3")
    run("ingest", articles[0])
    return run


def questions(entities, ids, relations, articles, seed):
    chance = random.Random(seed)
    quote = urllib.parse.quote
    for name in entities:
        yield f"/v1/entities?q={quote(name)}"
        yield f"/v1/entities?q={quote(name[:3])}"
    for text in ["Schol", "Putn", "Storm Shdow", "no such thing", "a"]:
        yield f"/v1/entities?q={quote(text)}"
        yield f"/v1/entities/{quote(text)}"
    for one, rule in itertools.product(ids[:6], FILTERS):
        for what in (f"/v1/entities/{one}/neighbourhood?depth=2&limit=20", f"/v1/entities/{one}/timeline?limit=10", f"/v1/relations?entity={one}", f"/v1/statements?source={one}&limit=5"):
            yield what + "&" + rule
    for one in ids:
        yield f"/v1/entities/{one}"
        yield f"/v1/entities/{one}/quotes"
        yield f"/v1/entities/{one}?version=2"
        yield f"/v1/entities/{one}/neighbourhood?depth=3&attributed_to={ids[0]}"
    for one in relations:
        yield f"/v1/relations/{quote(one)}"
    for one in articles[:5]:
        yield f"/v1/articles/{one}"
    pairs = list(itertools.permutations(ids[:7], 2))
    for (a, b), rule in itertools.product(chance.sample(pairs, 8), FILTERS):
        mode = chance.choice(["shortest", "strongest", "time_respecting", "latest_departure"])
        yield f"/v1/paths?source={a}&target={b}&mode={mode}&k={chance.choice([1, 3, 8])}&max_hops={chance.choice([3, 4, 6])}&{rule}"
    for a, b, c in chance.sample(list(itertools.permutations(ids[:7], 3)), 8):
        yield f"/v1/paths?source={a}&target={b}&through={c}&max_hops=5"
        yield f"/v1/paths?source={a}&target={b}&avoid={c}&mode=strongest"
        yield f"/v1/connections?entity={a},{b},{c}"
        yield f"/v1/relations?source={a}&target={b}"


def main():
    relata, samples = os.path.abspath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder, Servers(4) as servers:
        db, one, four = folder + "/db", servers[0].url("one"), servers[0].url("four")
        run = build(relata, samples, db)
        subprocess.run([relata, "db", "init", "--db", four, "--distribute", "fdw", "--servers", *[servers[i].url() for i in (1, 2, 3)]], check=True)
        # One is written as the folder was, batch by batch; four is a copy.
        build(relata, samples, one)
        subprocess.run([relata, "copy", db, four], check=True, stdout=subprocess.DEVNULL)
        found = json.loads(run("relations", "--json", "--limit", "200"))
        names = {entity["id"]: entity["name"] for entity in found["entities"]}
        degree = {}
        for relation in found["relations"]:
            for end in (relation["source"], relation["target"]):
                degree[end] = degree.get(end, 0) + 1
        ids = sorted(degree, key=lambda each: (-degree[each], each))[:20]
        articles = sorted({proof["article"] for relation in found["relations"] for proof in relation["evidence"]})
        asked = list(dict.fromkeys(questions([names[each] for each in ids[:10]], ids, [relation["id"] for relation in found["relations"][:20]], articles, 7)))
        if len(sys.argv) > 3:
            asked = random.Random(len(asked)).sample(asked, int(sys.argv[3]))
        memory = Served(relata, db)
        fetched = [Served(relata, one, "--fetch", "always"), Served(relata, four, "--fetch", "always")]
        try:
            answered = wrong = 0
            for question in asked:
                expected = memory.ask(question)
                answered += expected[0] == 200
                for server, name in zip(fetched, ("one server", "four servers")):
                    got = server.ask(question)
                    if got == expected:
                        continue
                    wrong += 1
                    if wrong <= 3:
                        print(f"{question} on {name}:\n  {expected[0]} {expected[1][:1500]}\n  {got[0]} {got[1][:1500]}", file=sys.stderr)
            assert answered > len(asked) * 0.6, f"only {answered} of {len(asked)} questions have an answer"
            assert wrong == 0, f"{wrong} of {2 * len(asked)} answers differ"
            status, refused = fetched[0].ask("/v1/relations")
            assert status == 400 and b"name an entity" in refused, refused
        finally:
            for server in [memory, *fetched]:
                server.stop()
        for command in (["path", "Putin", "Scholz"], ["neighbours", ids[0], "--depth", "2"], ["stats"], ["relations"], ["find", "Putin"]):
            told = [subprocess.run([relata, *command, "--json", "--db", place], capture_output=True).stdout for place in (db, one, four)]
            assert told[0] and told[0] == told[1] == told[2], f"{command}: differ"
        print(f"{len(asked)} questions, {answered} with an answer: the same in memory, on one server and on four")


main()
