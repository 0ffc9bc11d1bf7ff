#!/usr/bin/env python3
"""The Python client against a running service: client_test.py [--installed] RELATA INPUT...

--installed: the package of this Python instead of that of the source tree; pip has put it there.
"""
import contextlib
import io
import pathlib
import re
import subprocess
import sys
import tempfile

CLIENT = pathlib.Path(__file__).resolve().parents[2] / "clients" / "python"
if "--installed" in sys.argv:
    sys.argv.remove("--installed")
else:
    sys.path.insert(0, str(CLIENT))
import relata  # noqa: E402

from http_test import Service  # noqa: E402


def refused(kind, ask):
    try:
        ask()
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} expected")


def check_lists(client):
    pages, whole = list(client.find(pages_of=7)), list(client.find(pages_of=1000))
    assert len(whole) > 20 and [one.id for one in pages] == [one.id for one in whole]
    scholz = client.entity("Olaf Scholz")
    assert scholz.type == "PERSON" and scholz.first is not None and "Olaf Scholz" in scholz.aliases
    statements = list(client.statements(entity=scholz.id, pages_of=5))
    assert len(statements) == len({one.id for one in statements}) > 5
    assert all(scholz.id in (one.subject, one.object) and one.text for one in statements)
    events = list(client.timeline("Olaf Scholz", pages_of=3))
    dated = [one.time.begin for one in events if one.time]
    assert dated == sorted(dated) and dated


def check_graphs(client):
    around = client.neighbourhood("Olaf Scholz", depth=2, limit=20)
    assert len(around.relations) == 20 and around.left_out > 0
    graph = around.to_networkx()
    assert graph.number_of_edges() == 20 and all("name" in data for _, data in graph.nodes(data=True))
    table = around.to_pandas()
    assert len(table) == 20 and table["confidence"].between(0, 1).all() and str(table["begin"].dtype).startswith("datetime64")
    assert set(table["id"]) == {key for _, _, key in graph.edges(keys=True)}
    empty = relata.Relations([], {}).to_pandas()
    assert len(empty) == 0 and "confidence" in empty.columns


def check_connections(client):
    answer = client.paths("Olaf Scholz", "Storm Shadow", k=3, max_hops=4)
    assert answer.paths and answer.paths[0].hops[0].relation.evidence[0].text
    assert answer.to_networkx().number_of_nodes() >= 2
    timed = client.paths("Olaf Scholz", "Kursk", mode="time_respecting")
    assert not timed.paths or timed.paths[0].arrival >= timed.paths[0].departure
    tree = client.connections(["Olaf Scholz", "Kursk", "Storm Shadow"])
    assert tree.connected and len(tree.entities) == len(tree.relations) + 1
    for sides in client.contested("Olaf Scholz", "Vladimir Putin", all=True):
        assert sides.asserted_by or sides.denied_by


def check_errors(client, base):
    missing = refused(relata.NotFound, lambda: client.entity("Olaf Schols"))
    assert any(one.name == "Olaf Scholz" for one in missing.suggestions), missing.problem
    assert refused(relata.BadRequest, lambda: client.neighbourhood("Olaf Scholz", depth=99)).parameter == "depth"
    for given in ("Hanna", "Lukas"):
        receipt = client.ingest({"title": given, "text": f"{given} Lindqvist met Ilse Kranjec in Sorova on Monday.", "published": "2024-10-10", "publisher": given})
        assert len(receipt["added"]) == 1
    several = refused(relata.Ambiguous, lambda: client.entity("Lindqvist"))
    assert {one.name for one in several.candidates} == {"Hanna Lindqvist", "Lukas Lindqvist"}
    many = [{"title": f"Day {day}", "text": f"Hanna Lindqvist praised Ilse Kranjec on {day} March 2024." + " " * 40_000, "published": "2024-04-01", "publisher": "Example Wire"}
            for day in range(1, 30)]
    receipt = client.ingest(many)  # more than a megabyte: read later, waited for
    assert len(receipt["added"]) == len(many), receipt
    client.retract(receipt["added"][0])
    refused(relata.NotFound, lambda: client.article(receipt["added"][0]))
    refused(relata.Unreachable, lambda: relata.Client("http://127.0.0.1:9").stats())


def check_readme(base):
    """What the README shows is what happens."""
    code = re.search(r"```python\n(.*?)```", (CLIENT / "README.md").read_text(encoding="utf-8"), re.DOTALL).group(1)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code.replace("http://127.0.0.1:8080", base), "README.md", "exec"), {})
    assert "Olaf Scholz PERSON" in said.getvalue() and "Hanna Lindqvist" in said.getvalue(), said.getvalue()


def main():
    program, inputs = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "ingest", *inputs, "--db", folder + "/db"], check=True, capture_output=True)
        service = Service(program, folder + "/db")
        try:
            client = relata.Client(service.base)
            check_lists(client)
            check_graphs(client)
            check_connections(client)
            check_errors(client, service.base)
            check_readme(service.base)
        finally:
            code = service.stop()
        assert code == 0, f"serve ended with {code}"
    print("5 passed, 0 failed")


if __name__ == "__main__":
    main()
