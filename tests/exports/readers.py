"""One function a tool and format: reads an export with a reader nobody here wrote, and gives a graph."""
import csv
import io
import json
import subprocess
import tempfile

from graph import Graph


def xml_name(name):
    """XML 1.0 has no control characters."""
    return "".join(c if c >= " " or c in "\t\n\r" else "\ufffd" for c in name)


def networkx_graphml(data):
    import networkx
    read = networkx.read_graphml(io.BytesIO(data), force_multigraph=True)
    assert read.is_directed()
    graph = Graph()
    for id, node in read.nodes(data=True):
        graph.add_node(id, node)
    for source, target, id, edge in read.edges(keys=True, data=True):
        assert isinstance(edge["asserted"], int) and isinstance(edge["confidence"], float) and isinstance(edge["contested"], bool)
        graph.add_edge(id, source, target, edge)
    return graph


def igraph_graphml(data):
    import igraph
    with tempfile.NamedTemporaryFile(suffix=".graphml") as file:
        file.write(data)
        file.flush()
        read = igraph.Graph.Read_GraphML(file.name)
    graph = Graph()
    for node in read.vs:
        graph.add_node(node["id"], node.attributes())
    for edge in read.es:
        graph.add_edge(edge["id"], read.vs[edge.source]["id"], read.vs[edge.target]["id"], edge.attributes())
    return graph


def networkx_gexf(data):
    """networkx before 3.2 knows no GEXF 1.3; what it reads of 1.2 is told in the same words there."""
    import networkx
    version = "1.3" if "1.3" in getattr(networkx.readwrite.gexf.GEXF, "versions", {}) else "1.2draft"
    if version == "1.2draft":
        data = data.replace(b"http://gexf.net/1.3", b"http://www.gexf.net/1.2draft", 1).replace(b'version="1.3"', b'version="1.2"', 1)
    read = networkx.read_gexf(io.BytesIO(data), version=version)
    graph = Graph()
    for id, node in read.nodes(data=True):
        assert node["label"] == node["name"]
        graph.add_node(id, node)
    for source, target, edge in read.edges(data=True):
        assert (edge.get("start"), edge.get("end")) == (edge.get("begin"), edge.get("end")), edge
        graph.add_edge(edge["id"], source, target, edge)
    return graph


def networkx_cytoscape(data):
    import networkx
    read = networkx.cytoscape_graph(json.loads(data))
    graph = Graph()
    for id, node in read.nodes(data=True):
        graph.add_node(id, node)
    for source, target, id, edge in read.edges(keys=True, data=True):
        graph.add_edge(id, source, target, edge)
    return graph


def networkx_nodelink(data):
    import networkx
    told = json.loads(data)
    try:
        read = networkx.node_link_graph(told, edges="links")
    except TypeError:  # networkx before 3.4 has no other name for them
        read = networkx.node_link_graph(told)
    graph = Graph()
    for id, node in read.nodes(data=True):
        graph.add_node(id, node)
    for source, target, id, edge in read.edges(keys=True, data=True):
        graph.add_edge(id, source, target, edge)
    return graph


def graphviz_dot(data):
    """Laid out by dot; its JSON tells what it read."""
    told = json.loads(subprocess.run(["dot", "-Tjson"], input=data, capture_output=True, check=True).stdout)
    graph, ids = Graph(), {}
    for node in told["objects"]:
        assert "pos" in node
        ids[node["_gvid"]] = node["name"]
        graph.entity(node["name"], node["label"].replace("\\\\", "\\"), node["relata_type"])  # a label is an "escString": \\\\ draws a backslash
    for edge in told["edges"]:
        graph.relation(edge["id"], ids[edge["tail"]], ids[edge["head"]], edge["relata_type"], edge.get("relata_begin"), edge.get("relata_end"), edge["relata_asserted"],
                       edge["relata_denied"])
    return graph


def dot_name(name):
    return "".join(c if c >= " " else " " for c in name)


def python_csv(nodes, relations):
    graph = Graph()
    for row in csv.DictReader(io.StringIO(nodes.decode(), newline="")):
        assert row[":LABEL"] == "Entity;" + row["type"]
        graph.entity(row["id:ID"], row["name"], row["type"])
    for row in csv.DictReader(io.StringIO(relations.decode(), newline="")):
        graph.relation(row["id"], row[":START_ID"], row[":END_ID"], row[":TYPE"], row["begin:date"], row["end:date"], row["asserted:long"], row["denied:long"])
    return graph


ENTITIES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX r: <urn:relata:vocabulary:>
SELECT ?e ?name ?type WHERE { ?e rdfs:label ?name ; r:type ?type ; r:articles ?n . }"""
RELATIONS = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX r: <urn:relata:vocabulary:>
SELECT ?s ?source ?target ?type ?begin ?end ?asserted ?denied WHERE {
  ?s a rdf:Statement ; rdf:subject ?source ; rdf:object ?target ; r:type ?type ; r:asserted ?asserted ; r:denied ?denied .
  OPTIONAL { ?s r:begin ?begin ; r:end ?end } }"""


def rdflib_rdf(data, form):
    import urllib.parse

    import rdflib
    store = rdflib.ConjunctiveGraph()
    store.parse(data=data, format={"turtle": "turtle", "nquads": "nquads", "jsonld": "json-ld"}[form])
    graph = Graph()

    def local(term):
        return urllib.parse.unquote(str(term).rsplit(":", 1)[-1])

    for entity, name, type in store.query(ENTITIES):
        graph.entity(local(entity), str(name), str(type))
    for id, source, target, type, begin, end, asserted, denied in store.query(RELATIONS):
        graph.relation(local(id), local(source), local(target), str(type), begin and str(begin), end and str(end), int(asserted), int(denied))
    return graph


def rapper_triples(data, form):
    """How many triples rapper, a strict parser, finds; it fails on any error."""
    told = subprocess.run(["rapper", "-q", "-i", form, "-o", "ntriples", "-", "urn:relata:"], input=data, capture_output=True, check=True)
    return len(told.stdout.splitlines())
