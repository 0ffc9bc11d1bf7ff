#!/usr/bin/env python3
"""Every line of `relata extract` keeps its promises: lines_test.py RELATA INPUT...

The schema of docs/ holds; text[begin:end] is the text of every span; ids refer to entities of the line; the same lines come out
one article at a time and by several threads; `extract | load` gives the same graph as `ingest`.
"""
import json
import os
import subprocess
import sys
import tempfile

import jsonschema

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def run(*arguments, text=None):
    return subprocess.run(arguments, input=text, capture_output=True, text=True, check=True, timeout=600).stdout


def spans(line):
    for entity in line["entities"]:
        yield from entity["mentions"]
    for statement in line["statements"]:
        yield statement["evidence"]
    yield from line["quotes"]


def check_line(line):
    text = line["document"]["text"]
    for span in spans(line):
        assert text[span["begin"]:span["end"]] == span["text"], span
    ids = {entity["id"] for entity in line["entities"]}
    assert len(ids) == len(line["entities"])
    for statement in line["statements"]:
        used = {statement["subject"], statement["object"], *(by["source"] for by in statement["attribution"])}
        assert used <= ids, statement
        time = statement["time"]
        assert time is None or time["begin"] <= time["end"], time
    for entity in line["entities"]:
        assert entity["name"].strip() == entity["name"] != "", entity
        assert entity["name"] in entity["aliases"], entity


def export(relata, db):
    return run(relata, "export", "--db", db, "--format", "nodelink")


def main():
    relata, inputs = sys.argv[1], sys.argv[2:]
    with open(os.path.join(ROOT, "docs", "extraction.schema.json"), encoding="utf-8") as file:
        validator = jsonschema.Draft202012Validator(json.load(file))
    output = run(relata, "extract", *inputs)
    lines = [json.loads(line) for line in output.splitlines()]
    assert lines, "no article was read"
    for line in lines:
        validator.validate(line)
        check_line(line)
    assert sum(len(line["statements"]) for line in lines) > 0
    assert run(relata, "extract", "--threads", "3", *inputs) == output, "threads change the output"
    with tempfile.TemporaryDirectory() as folder:
        alone = []
        for number, line in enumerate(lines):
            record = {key: line["document"][key] for key in ("uri", "title", "publisher", "published", "text")}
            path = os.path.join(folder, f"{number}.jsonl")
            with open(path, "w", encoding="utf-8") as file:
                file.write(json.dumps({key: value for key, value in record.items() if value}) + "\n")
            alone.append(json.loads(run(relata, "extract", path)))
        for together, single in zip(lines, alone):
            assert together["statements"] == single["statements"] or together["document"]["id"] != single["document"]["id"], together["uri"]
        run(relata, "load", "-", "--db", folder + "/loaded", text=output)
        run(relata, "ingest", *inputs, "--db", folder + "/ingested")
        assert export(relata, folder + "/loaded") == export(relata, folder + "/ingested"), "extract | load is not ingest"
    print(f"{len(lines)} passed, 0 failed")


if __name__ == "__main__":
    main()
