"""The graph as every reader must see it, and how it is made."""
import json
import subprocess

# Names that break careless writers: quotes, markup, separators, emoji, right-to-left script, a control character, a line break.
ODD_NAMES = ['Anna "A" <Berg>', "Carl & Dahl's; Sons, Ltd", "Éva \\ Tab\there", "سلوى חנה", "Rocket \U0001F680 Works", "Bell\x07Tower", "Line\nBreak ]]>"]


def odd_line(relata):
    """A line for `relata load`: each odd name does something to the next, some of it dated, some denied."""
    article = {"url": "urn:example:odd", "title": 'Odd "names"', "publisher": "The <Odd> & Sons", "published": "2024-11-16", "text": " . ".join(ODD_NAMES) + " ."}
    told = subprocess.run([relata, "extract", "-"], check=True, capture_output=True, text=True, input=json.dumps(article) + "\n").stdout
    line = json.loads(told)
    text = line["document"]["text"]
    names = [part.strip() for part in text.rstrip(" .").split(" . ")]
    begins = [text.index(name) for name in names]
    line["entities"] = [{"id": f"a{i}", "name": ODD_NAMES[i], "type": "ORG" if i % 2 else "PERSON", "aliases": [],
                         "mentions": [{"begin": begins[i], "end": begins[i] + len(name), "text": name, "kind": "name"}]} for i, name in enumerate(names)]
    time = {"value": "2024-11-15", "begin": "2024-11-15", "end": "2024-11-15", "precision": "day"}
    line["statements"] = [{"id": f"s{i}", "subject": f"a{i}", "object": f"a{(i + 1) % len(names)}", "type": "AID", "predicate": "help", "time": time if i % 2 else None,
                           "polarity": "negative" if i == 3 else "positive", "modality": "actual", "attribution": [], "roles": {}, "confidence": 0.8,
                           "evidence": {"begin": 0, "end": len(text), "text": text}} for i in range(len(names))]
    line["quotes"] = []
    return json.dumps(line)


def build(relata, inputs, db):
    subprocess.run([relata, "ingest", *inputs, "--db", db], check=True, capture_output=True)
    subprocess.run([relata, "load", "-", "--db", db], check=True, capture_output=True, text=True, input=odd_line(relata) + "\n")


def export(relata, db, form):
    return subprocess.run([relata, "export", "--db", db, "--format", form], check=True, capture_output=True).stdout


class Graph:
    """entities: id -> (name, type); relations: id -> (source, target, type, begin, end, asserted, denied)."""

    def __init__(self):
        self.entities, self.relations = {}, {}

    def entity(self, id, name, type):
        assert id not in self.entities, f"{id} twice"
        self.entities[id] = (name, type)

    def relation(self, id, source, target, type, begin, end, asserted, denied):
        assert id not in self.relations, f"{id} twice"
        self.relations[id] = (source, target, type, begin or None, end or None, int(asserted), int(denied))

    def add_node(self, id, data):
        self.entity(id, data["name"], data["type"])

    def add_edge(self, id, source, target, data):
        self.relation(id, source, target, data["type"], data.get("begin"), data.get("end"), data["asserted"], data["denied"])


def truth(relata, db):
    graph = Graph()
    for line in export(relata, db, "jsonl").decode().splitlines():
        told = json.loads(line)
        if entity := told.get("entity"):
            graph.entity(entity["id"], entity["name"], entity["type"])
        if relation := told.get("relation"):
            time = relation["time"] or {}
            graph.relation(relation["id"], relation["source"], relation["target"], relation["type"], time.get("begin"), time.get("end"), relation["asserted"], relation["denied"])
    return graph


def same(true, read, tool, spelled=lambda name: name):
    """`spelled`: what the format makes of a name, where it cannot hold every character."""
    assert set(read.entities) == set(true.entities), f"{tool}: {len(read.entities)} entities of {len(true.entities)}"
    assert set(read.relations) == set(true.relations), f"{tool}: {len(read.relations)} relations of {len(true.relations)}"
    for id, (name, type) in true.entities.items():
        assert read.entities[id] == (spelled(name), type), f"{tool}: {id} is {read.entities[id]}, not {(spelled(name), type)}"
    for id, relation in true.relations.items():
        assert read.relations[id] == relation, f"{tool}: {id} is {read.relations[id]}, not {relation}"
