#!/usr/bin/env python3
"""`relata extract -` as a filter: filter_test.py RELATA

Cut anywhere between lines and read by several processes, a feed gives the lines it gives as a whole; a line that is no article is reported
and left out, and the exit code tells.
"""
import json
import subprocess
import sys


def extract(relata, lines):
    return subprocess.run([relata, "extract", "-", "--threads", "1"], input="".join(lines), capture_output=True, text=True, timeout=120)


def main():
    relata = sys.argv[1]
    people = ["Marta Lindqvist", "Tomas Berg", "Anna Kovacs", "Peter Holm"]
    feed = [json.dumps({"uri": f"a{i}", "published": "2024-05-17", "text": f"{people[i % 4]} praised {people[(i + 1) % 4]} in Oslo on Monday."}) + "\n"
            for i in range(12)]
    whole = extract(relata, feed)
    assert whole.returncode == 0 and whole.stdout.count("\n") == 12, whole.stderr
    parts = [extract(relata, feed[at:at + 5]) for at in range(0, 12, 5)]
    assert "".join(part.stdout for part in parts) == whole.stdout, "parts read otherwise than the whole"
    broken = extract(relata, feed[:4] + ['{"text": no\n'] + feed[4:])
    assert broken.returncode == 2, f"exit {broken.returncode}"
    assert broken.stdout == whole.stdout, "a bad line changed the others"
    assert "skipped" in broken.stderr and "5" in broken.stderr, broken.stderr


main()
