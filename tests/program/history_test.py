#!/usr/bin/env python3
"""The past from the command line and over HTTP: history_test.py RELATA"""
import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.parse
import urllib.request

PAPERS = [
    ("https://paper.example/1", "2024-03-02", "Paper", "Ilse Kranjec met Anton Belic in Norway on Friday. Kranjec praised Belic."),
    ("https://paper.example/2", "2024-04-10", "Gazette", "Anton Belic accused Marta Lindqvist in Estonia on Tuesday."),
    ("https://paper.example/3", "2024-05-21", "Paper", "Marta Lindqvist thanked Peter Holm in Kenya on Monday. Holm met Ilse Kranjec."),
]


class Relata:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def run(self, *words, db="db", stdin=None, code=0):
        done = subprocess.run([self.program, *words, "--db", f"{self.folder}/{db}"], input=stdin, capture_output=True, text=True)
        assert done.returncode == code, f"{words}: {done.returncode} {done.stdout} {done.stderr}"
        return done.stdout

    def json(self, *words, **more):
        return json.loads(self.run(*words, **more))

    def ingest(self, uri, published, publisher, text, db="db"):
        path = f"{self.folder}/article.json"
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"uri": uri, "published": published, "publisher": publisher, "text": text}, file)
        return [json.loads(line) for line in self.run("ingest", path, "--json", db=db).splitlines()]


def check_versions(relata):
    stats = [relata.json("stats", "--json", "--version", str(version)) for version in range(4)]
    assert [one["articles"] for one in stats] == [0, 1, 2, 3], stats
    assert relata.json("stats", "--json") == stats[3]
    assert relata.json("show", "Ilse Kranjec", "--version", "1", "--json")["articles"] == 1
    assert relata.json("show", "Ilse Kranjec", "--json")["articles"] == 2
    old = relata.run("export", "--format", "articles", "--version", "1").splitlines()
    assert len(old) == 1 and json.loads(old[0])["document"]["uri"] == "https://paper.example/1", old
    relata.run("stats", "--version", "9", code=2)


def check_snapshots(relata):
    taken = relata.json("snapshot", "take", "spring", "--note", "first", "--version", "1", "--json")
    assert taken["version"] == 1 and taken["articles"] == 1 and len(taken["hash"]) == 32, taken
    relata.run("snapshot", "take", "spring", code=2)
    assert [one["name"] for one in relata.json("snapshot", "list", "--json")["snapshots"]] == ["spring"]


def check_diffs(relata):
    diff = relata.json("diff", "spring", "newest", "--json")
    assert diff["before"]["snapshot"] == "spring" and diff["after"]["version"] == 3, diff
    added = [one for one in diff["changes"] if one["what"] == "relation_added"]
    assert added and all(one["cause"] == "article_added" and one["articles"] and one["evidence"] for one in added), diff
    assert sum(diff["summary"]["what"].values()) == len(diff["changes"]) + diff["left_out"]
    pages, cursor = [], None
    while True:
        page = relata.json("diff", "spring", "newest", "--json", "--limit", "2", *(["--cursor", cursor] if cursor else []))
        pages += page["changes"]
        cursor = page["next"]
        if not cursor:
            break
    assert pages == diff["changes"]
    rows = list(csv.DictReader(io.StringIO(relata.run("diff", "spring", "newest", "--format", "csv"))))
    lines = relata.run("diff", "spring", "newest", "--format", "jsonl").splitlines()
    assert len(rows) == len(lines) == len(diff["changes"])
    assert 'status' in relata.run("diff", "spring", "newest", "--format", "graphml")
    assert "relation added" in relata.run("diff", "spring", "newest")
    back = relata.json("diff", "newest", "spring", "--json")
    assert back["summary"]["what"]["relation_removed"] == diff["summary"]["what"]["relation_added"]
    days = relata.json("diff", "2024-03", "2024-04", "--json")
    assert days["before"]["known_at"] == "2024-03-31" and any(one["what"] == "relation_added" for one in days["changes"]), days
    relata.run("diff", "v2", "v2", code=1)
    relata.run("diff", "nothing-of-the-kind", code=1)


