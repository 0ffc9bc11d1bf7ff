#!/usr/bin/env python3
"""Gephi and Neo4j read what `relata export` writes, and find the same graph: run.py RELATA INPUT...

Their toolkits come by Maven (about 200 MB, Java 17), so this is run by hand. The import is that of docs/exports.md.
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import readers
from graph import Graph, build, export, same, truth


def run(*arguments, **rest):
    done = subprocess.run(arguments, capture_output=True, text=True, **rest)
    assert done.returncode == 0, f"{arguments}:\n{done.stdout[-9000:]}\n{done.stderr[-9000:]}"
    return done.stdout


def compiled():
    run("mvn", "-q", "-B", "compile", "dependency:build-classpath", "-Dmdep.outputFile=target/classpath", "-Dmdep.includeScope=compile", cwd=HERE)
    with open(os.path.join(HERE, "target", "classpath"), encoding="utf-8") as file:
        entries = file.read().strip().split(":")
    classes = os.path.join(HERE, "target", "classes")
    gephi = [entry for entry in entries if "gephi" in entry] or [run("find", os.path.expanduser("~/.m2/repository/org/gephi"), "-name", "*-all.jar").strip()]
    return ":".join([classes, *gephi]), ":".join([classes, *(entry for entry in entries if "gephi" not in entry)])


def gephi(classpath, relata, db, true, folder):
    file = os.path.join(folder, "graph.gexf")
    with open(file, "wb") as out:
        out.write(export(relata, db, "gexf"))
    nodes, edges = {}, {}
    for line in run("java", "-Djava.awt.headless=true", "-cp", classpath, "GephiRead", file).splitlines():
        kind, id, *rest = line.split("\t")
        if kind == "node":
            nodes[id] = rest[0]
        elif kind == "edge":
            edges[id] = tuple(value or None for value in rest)
    assert nodes == {id: type for id, (_, type) in true.entities.items()}, "Gephi: other nodes"
    assert edges == {id: (source, target, type, begin, end) for id, (source, target, type, begin, end, _, _) in true.relations.items()}, "Gephi: other edges"


def neo4j(classpath, relata, db, true, folder):
    for form in ("csv_nodes", "csv_relations"):
        with open(os.path.join(folder, form + ".csv"), "wb") as out:
            out.write(export(relata, db, form))
    home = os.path.join(folder, "neo4j")
    os.makedirs(os.path.join(home, "conf"))
    environment = {**os.environ, "NEO4J_HOME": home, "NEO4J_CONF": os.path.join(home, "conf")}
    told = run("java", "-cp", classpath, "org.neo4j.cli.AdminTool", "database", "import", "full", "neo4j", "--multiline-fields=true", f"--nodes={folder}/csv_nodes.csv",
               f"--relationships={folder}/csv_relations.csv", env=environment)
    assert "IMPORT DONE" in told, told
    read = Graph()
    for line in run("java", "-cp", classpath, "Neo4jRead", home).splitlines():
        kind, id, *rest = line.split("\t")
        if kind == "node":
            read.entity(id, *rest)
        elif kind == "edge":
            read.relation(id, *rest)
    same(true, read, "Neo4j", lambda name: name.replace("\t", "\\t").replace("\n", "\\n"))


def main():
    relata, inputs = os.path.abspath(sys.argv[1]), sys.argv[2:]
    for_gephi, for_neo4j = compiled()
    with tempfile.TemporaryDirectory() as folder:
        db = folder + "/db"
        build(relata, inputs, db)
        true = truth(relata, db)
        gephi(for_gephi, relata, db, true, folder)
        neo4j(for_neo4j, relata, db, true, folder)
    print(f"Gephi and Neo4j find the same {len(true.entities)} entities and {len(true.relations)} relations")


if __name__ == "__main__":
    main()
