#!/usr/bin/env python3
"""A state, its government and its seats as one actor where a question wants it, by command line and HTTP: fold_test.py RELATA"""
import json
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

ARTICLES = [
    ("2024-05-01", "The Kremlin accused Latvia of lying on Monday."),
    ("2024-05-02", "Russia threatened Latvia on Tuesday."),
    ("2024-05-03", "Estonia praised Downing Street on Wednesday."),
    ("2024-05-04", "Latvia thanked the United Kingdom on Thursday."),
]


class Both:
    """The same question by command line and by HTTP, which must answer alike."""

    def __init__(self, program, db, base):
        self.program, self.db, self.base = program, db, base

    def ask(self, command, words, path, fold, **parameters):
        options = [part for name, value in parameters.items() for part in ("--" + name.replace("_", "-"), str(value))] + (["--fold", "governments"] if fold else [])
        told = subprocess.run([self.program, command, *words, "--db", self.db, "--json", *options], capture_output=True, text=True)
        assert told.returncode in (0, 1), told.stderr
        query = urllib.parse.urlencode({**parameters, **({"fold": "governments"} if fold else {})})
        with urllib.request.urlopen(f"{self.base}{path}{'&' if '?' in path else '?'}{query}", timeout=60) as answer:
            assert json.loads(answer.read()) == json.loads(told.stdout), f"{command} {words}: not the same by HTTP"
        return json.loads(told.stdout)


def facts(answer):
    names = {one["id"]: one["name"] for one in answer["entities"]}
    return {(names[one["source"]], one["type"], names[one["target"]]) for one in answer["relations"]}


def check(both):
    around = lambda fold: facts(both.ask("neighbours", ["Russia"], "/v1/entities/Russia/neighbourhood", fold))
    assert ("Russia", "THREATEN", "Latvia") in around(False) and not any(type == "ACCUSE" for _, type, _ in around(False))
    assert {("Russia", "THREATEN", "Latvia"), ("Russia", "ACCUSE", "Latvia")} <= around(True), around(True)
    seat = facts(both.ask("neighbours", ["Kremlin"], "/v1/entities/Kremlin/neighbourhood", True))
    assert ("Russia", "THREATEN", "Latvia") in seat, "a seat that is asked for is its state"

    path = lambda fold: both.ask("path", ["Estonia", "Latvia"], "/v1/paths?source=Estonia&target=Latvia", fold)["paths"]
    assert not path(False)
    assert [hop["type"] for hop in path(True)[0]["hops"]] and path(True)[0]["length"] == 2

    timeline = lambda fold: {one["type"] for one in both.ask("timeline", ["Russia"], "/v1/entities/Russia/timeline", fold)["events"]}
    assert "ACCUSE" not in timeline(False) and "ACCUSE" in timeline(True)

    export = lambda fold: subprocess.run([both.program, "export", "--format", "jsonl", "--db", both.db, *(["--fold", "governments"] if fold else [])], capture_output=True, text=True, check=True).stdout
    assert '"name":"Kremlin"' in export(False) and '"name":"Kremlin"' not in export(True)
    with urllib.request.urlopen(both.base + "/v1/export?format=jsonl&fold=governments", timeout=60) as answer:
        assert answer.read().decode() == export(True)

    refused = subprocess.run([both.program, "neighbours", "Russia", "--db", both.db, "--fold", "cities"], capture_output=True, text=True)
    assert refused.returncode == 2 and "governments" in refused.stderr, refused.stderr


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        db = folder + "/db"
        lines = "".join(json.dumps({"url": f"urn:fold:{i}", "published": day, "publisher": "The Post", "text": text}) + "\n" for i, (day, text) in enumerate(ARTICLES))
        subprocess.run([program, "ingest", "-", "--db", db], input=lines, text=True, check=True, capture_output=True)
        service = subprocess.Popen([program, "serve", "--db", db, "--port", "0", "--quiet"], stdout=subprocess.PIPE, text=True)
        try:
            check(Both(program, db, re.search(r"http://[^\s/]+", service.stdout.readline()).group()))
        finally:
            service.terminate()
            assert service.wait(30) == 0
    print("states and their governments are one actor where that is asked for")


main()