def check_correction(relata):
    first = relata.ingest("https://paper.example/9", "2024-06-01", "Paper", "Peter Holm praised Anton Belic in Chile on Monday.")
    second = relata.ingest("https://paper.example/9", "2024-06-01", "Paper", "Peter Holm accused Anton Belic in Chile on Monday.")
    assert {one["status"] for one in second} == {"added", "retracted"}, second
    relata.run("article", first[0]["article"], code=1)
    relata.run("article", first[0]["article"], "--version", str(first[0]["version"]))
    older = relata.ingest("https://paper.example/9", "2024-05-01", "Paper", "Peter Holm telephoned Anton Belic in Chile on Monday.")
    assert [one["status"] for one in older] == ["outdated"], older


def check_patch(relata):
    scratch = f"{relata.folder}/copy"
    relata.ingest(*PAPERS[0], db="copy")
    patch = relata.run("diff", "v1", "newest", "--patch")
    hash_of = lambda db: relata.json("diff", "v0", "newest", "--json", db=db)["after"]["hash"]
    assert relata.run("apply", stdin=patch, db="copy").split()[-1] == hash_of("db")
    assert relata.run("apply", stdin=patch, db="copy").split()[-1] == hash_of("db"), "applied twice it does nothing more"
    assert relata.run("export", "--format", "articles", db="copy") == relata.run("export", "--format", "articles")
    shutil.rmtree(scratch)
    relata.ingest(*PAPERS[1], db="copy")
    relata.run("apply", stdin=patch, db="copy", code=2)
    assert relata.json("stats", "--json", db="copy")["articles"] == 1
    broken = patch.splitlines()
    relata.run("apply", stdin="\n".join(broken[:-1]), db="fresh", code=2)
    relata.run("apply", stdin="no patch", db="fresh", code=2)


