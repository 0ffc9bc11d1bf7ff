#!/usr/bin/env python3
"""Runs behaviour written down as text: run.py RELATA FILE.case...

A file holds cases parted by a line "====". A case is a head, a line "----", and what is expected.

Article in, statements out:                      Question in, answer out:
    # what it is about                               # what it is about
    published: 2024-11-18                            articles: samples/articles
    article:                                         ask: path "Olaf Scholz" "Storm Shadow"
    Scholz called Putin on Friday.                   ----
    ----                                             hops: 1..3
    Olaf Scholz | CONSULT | Vladimir Putin | 2024-11-15 | positive | actual |
    no: * | ASSAULT | * | * | * | * | *

An expected statement is subject | type | object | time | polarity | modality | sources; "*" fits anything, "-" is nothing,
types may be alternatives (CONSULT/MEET), sources are names parted by ", ". A symmetric pair may stand in any direction:
write subject and object with "<>" before the object. "no:" lines must fit no statement. "entity: NAME | TYPE | ALIAS, ALIAS"
asks for an entity with at least these aliases, "no entity: NAME" for none.
Answers: "contains: WORDS", "lacks: WORDS", "exit: N", and "json: PATH = VALUE" on the answer of --json (a.0.b; "len(PATH)").
"""
import json
import shlex
import subprocess
import sys
import tempfile


def fits(pattern, value):
    return any(one == "*" or one == value or (one == "-" and value == "") for one in pattern.split("/"))


class Extraction:
    def __init__(self, line):
        names = {entity["id"]: entity["name"] for entity in line["entities"]}
        self.entities = line["entities"]
        self.rows = []
        for s in line["statements"]:
            time = s["time"]["value"] if s["time"] else ""
            sources = ", ".join(names[a["source"]] for a in s["attribution"])
            self.rows.append([names[s["subject"]], s["type"], names[s["object"]], time, s["polarity"], s["modality"], sources])

    def holds(self, expected):
        fields = [field.strip() for field in expected.split("|")]
        if len(fields) != 7:
            raise ValueError(f"seven fields are expected: {expected}")
        both_ways = fields[2].startswith("<>")
        fields[2] = fields[2].removeprefix("<>").strip()
        fields = [field or "-" for field in fields]
        for row in self.rows:
            swapped = [row[2], row[1], row[0]] + row[3:]
            for candidate in [row] + ([swapped] if both_ways else []):
                if all(fits(f, v) for f, v in zip(fields, candidate)):
                    return True
        return False

    def has_entity(self, expected):
        name, kind, aliases = ([field.strip() for field in expected.split("|")] + ["*", ""])[:3]
        wanted = {alias.strip() for alias in aliases.split(",") if alias.strip()}
        return any(e["name"] == name and fits(kind, e["type"]) and wanted <= set(e["aliases"]) for e in self.entities)

    def fault(self, expected):
        if expected.startswith("no entity:"):
            return self.has_entity(expected[10:].strip()) and "is there but should not be"
        if expected.startswith("entity:"):
            return not self.has_entity(expected[7:].strip()) and "is missing"
        if expected.startswith("no:"):
            return self.holds(expected[3:].strip()) and "is there but should not be"
        return not self.holds(expected) and "is missing"


def at(answer, path):
    if path.startswith("len("):
        return len(at(answer, path[4:-1]))
    for step in path.split("."):
        answer = answer[int(step)] if isinstance(answer, list) else answer[step]
    return answer


class Runner:
    def __init__(self, relata, folder):
        self.relata = relata
        self.folder = folder
        self.databases = {}

    def run(self, arguments, text=None):
        return subprocess.run([self.relata, *arguments], input=text, capture_output=True, text=True, timeout=300)

    def database(self, articles):
        if articles not in self.databases:
            database = f"{self.folder}/{len(self.databases)}"
            done = self.run(["ingest", *articles.split(), "--db", database])
            if done.returncode != 0:
                raise RuntimeError(f"ingest of {articles} failed: {done.stderr}")
            self.databases[articles] = database
        return self.databases[articles]

    def extract_all(self, articles):
        """Reads all articles in one run of the program: {number: extraction}, or the error of the run."""
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
            for number, (head, text) in articles.items():
                record = {"uri": str(number), "text": text}
                record.update({key: head[key] for key in ("published", "publisher", "title") if key in head})
                file.write(json.dumps(record) + "\n")
            file.flush()
            done = self.run(["extract", file.name])
        if done.returncode != 0:
            raise RuntimeError(f"extract failed: {done.stderr}")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return {int(line["document"]["uri"]): Extraction(line) for line in lines}

    def extraction_faults(self, extraction, expected):
        faults = [f"{line}   {why}" for line in expected if (why := extraction.fault(line))]
        return faults + (["statements were:"] + [" | ".join(row) for row in extraction.rows] if faults else [])

    def answer_fault(self, line, done, arguments):
        kind, _, wanted = (part.strip() for part in line.partition(":"))
        if kind == "contains":
            return wanted not in done.stdout + done.stderr
        if kind == "lacks":
            return wanted in done.stdout + done.stderr
        if kind == "exit":
            return done.returncode != int(wanted)
        if kind == "json":
            path, _, value = (part.strip() for part in wanted.partition(" = "))
            try:
                return at(json.loads(self.run(arguments + ["--json"]).stdout), path) != json.loads(value)
            except (KeyError, IndexError, ValueError):
                return True
        raise ValueError(f"unknown expectation: {line}")

    def answer_faults(self, head, expected):
        arguments = shlex.split(head["ask"]) + ["--db", self.database(head["articles"])]
        done = self.run(arguments)
        faults = [line for line in expected if self.answer_fault(line, done, arguments)]
        return faults + ([f"the answer was (exit {done.returncode}):", done.stdout, done.stderr] if faults else [])

    def faults(self, case, extraction):
        if not case.expected:
            return ["the case expects nothing"]
        return self.answer_faults(case.head, case.expected) if case.text is None else self.extraction_faults(extraction, case.expected)


class Case:
    def __init__(self, path, number, written):
        self.title = f"{path}, case {number}: {written.strip().splitlines()[0]}"
        head_text, _, expected_text = written.partition("\n----\n")
        self.head, self.text = {}, None
        lines = head_text.strip().split("\n")
        for i, line in enumerate(lines):
            if line.strip() == "article:":
                self.text = "\n".join(lines[i + 1:])
                break
            if not line.startswith("#"):
                key, _, value = line.partition(":")
                self.head[key.strip()] = value.strip()
        self.expected = [line for line in expected_text.strip().split("\n") if line.strip() and not line.startswith("#")]


def read_cases(path):
    with open(path, encoding="utf-8") as file:
        return [Case(path, number, written) for number, written in enumerate(file.read().split("\n====\n"), 1)]


def main():
    with tempfile.TemporaryDirectory(prefix="relata-cases-") as folder:
        return report(Runner(sys.argv[1], folder))


def report(runner):
    cases = [case for path in sys.argv[2:] for case in read_cases(path)]
    extractions = runner.extract_all({i: (case.head, case.text) for i, case in enumerate(cases) if case.text is not None})
    passed = failed = 0
    for i, case in enumerate(cases):
        faults = runner.faults(case, extractions.get(i))
        passed, failed = passed + (not faults), failed + bool(faults)
        if faults:
            print(case.title, *faults, sep="\n    ")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
