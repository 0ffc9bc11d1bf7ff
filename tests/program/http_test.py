#!/usr/bin/env python3
"""The service as curl sees it: http_test.py RELATA INPUT..."""
import json
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

PEOPLE = ["Vladimir Putin", "Olaf Scholz", "Dmitry Peskov", "ATACMS", "Storm Shadow", "Kursk"]


class Service:
    def __init__(self, relata, db, *options, quiet=True, stderr=None):
        self.process = subprocess.Popen([relata, "serve", "--db", db, "--port", "0", *(["--quiet"] if quiet else []), *options], stdout=subprocess.PIPE, stderr=stderr, text=True)
        self.base = self.process.stdout.readline().split()[3].rstrip("/")
        self.description = None

    def documented(self, path, method, status, media_type):
        """Every answer is one that /openapi.json announces."""
        if self.description is None:
            with urllib.request.urlopen(self.base + "/openapi.json", timeout=30) as response:
                self.description = json.load(response)["paths"]
        path = path.partition("?")[0]
        fits = [template for template in self.description if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path)]
        assert fits, f"{path} answers and is not described"
        plain = min(fits, key=lambda template: template.count("{"))
        answer = self.description[plain][method.lower()]["responses"].get(str(status))
        assert answer is not None, f"{method} {path} answers {status}, which is not described"
        assert media_type in answer["content"] or "*/*" in answer["content"], f"{method} {path} answers with {media_type}, described: {list(answer['content'])}"

    def ask(self, path, body=None, **query):
        address = self.base + path + ("?" + urllib.parse.urlencode(query) if query else "")
        request = urllib.request.Request(address, data=body and json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                self.documented(path, request.get_method(), response.status, response.headers.get_content_type())
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


def check_identity(service):
    """An analyst merges two entities by name, asks for the old id, parts them again; every answer says what an id has become."""
    one, other = (service.json("/v1/entities/" + name)[1]["id"] for name in ("Hanna%20Lindqvist", "Lukas%20Lindqvist"))
    before = service.json("/v1/identity", limit=1000)[1]
    status, receipt = service.json("/v1/identity/merge", {"entity": one, "other": other, "author": "ana", "note": "siblings? one"})
    assert status == 200 and receipt["decision"] == "d1" and len(receipt["entities"]) == 1, receipt
    now = receipt["entities"][0]["id"]
    away = other if now == one else one
    assert service.json("/v1/entities/" + away)[1]["redirected_from"] == {away: now}
    assert "redirected_from" not in service.json("/v1/entities/" + now)[1]
    assert service.json("/v1/relations", source=away)[1]["redirected_from"] == {away: now}
    reasons = service.json("/v1/identity/reasons", entity=away)[1]["links"]
    assert any(link["reason"] == "decided" and {link["a_id"], link["b_id"]} == {one, other} for link in reasons), reasons
    actors = service.json("/v1/identity", entity=now)[1]["actors"]
    assert {actor["name"] for actor in actors} == {"Hanna Lindqvist", "Lukas Lindqvist"}, actors
    lukas = [actor["id"] for actor in actors if actor["name"].startswith("Lukas")]
    status, receipt = service.json("/v1/identity/split", {"entity": now, "actors": lukas})
    assert status == 200 and len(receipt["entities"]) == 2, receipt
    assert service.json("/v1/identity/merge", {"entity": "Lindqvist", "other": one})[0] == 409
    assert service.json("/v1/identity/merge", {"entity": one})[1]["parameter"] == "other"
    assert service.json("/v1/identity/undo", {"decision": "d7"})[0] == 404
    for number in (2, 1):
        assert service.json("/v1/identity/undo", {"decision": f"d{number}"})[0] == 200
    assert service.json("/v1/identity/undo", {"decision": "d1"})[0] == 409
    assert service.json("/v1/identity", limit=1000)[1] == before
    first = service.json("/v1/identity/decisions", limit=3)[1]
    rest = service.json("/v1/identity/decisions", limit=3, cursor=first["next"])[1]
    kinds = [(one["id"], one["kind"], one["undone"]) for one in first["decisions"] + rest["decisions"]]
    assert kinds == [("d1", "merge", True), ("d2", "split", True), ("d3", "undo", False), ("d4", "undo", False)] and rest["next"] is None, kinds
    assert first["decisions"][0]["author"] == "ana" and first["decisions"][0]["note"] == "siblings? one", first


def check_names(relata, inputs, folder):
    """A file of known names: wrong lines are named, right ones give entities their ids elsewhere, and the store keeps them."""
    names, db = folder + "/names.jsonl", folder + "/named"
    for line, field in (('{"id":"a"}', "name"), ('{"id":"a","name":"B","type":"BIRD"}', "type"), ('{"id":"a","name":"B","alias":["C"]}', "alias"),
                        ('{"id":"a","schema":"Person","properties":{"alias":["B"]}}', "properties.name"), ("[]", "JSON object")):
        with open(names, "w") as out:
            out.write('{"id":"x","name":"Ilse Kranjec"}\n' + line + "\n")
        refused = subprocess.run([relata, "ingest", *inputs, "--db", db, "--names", names], capture_output=True, text=True)
        assert refused.returncode == 2 and "names.jsonl:2:" in refused.stderr and field in refused.stderr, refused.stderr
    with open(names, "w") as out:
        out.write(json.dumps({"id": "p1", "name": "Olaf Scholz", "type": "PERSON", "external": {"wikidata": "Q61053"}}) + "\n")
        out.write(json.dumps({"id": "nk-2", "schema": "Person", "properties": {"name": ["Vladimir Putin"], "wikidataId": ["Q7747"]}}) + "\n")
    subprocess.run([relata, "ingest", *inputs, "--db", db, "--names", names], check=True, capture_output=True)
    for name, wikidata in (("Olaf Scholz", "Q61053"), ("Vladimir Putin", "Q7747")):
        shown = json.loads(subprocess.run([relata, "show", name, "--db", db, "--json"], check=True, capture_output=True, text=True).stdout)
        assert shown["external"]["wikidata"] == wikidata, shown
    subprocess.run([relata, "check", "--db", db], check=True, capture_output=True)


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
            check_identity(service)
            folded = service.json("/v1/entities/Putin/neighbourhood", fold="governments")[1]
            assert folded["relations"], folded
            assert service.json("/v1/entities/Putin/neighbourhood", fold="cities")[0] == 400
            assert service.json("/v1/snapshots", {"name": "spring"})[0] == 201
            assert service.json("/v1/backup", {"name": "monday"})[0] == 201
        finally:
            code = service.stop()
        assert code == 0, f"serve ended with {code}"
        subprocess.run([relata, "check", "--db", folder + "/db"], check=True, capture_output=True)
        check_names(relata, inputs, folder)
    print("4 passed, 0 failed")


if __name__ == "__main__":
    main()
