#!/usr/bin/python3
"""Three exports of one graph, read by networkx, are the same graph.

usage: networkx_test.py graph.graphml graph.cytoscape.json graph.nodelink.json
"""
import datetime
import json
import sys

import networkx as nx

PRECISION = {"day", "week", "month", "season", "quarter", "year", "decade", "century", "interval"}
EDGE_TYPES = {"asserted": int, "denied": int, "publishers": int, "confidence": float, "contested": bool, "type": str, "sentence": str}
NODE_TYPES = {"articles": int, "statements": int, "name": str, "type": str}


def node_link(data):
    try:
        return nx.node_link_graph(data, edges="links")
    except TypeError:  # networkx before 3.4 has no other name for them
        return nx.node_link_graph(data)


def read(graphml, cytoscape, nodelink):
    with open(cytoscape, encoding="utf-8") as file:
        cyto = nx.cytoscape_graph(json.load(file))
    with open(nodelink, encoding="utf-8") as file:
        link = node_link(json.load(file))
    return {"graphml": nx.read_graphml(graphml, force_multigraph=True), "cytoscape": cyto, "nodelink": link}


def check_types(form, what, data, types):
    for name, kind in types.items():
        if name in data:
            value = data[name]
            assert isinstance(value, kind) or (kind is float and isinstance(value, int)), f"{form}: {what}: {name}={value!r} is no {kind.__name__}"


def check_dates(form, what, data, names):
    days = {name: datetime.date.fromisoformat(data[name]) for name in names if data.get(name)}
    if "begin" in days:
        assert days["begin"] <= days["end"], f"{form}: {what} ends before it begins"
        assert data["precision"] in PRECISION, f"{form}: {what}: precision {data['precision']}"


def check(form, graph):
    assert graph.is_directed() and graph.is_multigraph(), f"{form}: not a directed multigraph"
    for node, data in graph.nodes(data=True):
        assert data.get("name"), f"{form}: node {node} has no name"
        check_types(form, node, data, NODE_TYPES)
        check_dates(form, node, data, ("first", "last"))
    for source, target, key, data in graph.edges(keys=True, data=True):
        assert key.startswith(f"{source}.{data['type']}.{target}."), f"{form}: edge {key} does not join its ends"
        check_types(form, key, data, EDGE_TYPES)
        check_dates(form, key, data, ("begin", "end", "published"))
        assert data["asserted"] + data["denied"] > 0, f"{form}: edge {key} says nothing"
        assert data["contested"] == (data["asserted"] > 0 and data["denied"] > 0)


def flat(value):
    return "; ".join(value) if isinstance(value, list) else value


def same(graphs):
    first, *others = graphs
    nodes = {form: set(graph.nodes) for form, graph in graphs.items()}
    edges = {form: {key: (s, t) for s, t, key in graph.edges(keys=True)} for form, graph in graphs.items()}
    for form in others:
        assert nodes[form] == nodes[first], f"{form} and {first} differ in nodes"
        assert edges[form] == edges[first], f"{form} and {first} differ in edges"
        for s, t, key, data in graphs[first].edges(keys=True, data=True):
            other = graphs[form].edges[s, t, key]
            for name in (*EDGE_TYPES, "begin", "end", "predicates"):
                a, b = flat(data.get(name)) or None, flat(other.get(name)) or None
                equal = abs(a - b) < 1e-4 if isinstance(a, float) else a == b
                assert equal, f"edge {key}: {name} is {a!r} in {first} and {b!r} in {form}"


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    graphs = read(*sys.argv[1:])
    for form, graph in graphs.items():
        check(form, graph)
    same(graphs)
    graph = graphs["nodelink"]
    print(f"{graph.number_of_nodes()} nodes and {graph.number_of_edges()} edges are the same in {', '.join(graphs)}")


if __name__ == "__main__":
    main()
