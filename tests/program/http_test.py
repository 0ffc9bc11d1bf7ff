#!/usr/bin/env python3
"""The service as curl sees it: http_test.py RELATA INPUT..."""
import json
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

PEOPLE = ["Vladimir Putin", "Olaf Scholz", "Dmitry Peskov", "ATACMS", "Storm Shadow", "Kursk"]


class Service:
    def __init__(self, relata, db):
        self.process = subprocess.Popen([relata, "serve", "--db", db, "--port", "0", "--quiet"], stdout=subprocess.PIPE, text=True)
        self.base = self.process.stdout.readline().split()[3].rstrip("/")

    def ask(self, path, body=None, **query):
        address = self.base + path + ("?" + urllib.parse.urlencode(query) if query else "")
        request = urllib.request.Request(address, data=body and json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            assert error.headers["Content-Type"].startswith("application/problem+json"), error.headers
            return error.code, error.read().decode()

    def json(self, path, body=None, **query):
        status, text = self.ask(path, body, **query)
        return status, json.loads(text)

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=30)


def check_paths(service):
    for source in PEOPLE:
        for target in PEOPLE:
            if source == target:
                continue
            status, answer = service.json("/v1/paths", source=source, target=target)
            assert status == 200 and answer["paths"], (source, target, answer)
            for hop in answer["paths"][0]["hops"]:
                proof = hop["evidence"][0]
                assert proof["text"] and proof["uri"] and proof["published"] and proof["end"] > proof["begin"], hop


def check_errors(service):
    assert service.json("/v1/entities/Nobody%20Inparticular")[0] == 404
    assert service.json("/v1/entities/Putin/neighbourhood", depth=99)[0] == 400
    assert service.json("/v1/entities/Putin/neighbourhood", from_="x", depth=1)[0] == 400
    assert service.json("/v1/nothing")[0] == 404
    assert service.json("/v1/articles", {"title": "no text"})[0] == 400


def check_ambiguous(service):
    """Two people of one surname: the service lists them and lets the caller choose."""
    for given in ("Hanna", "Lukas"):
        text = f"{given} Lindqvist met Ilse Kranjec in Sorova on Monday. Lindqvist praised Kranjec."
        status, receipt = service.json("/v1/articles", {"title": given, "text": text, "published": "2024-10-10", "publisher": given})
        assert status in (200, 201) and len(receipt["added"]) == 1, receipt
    status, problem = service.json("/v1/entities/Lindqvist")
    assert status == 409 and {one["name"] for one in problem["candidates"]} == {"Hanna Lindqvist", "Lukas Lindqvist"}, problem
    assert service.json("/v1/paths", source="Hanna Lindqvist", target="Lukas Lindqvist")[1]["paths"]


def main():
    relata, inputs = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([relata, "ingest", *inputs, "--db", folder + "/db"], check=True, capture_output=True)
        service = Service(relata, folder + "/db")
        try:
            assert service.json("/healthz")[0] == 200
            assert service.json("/openapi.json")[1]["openapi"].startswith("3.1")
            assert "<title>Relata</title>" in service.ask("/")[1]
            check_paths(service)
            check_errors(service)
            check_ambiguous(service)
        finally:
            code = service.stop()
        assert code == 0, f"serve ended with {code}"
        subprocess.run([relata, "check", "--db", folder + "/db"], check=True, capture_output=True)
    print("4 passed, 0 failed")


if __name__ == "__main__":
    main()
