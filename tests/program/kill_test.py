#!/usr/bin/env python3
"""Kills an ingest at random moments: kill_test.py RELATA ROUNDS

After every kill the store is clean and holds each article that was acknowledged; a whole run at the end gives the graph of an
ingest that was never disturbed.
"""
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from made_news import write_articles


def acknowledged(output):
    return {json.loads(line)["article"] for line in output.splitlines() if line.endswith("}")}


def main():
    relata, rounds = sys.argv[1], int(sys.argv[2])
    draw = random.Random()
    with tempfile.TemporaryDirectory() as folder:
        feed, db = folder + "/feed.jsonl", folder + "/db"
        write_articles(feed, 1500, 7)
        started = time.monotonic()
        subprocess.run([relata, "ingest", feed, "--db", folder + "/calm"], check=True, capture_output=True)
        whole = time.monotonic() - started
        promised = set()
        for number in range(rounds):
            with open(folder + "/acks", "w+", encoding="utf-8") as acks:
                writer = subprocess.Popen([relata, "ingest", feed, "--db", db, "--json"], stdout=acks, stderr=subprocess.DEVNULL)
                time.sleep(draw.uniform(0.02, whole))
                writer.send_signal(signal.SIGKILL)
                writer.wait()
                acks.seek(0)
                promised |= acknowledged(acks.read())
            if not os.path.isdir(db):
                continue
            check = subprocess.run([relata, "check", "--db", db], capture_output=True, text=True)
            assert check.returncode == 0 or not promised, f"round {number}: {check.stdout}{check.stderr}"
            for article in random.sample(sorted(promised), min(20, len(promised))):
                shown = subprocess.run([relata, "article", article, "--db", db, "--json"], capture_output=True, text=True)
                assert shown.returncode == 0, f"round {number}: {article} was acknowledged and is lost: {shown.stderr}"
            held = json.loads(subprocess.run([relata, "stats", "--db", db, "--json"], capture_output=True, text=True, check=True).stdout) if promised else {}
            assert not promised or held["articles"] >= len(promised), f"round {number}: {held} but {len(promised)} acknowledged"
        subprocess.run([relata, "ingest", feed, "--db", db], check=True, capture_output=True)
        graphs = [subprocess.run([relata, "export", "--db", path, "--format", "nodelink"], check=True, capture_output=True).stdout for path in (db, folder + "/calm")]
        assert graphs[0] == graphs[1], "the graph differs from one that was never disturbed"
    print(f"{rounds} passed, 0 failed")


if __name__ == "__main__":
    main()
