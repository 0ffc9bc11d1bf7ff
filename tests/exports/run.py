#!/usr/bin/env python3
"""Tools of others read what `relata export` writes, and find the same graph in it: run.py RELATA INPUT...

Entities, relations, types, dates and counts are compared with those of the JSON lines. Needed: networkx, igraph, rdflib, graphviz,
rapper. Cytoscape.js and graphology are asked too when their packages are installed (node_modules beside this file).
"""
import os
import subprocess
import sys
import tempfile

import readers
from graph import ODD_NAMES, Graph, build, export, same, truth

HERE = os.path.dirname(os.path.abspath(__file__))


def in_node(true, forms):
    if not os.path.isdir(os.path.join(HERE, "node_modules")):
        print("Cytoscape.js, graphology: not installed, not asked")
        return
    import json
    for tool, form in (("cytoscape", "cytoscape"), ("graphology", "nodelink"), ("graphology", "gexf"), ("graphology", "graphml")):
        told = json.loads(subprocess.run(["node", os.path.join(HERE, "read.mjs"), tool, form], input=forms[form], capture_output=True, check=True).stdout)
        read = Graph()
        for id, data in told["nodes"]:
            read.add_node(id, data)
        for id, source, target, data in told["edges"]:
            read.add_edge(id, source, target, data)
        same(true, read, f"{tool}, {form}", readers.xml_name if form in ("gexf", "graphml") else lambda name: name)


def drawn_names(relata, db):
    """Names in pictures: of the neighbourhood of an odd name, of its timeline, and of what came since the beginning."""
    import xml.etree.ElementTree
    ask = ["--db", db, "--format", "svg"]
    odd = ODD_NAMES[0]
    for command in (["export", "--entity", odd, "--depth", "3"], ["diff", "0", "newest", "--entity", odd], ["timeline", odd]):
        picture = subprocess.run([relata, *command, *ask], capture_output=True, check=True).stdout
        words = {text.strip() for text in xml.etree.ElementTree.fromstring(picture).itertext()}
        names = ODD_NAMES if command[0] == "export" else ODD_NAMES[:2]
        for name in names:
            assert any(readers.xml_name(name) in text for text in words), f"{command[0]}, SVG: {name!r} is not in {sorted(words)}"


def differences(relata, db, true):
    """What came since the beginning is the whole graph, in every format, marked as added."""
    def diff(form):
        return subprocess.run([relata, "diff", "0", "newest", "--db", db, "--format", form], capture_output=True, check=True).stdout

    same(true, readers.networkx_graphml(diff("graphml")), "difference, GraphML", readers.xml_name)
    same(true, readers.networkx_gexf(diff("gexf")), "difference, GEXF", readers.xml_name)
    same(true, readers.networkx_cytoscape(diff("cytoscape")), "difference, Cytoscape JSON")
    same(true, readers.networkx_nodelink(diff("nodelink")), "difference, node-link JSON")
    same(true, readers.graphviz_dot(diff("dot")), "difference, Graphviz", readers.dot_name)
    same(true, readers.python_csv(diff("csv_nodes"), diff("csv_relations")), "difference, CSV")
    for form in ("turtle", "nquads", "jsonld"):
        same(true, readers.rdflib_rdf(diff(form), form), f"difference, {form}")
    for form, mark in (("graphml", b'"e_status">added<'), ("gexf", b'for="status" value="added"'), ("nodelink", b'"status":"added"'), ("dot", b'relata_status="added"'), ("turtle", b'status> "added"')):
        assert diff(form).count(mark) >= len(true.relations), f"difference, {form}: not all is marked as added"