def check_copies(relata):
    relata.run("backup", f"{relata.folder}/backup")
    relata.run("restore", f"{relata.folder}/backup", db="again")
    assert relata.run("export", "--format", "articles", db="again") == relata.run("export", "--format", "articles")
    table = max((os.path.join(f"{relata.folder}/backup", name) for name in os.listdir(f"{relata.folder}/backup") if name.endswith(".sst")), key=os.path.getsize)
    data = bytearray(open(table, "rb").read())
    data[len(data) // 3] ^= 0x55
    os.remove(table)  # it may be shared with the graph it was made of
    open(table, "wb").write(data)
    relata.run("restore", f"{relata.folder}/backup", db="broken", code=3)
    assert not os.path.exists(f"{relata.folder}/broken")


def check_series(relata):
    rows = list(csv.DictReader(io.StringIO(relata.run("series", "--every", "month", "--window", "0", "--entity", "Ilse Kranjec", "--graphs", f"{relata.folder}/graphs"))))
    assert rows[0]["step"] == "2024-03" and int(rows[-1]["entities"]) >= 4, rows
    assert abs(float(rows[-1]["pagerank"])) < 1 and int(rows[-1]["component"]) >= 2, rows
    assert os.path.exists(f"{relata.folder}/graphs/2024-03.graphml")


def check_same_over_http(relata, base):
    """What the command line prints of a difference is what the service answers."""
    moments = [("spring", "newest"), ("newest", "spring"), ("v0", "v2"), ("2024-03", "2024-05-21"), ("2024-05-21", "2024-03")]
    filters = [{}, {"what": "relation_added,relation_removed"}, {"type": "PERSON"}, {"entity": "Ilse Kranjec"}, {"publisher": "Paper"}, {"known_at": "2024-04"},
               {"relation": "CONSULT"}, {"polarity": "positive", "min_confidence": "0.1"}, {"limit": "2"}]
    lines = 0
    for before, after in moments:
        for chosen in filters:
            if "known_at" in chosen and before.startswith("2024"):
                continue  # such a moment is a day of publication already
            options = [word for name, value in chosen.items() for word in ("--" + name.replace("_", "-"), value)]
            for form in ("json", "csv") if chosen else ("json", "text", "jsonl", "csv", "graphml", "gexf", "nodelink"):
                printed = subprocess.run([relata.program, "diff", before, after, *options, "--format", form, "--db", f"{relata.folder}/db"], capture_output=True)
                assert printed.returncode in (0, 1), (before, after, chosen, form, printed)
                query = urllib.parse.urlencode({"before": before, "after": after, "format": form, **chosen})
                with urllib.request.urlopen(f"{base}/v1/diff?{query}", timeout=30) as response:
                    answered = response.read()
                if form == "json":
                    told = json.loads(answered)
                    lines += len(told["changes"])
                    assert told == json.loads(printed.stdout), (before, after, chosen)
                else:
                    assert answered == printed.stdout, (before, after, chosen, form)
            if before != "spring" or "limit" in chosen:
                continue
            pages, cursor = [], ""
            while cursor is not None:  # of three, whatever the limit
                query = urllib.parse.urlencode({"before": before, "after": after, **chosen, "limit": 3, **({"cursor": cursor} if cursor else {})})
                with urllib.request.urlopen(f"{base}/v1/diff?{query}", timeout=30) as response:
                    page = json.loads(response.read())
                pages, cursor = pages + page["changes"], page["next"]
            assert pages == [json.loads(line) for line in subprocess.run([relata.program, "diff", before, after, *options, "--format", "jsonl", "--db", f"{relata.folder}/db"],
                                                                        capture_output=True, text=True).stdout.splitlines()], (before, after, chosen)
    assert lines > 50, lines


def check_http(relata):
    server = subprocess.Popen([relata.program, "serve", "--db", f"{relata.folder}/db", "--port", "0", "--quiet"], stdout=subprocess.PIPE, text=True)
    base = server.stdout.readline().split()[3].rstrip("/")
    try:
        def ask(path, body=None, method=None):
            request = urllib.request.Request(base + path, data=body and json.dumps(body).encode(), headers={"Content-Type": "application/json"}, method=method)
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.loads(response.read())
        assert ask("/v1/snapshots", {"name": "now"})["name"] == "now"
        assert [one["name"] for one in ask("/v1/snapshots")["snapshots"]] == ["spring", "now"]
        assert ask("/v1/snapshots/now", method="DELETE")["removed"] == "now"
        assert ask("/v1/diff?before=spring")["changes"]
        check_same_over_http(relata, base)
        assert ask("/v1/stats?version=1")["articles"] == 1
        page = ask("/v1/changes?since=0&limit=2")
        assert [one["version"] for one in page["changes"]] == [1, 2] and page["next"] == 2, page
        newest = ask("/v1/stats")["version"]
        events = []

        def listen():
            request = urllib.request.Request(base + "/v1/changes", headers={"Accept": "text/event-stream", "Last-Event-ID": str(newest)})
            with urllib.request.urlopen(request, timeout=30) as response:
                for line in response:
                    if line.startswith(b"data: "):
                        events.append(json.loads(line[6:]))
        listener = threading.Thread(target=listen)
        listener.start()
        ask("/v1/articles", {"uri": "https://paper.example/20", "published": "2024-07-01", "publisher": "Paper", "text": "Anton Belic thanked Peter Holm in Kenya on Monday."})
        for _ in range(100):
            if events:
                break
            listener.join(0.1)
        assert events and events[0]["version"] == newest + 1 and events[0]["added"][0]["uri"] == "https://paper.example/20", events
        assert os.path.isdir(ask("/v1/backup", {"name": "monday"})["backup"])
    finally:
        server.terminate()
        code = server.wait(timeout=30)
    listener.join(5)
    assert code == 0 and not listener.is_alive(), "a follower is let go when the service stops"
    relata.run("check")


def main():
    with tempfile.TemporaryDirectory() as folder:
        relata = Relata(sys.argv[1], folder)
        for paper in PAPERS:
            relata.ingest(*paper)
        checks = [check_versions, check_snapshots, check_diffs, check_correction, check_patch, check_copies, check_series, check_http]
        for check in checks:
            check(relata)
    print(f"{len(checks)} passed, 0 failed")


if __name__ == "__main__":
    main()
