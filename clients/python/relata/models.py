"""What the service answers, as typed values. Fields that a later service adds are ignored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Tuple

if TYPE_CHECKING:
    import networkx
    import pandas

Json = Mapping[str, Any]


def _day(text: Optional[str]) -> Optional[date]:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Entity:
    id: str
    name: str
    type: str
    aliases: Tuple[str, ...] = ()
    external: Mapping[str, str] = field(default_factory=dict)
    articles: int = 0
    statements: int = 0
    first: Optional[date] = None
    last: Optional[date] = None

    @staticmethod
    def of(json: Json) -> "Entity":
        return Entity(json["id"], json["name"], json["type"], tuple(json["aliases"]), dict(json["external"]), json["articles"], json["statements"],
                      _day(json["first"]), _day(json["last"]))


@dataclass(frozen=True)
class Time:
    """When it happened: no more precise than the text; `begin` and `end` are the days it can lie in."""

    value: str
    begin: date
    end: date
    precision: str
    mod: str = ""

    @staticmethod
    def of(json: Optional[Json]) -> Optional["Time"]:
        if json is None:
            return None
        return Time(json["value"], date.fromisoformat(json["begin"]), date.fromisoformat(json["end"]), json["precision"], json.get("mod", ""))


@dataclass(frozen=True)
class Attribution:
    source: str
    name: str
    verb: str


def _attribution(json: List[Json]) -> Tuple[Attribution, ...]:
    return tuple(Attribution(one["source"], one["name"], one["verb"]) for one in json)


@dataclass(frozen=True)
class Evidence:
    statement: str
    article: str
    uri: str
    title: str
    published: Optional[date]
    publisher: str
    begin: int
    end: int
    text: str
    polarity: str
    modality: str
    confidence: float
    attribution: Tuple[Attribution, ...]

    @staticmethod
    def of(json: Json) -> "Evidence":
        return Evidence(json["statement"], json["article"], json["uri"], json["title"], _day(json["published"]), json["publisher"], json["begin"], json["end"],
                        json["text"], json["polarity"], json["modality"], json["confidence"], _attribution(json["attribution"]))


@dataclass(frozen=True)
class Relation:
    id: str
    source: str
    target: str
    type: str
    predicates: Tuple[str, ...]
    time: Optional[Time]
    asserted: int
    denied: int
    modalities: Mapping[str, int]
    contested: bool
    publishers: int
    confidence: float
    evidence: Tuple[Evidence, ...]

    @staticmethod
    def of(json: Json) -> "Relation":
        return Relation(json["id"], json["source"], json["target"], json["type"], tuple(json["predicates"]), Time.of(json["time"]), json["asserted"], json["denied"],
                        dict(json["modalities"]), json["contested"], json["publishers"], json["confidence"], tuple(map(Evidence.of, json["evidence"])))


@dataclass(frozen=True)
class Statement:
    id: str
    subject: str
    subject_name: str
    object: str
    object_name: str
    type: str
    predicate: str
    time: Optional[Time]
    polarity: str
    modality: str
    attribution: Tuple[Attribution, ...]
    roles: Mapping[str, str]
    confidence: float
    text: str
    article: str
    uri: str
    publisher: str
    published: Optional[date]

    @staticmethod
    def of(json: Json) -> "Statement":
        return Statement(json["id"], json["subject"], json["subject_name"], json["object"], json["object_name"], json["type"], json["predicate"], Time.of(json["time"]),
                         json["polarity"], json["modality"], _attribution(json["attribution"]), dict(json["roles"]), json["confidence"], json["evidence"]["text"],
                         json["article"], json["uri"], json["publisher"], _day(json["published"]))


@dataclass(frozen=True)
class Quote:
    article: str
    uri: str
    published: Optional[date]
    publisher: str
    text: str
    cue: str

    @staticmethod
    def of(json: Json) -> "Quote":
        return Quote(json["article"], json["uri"], _day(json["published"]), json["publisher"], json["text"], json["cue"])


class _Graph:
    """Entities and the relations between them."""

    entities: Dict[str, Entity]

    def _relations(self) -> List[Relation]:
        raise NotImplementedError

    def name(self, entity: str) -> str:
        return self.entities[entity].name if entity in self.entities else entity

    def to_networkx(self) -> "networkx.MultiDiGraph":
        """Nodes by entity id, edges by relation id; dates as ISO text so that any format can hold them."""
        import networkx

        graph = networkx.MultiDiGraph()
        for one in self.entities.values():
            graph.add_node(one.id, name=one.name, type=one.type, articles=one.articles, statements=one.statements)
        for one in self._relations():
            graph.add_edge(one.source, one.target, key=one.id, **_row(one))
        return graph

    def to_pandas(self) -> "pandas.DataFrame":
        """One row a relation, with the names of its ends and its best evidence."""
        import pandas

        rows = []
        for one in self._relations():
            proof = one.evidence[0] if one.evidence else None
            rows.append({"id": one.id, "source": one.source, "source_name": self.name(one.source), "target": one.target, "target_name": self.name(one.target), **_row(one),
                         "text": proof.text if proof else "", "publisher": proof.publisher if proof else "", "uri": proof.uri if proof else "",
                         "published": proof.published.isoformat() if proof and proof.published else ""})
        columns = ["id", "source", "source_name", "target", "target_name", *_COLUMNS, "text", "publisher", "uri", "published"]
        table = pandas.DataFrame(rows, columns=columns)
        for column in ("begin", "end", "published"):
            table[column] = pandas.to_datetime(table[column].replace("", None), errors="coerce")
        return table


_COLUMNS = ["type", "predicate", "time", "begin", "end", "asserted", "denied", "contested", "publishers", "confidence"]


def _row(one: Relation) -> Dict[str, Any]:
    time = one.time
    return {"type": one.type, "predicate": one.predicates[0] if one.predicates else "", "time": time.value if time else "", "begin": time.begin.isoformat() if time else "",
            "end": time.end.isoformat() if time else "", "asserted": one.asserted, "denied": one.denied, "contested": one.contested, "publishers": one.publishers,
            "confidence": one.confidence}


def _entities(json: List[Json]) -> Dict[str, Entity]:
    return {one["id"]: Entity.of(one) for one in json}


@dataclass
class Relations(_Graph):
    """A list of relations, whole or up to the limit asked for."""

    relations: List[Relation]
    entities: Dict[str, Entity]
    left_out: int = 0
    cut: bool = False

    def _relations(self) -> List[Relation]:
        return self.relations


@dataclass(frozen=True)
class Hop:
    relation: Relation
    reversed: bool


@dataclass(frozen=True)
class Path:
    hops: Tuple[Hop, ...]
    departure: Optional[date]
    arrival: Optional[date]


@dataclass
class Paths(_Graph):
    paths: List[Path]
    entities: Dict[str, Entity]
    cut: bool = False

    @staticmethod
    def of(json: Json) -> "Paths":
        paths = [Path(tuple(Hop(Relation.of(hop), hop["reversed"]) for hop in one["hops"]), _day(one.get("departure")), _day(one["arrival"])) for one in json["paths"]]
        return Paths(paths, _entities(json["entities"]), json.get("cut", False))

    def _relations(self) -> List[Relation]:
        return list({hop.relation.id: hop.relation for path in self.paths for hop in path.hops}.values())


@dataclass
class Connections(_Graph):
    connected: bool
    parts: List[List[str]]
    relations: List[Relation]
    entities: Dict[str, Entity]
    cut: bool = False

    @staticmethod
    def of(json: Json) -> "Connections":
        return Connections(json["connected"], json["parts"], [Relation.of(one) for one in json["relations"]], _entities(json["entities"]), json.get("cut", False))

    def _relations(self) -> List[Relation]:
        return self.relations


@dataclass(frozen=True)
class Voice:
    publisher: str
    attribution: Tuple[Attribution, ...]
    statements: int
    first: Optional[date]
    evidence: Evidence

    @staticmethod
    def of(json: Json) -> "Voice":
        return Voice(json["publisher"], _attribution(json["attribution"]), json["statements"], _day(json["first"]), Evidence.of(json["evidence"]))


@dataclass(frozen=True)
class Sides:
    relation: Relation
    asserted_by: Tuple[Voice, ...]
    denied_by: Tuple[Voice, ...]

    @staticmethod
    def of(json: Json) -> "Sides":
        return Sides(Relation.of(json), tuple(map(Voice.of, json["asserted_by"])), tuple(map(Voice.of, json["denied_by"])))
