#!/usr/bin/env python3
"""Full load with ingest, for a while: soak.py RELATA [MINUTES=10] [CLIENTS=16] [INPUT=samples/articles]

Clients ask every kind of question as fast as they are answered while articles are posted and taken back. Every answer about
what does not change is compared with the first; every acknowledged article must be there at the end. Prints requests a second,
p50 and p99 by kind, and the memory of the service minute by minute. Exits with 1 when an answer was wrong or lost.
"""
import collections
import http.client
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "program"))
from http_test import Service  # noqa: E402

PEOPLE = ["Vladimir Putin", "Olaf Scholz", "Dmitry Peskov", "ATACMS", "Storm Shadow", "Kursk"]


def questions():
    def q(path, **parameters):
        return path + ("?" + urllib.parse.urlencode(parameters) if parameters else "")

    # Nothing of what is posted here is published by 2025 or speaks of these people, so known_at fixes the answers.
    known = "2025-06-30"
    for one in PEOPLE:
        name = urllib.parse.quote(one)
        yield "find", q("/v1/entities", q=one, known_at=known, limit=1)
        yield "neighbourhood", q(f"/v1/entities/{name}/neighbourhood", depth=2, limit=20, known_at=known)
        yield "timeline", q(f"/v1/entities/{name}/timeline", limit=20, known_at=known)
        yield "statements", q("/v1/statements", entity=one, limit=20, known_at=known)
        for other in PEOPLE:
            if one != other:
                yield "path", q("/v1/paths", source=one, target=other, known_at=known)
    yield "connections", q("/v1/connections", entity=",".join(PEOPLE[:3]), known_at=known)


def settled(answer):
    """Without what any article may change: cursors name the version; entities count all articles."""
    value = json.loads(answer)
    value.pop("next", None)
    for key in ("entities", "entity"):
        value.pop(key, None)
    return json.dumps(value, sort_keys=True)


class Soak:
    def __init__(self, service, seconds):
        self.host = urllib.parse.urlsplit(service.base).netloc
        self.service = service
        self.end = time.monotonic() + seconds
        self.lock = threading.Lock()
        self.times = collections.defaultdict(list)
        self.faults = []
        self.acknowledged = []
        self.retracted = set()
        self.busy = 0

    def fault(self, what):
        with self.lock:
            self.faults.append(what)

    def request(self, connection, method, target, body=None):
        connection.request(method, target, body, {"Content-Type": "application/json"} if body else {})
        answer = connection.getresponse()
        return answer.status, answer.read()

    def ask(self, expected, seed):
        draw = random.Random(seed)
        connection = http.client.HTTPConnection(self.host, timeout=60)
        while time.monotonic() < self.end:
            kind, target = draw.choice(list(expected))
            start = time.monotonic()
            try:
                status, body = self.request(connection, "GET", target)
            except OSError as fault:
                self.fault(f"{target}: {fault!r}")
                connection = http.client.HTTPConnection(self.host, timeout=60)
                continue
            self.times[kind].append((time.monotonic() - start) * 1000)
            if status in (429, 503):
                self.busy += 1
            elif status != 200:
                self.fault(f"{target}: {status} {body[:200]}")
            elif settled(body) != expected[(kind, target)]:
                self.fault(f"{target}: another answer than at first")

    def write(self):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        draw = random.Random(1)
        number = 0
        while time.monotonic() < self.end:
            number += 1
            text = f"Mira Halvorsen {number} met Jonas Tveit in Sorova on Monday. Tveit thanked Halvorsen. " * draw.randint(1, 8)
            body = json.dumps({"uri": f"soak-{number}", "title": f"Soak {number}", "text": text, "published": "2026-01-05", "publisher": "Soak Post"})
            start = time.monotonic()
            status, answer = self.request(connection, "POST", "/v1/articles", body)
            self.times["ingest"].append((time.monotonic() - start) * 1000)
            if status == 200:
                ids = json.loads(answer)["added"]
                self.acknowledged += ids
                if number % 5 == 0 and ids:
                    status, _ = self.request(connection, "DELETE", "/v1/articles/" + ids[0])
                    if status == 200:
                        self.retracted.add(ids[0])
                    else:
                        self.fault(f"retraction: {status}")
            elif status not in (429, 503):
                self.fault(f"ingest: {status} {answer[:200]}")

    def verify(self):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        for article in self.acknowledged:
            status, _ = self.request(connection, "GET", "/v1/articles/" + article)
            if status != (404 if article in self.retracted else 200):
                self.fault(f"article {article}: {status} at the end")


def memory(service):
    with open(f"/proc/{service.process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def main():
    relata = sys.argv[1]
    minutes = float(sys.argv[2]) if len(sys.argv) > 2 else 10
    clients = int(sys.argv[3]) if len(sys.argv) > 3 else 16
    inputs = sys.argv[4:] or [str(ROOT / "samples" / "articles")]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([relata, "ingest", *inputs, "--db", folder + "/db"], check=True, capture_output=True)
        service = Service(relata, folder + "/db")
        expected = {}
        for kind, target in questions():
            status, body = service.ask(target)
            assert status == 200, (target, body)
            expected[(kind, target)] = settled(body)
        soak = Soak(service, minutes * 60)
        threads = [threading.Thread(target=soak.ask, args=(expected, seed)) for seed in range(clients)] + [threading.Thread(target=soak.write)]
        for thread in threads:
            thread.start()
        memories = [memory(service)]
        while any(thread.is_alive() for thread in threads):
            time.sleep(min(60, max(1, soak.end - time.monotonic())))
            memories.append(memory(service))
        for thread in threads:
            thread.join()
        soak.verify()
        code = service.stop()
        if code != 0:
            soak.fault(f"serve ended with {code}")
        subprocess.run([relata, "check", "--db", folder + "/db"], check=True, capture_output=True)
    total = sum(map(len, soak.times.values()))
    print(f"{total} requests in {minutes:g} minutes by {clients} clients, {total / minutes / 60:.0f} a second; {soak.busy} told to come again; "
          f"{len(soak.acknowledged)} articles posted, {len(soak.retracted)} of them taken back")
    for kind, times in sorted(soak.times.items()):
        times.sort()
        print(f"  {kind:14} {len(times):8} p50 {times[len(times) // 2]:8.1f} ms  p99 {times[len(times) * 99 // 100]:8.1f} ms")
    print("memory, MB: " + " ".join(f"{one:.0f}" for one in memories))
    for fault in soak.faults[:20]:
        print("FAULT", fault)
    print(f"{len(soak.faults)} wrong or lost answers")
    return 1 if soak.faults else 0


if __name__ == "__main__":
    sys.exit(main())