def told_differences(relata, db, true):
    """The same difference for scripts, spreadsheets and people: names come back as they are, and on a terminal they are harmless."""
    import csv
    import io
    import json

    def diff(form, *more):
        return subprocess.run([relata, "diff", "0", "newest", "--db", db, "--format", form, *more], capture_output=True, check=True).stdout.decode()

    names = {id: name for id, (name, _) in true.entities.items()}
    lines = [json.loads(line) for line in diff("jsonl").splitlines()]
    assert {line["after"][0]["id"]: line["after"][0]["name"] for line in lines if line["what"] == "entity_added"} == names, "difference, JSON lines: entities"
    told = {line["relation"]: (line["source_name"], line["target_name"], line["type"]) for line in lines if line["what"] == "relation_added"}
    assert told == {id: (names[source], names[target], type) for id, (source, target, type, *_) in true.relations.items()}, "difference, JSON lines: relations"

    rows = list(csv.DictReader(io.StringIO(diff("csv"), newline="")))
    assert {row["source"]: row["source_name"] for row in rows if row["what"] == "entity_added"} == names, "difference, CSV lines: entities"
    read = sorted((row["source_name"], row["type"], row["target_name"], row["asserted_after"], row["denied_after"]) for row in rows if row["what"] == "relation_added")
    assert read == sorted((names[source], type, names[target], str(asserted), str(denied)) for source, target, type, _, _, asserted, denied in true.relations.values()), "difference, CSV lines"
    assert all(row["evidence"] for row in rows if row["what"] == "relation_added") and all(None not in row for row in rows)

    text = diff("text", "--limit", "1000")
    assert not any(ord(c) < 32 and c != "\n" or 127 <= ord(c) < 160 for c in text), "difference, text: a name could drive the terminal"
    added = [line for line in text.splitlines() if line.startswith("entity added: ")]
    assert len(added) == len(names)
    for odd in ODD_NAMES:
        assert any(line.startswith("entity added: " + "".join(" " if ord(c) < 32 else c for c in odd) + " (") for line in added), f"difference, text: {odd!r}"


def main():
    relata, inputs = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        db = folder + "/db"
        build(relata, inputs, db)
        forms = {form: export(relata, db, form) for form in ("graphml", "gexf", "cytoscape", "nodelink", "dot", "csv_nodes", "csv_relations", "turtle", "nquads", "jsonld")}
        again = {form: export(relata, db, form) for form in ("graphml", "turtle")}
        true = truth(relata, db)
        drawn_names(relata, db)
        differences(relata, db, true)
        told_differences(relata, db, true)
    assert len(true.entities) > 20 and len(true.relations) > 20
    assert all(forms[form] == text for form, text in again.items()), "two exports of one graph differ"
    same(true, readers.networkx_graphml(forms["graphml"]), "networkx, GraphML", readers.xml_name)
    same(true, readers.igraph_graphml(forms["graphml"]), "igraph, GraphML", readers.xml_name)
    same(true, readers.networkx_gexf(forms["gexf"]), "networkx, GEXF", readers.xml_name)
    same(true, readers.networkx_cytoscape(forms["cytoscape"]), "networkx, Cytoscape JSON")
    same(true, readers.networkx_nodelink(forms["nodelink"]), "networkx, node-link JSON")
    same(true, readers.graphviz_dot(forms["dot"]), "Graphviz", readers.dot_name)
    same(true, readers.python_csv(forms["csv_nodes"], forms["csv_relations"]), "CSV")
    for form in ("turtle", "nquads", "jsonld"):
        same(true, readers.rdflib_rdf(forms[form], form), f"rdflib, {form}")
    # N-Quads also say each relation as a plain triple, in a graph of its own.
    distinct = set(forms["nquads"].decode().splitlines())
    plain = sum(1 for quad in distinct if quad.count("urn:relata:relation:") == 1 and quad.endswith("> .") and quad.split("> <")[-1].startswith("urn:relata:relation:"))
    assert readers.rapper_triples(forms["turtle"], "turtle") > 5 * len(true.relations)
    assert plain == len(true.relations), f"rapper, N-Quads: {plain} plain triples"
    assert readers.rapper_triples(forms["nquads"], "nquads") > 5 * len(true.relations)
    in_node(true, forms)
    print(f"{len(true.entities)} entities and {len(true.relations)} relations are the same in every format")


if __name__ == "__main__":
    main()
