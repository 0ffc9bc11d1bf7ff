"""The client. Threads may share one: it keeps no connection."""

from __future__ import annotations

import gzip
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Callable, Dict, Iterator, List, Optional, Sequence, TypeVar, Union

from .errors import Busy, Unreachable, error_of
from .models import Connections, Entity, Paths, Quote, Relation, Relations, Sides, Statement, _entities

T = TypeVar("T")
Filters = Any  # str, int, float, bool, date, or a list of these


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _query(parameters: Dict[str, Any]) -> str:
    pairs = []
    for name, value in parameters.items():
        if value is None:
            continue
        values = value if isinstance(value, (list, tuple, set)) else [value]
        pairs += [(name.rstrip("_"), _plain(one)) for one in values]
    return urllib.parse.urlencode(pairs)


class Client:
    """`base` as in "http://127.0.0.1:8080"; `timeout` in seconds of one request; `tries` while the service is busy."""

    def __init__(self, base: str = "http://127.0.0.1:8080", token: Optional[str] = None, timeout: float = 60.0, tries: int = 3) -> None:
        self.base = base.rstrip("/")
        self.timeout = timeout
        self.tries = max(1, tries)
        self._headers = {"Accept-Encoding": "gzip", "User-Agent": "relata-python/0.1.0"}
        if token:
            self._headers["Authorization"] = "Bearer " + token

    # Single things

    def entity(self, entity: str) -> Entity:
        """By id or name."""
        return Entity.of(self._get("/v1/entities/" + _escape(entity)))

    def relation(self, relation: str, **filters: Filters) -> Relation:
        """With all its evidence."""
        return Relation.of(self._get("/v1/relations/" + _escape(relation), **filters))

    def article(self, article: str) -> Dict[str, Any]:
        return self._get("/v1/articles/" + _escape(article))

    def stats(self) -> Dict[str, Any]:
        return self._get("/v1/stats")

    # Lists: iterators fetch page after page; `pages_of` is the size of one

    def find(self, q: str = "", pages_of: int = 50, **filters: Filters) -> Iterator[Entity]:
        return self._each("/v1/entities", "entities", Entity.of, pages_of, q=q or None, **filters)

    def statements(self, pages_of: int = 200, **filters: Filters) -> Iterator[Statement]:
        return self._each("/v1/statements", "statements", Statement.of, pages_of, **filters)

    def quotes(self, entity: str, pages_of: int = 200, **filters: Filters) -> Iterator[Quote]:
        return self._each(f"/v1/entities/{_escape(entity)}/quotes", "quotes", Quote.of, pages_of, **filters)

    def timeline(self, entity: str, pages_of: int = 200, **filters: Filters) -> Iterator[Relation]:
        return self._each(f"/v1/entities/{_escape(entity)}/timeline", "events", Relation.of, pages_of, **filters)

    # Parts of the graph

    def neighbourhood(self, entity: str, depth: int = 1, limit: int = 1000, **filters: Filters) -> Relations:
        """The most important relations around an entity, at most `limit`."""
        return self._relations(f"/v1/entities/{_escape(entity)}/neighbourhood", limit, depth=depth, **filters)

    def relations(self, limit: int = 1000, **filters: Filters) -> Relations:
        """Those that the filters select, at most `limit`; `entity`, `source` and `target` name ends."""
        return self._relations("/v1/relations", limit, **filters)

    # Connections

    def paths(self, source: str, target: str, **parameters: Filters) -> Paths:
        """`mode`, `k`, `max_hops`, `through`, `avoid`, `through_type`, `avoid_type`, `max_gap` and the filters."""
        return Paths.of(self._get("/v1/paths", source=source, target=target, **parameters))

    def connections(self, entities: Sequence[str], **parameters: Filters) -> Connections:
        """A small tree that connects them all."""
        return Connections.of(self._get("/v1/connections", entity=list(entities), **parameters))

    def contested(self, source: str, target: str, **parameters: Filters) -> Iterator[Sides]:
        """Who asserts and who denies; `all=True`: also what nobody contests."""
        return self._each("/v1/contested", "relations", Sides.of, 100, source=source, target=target, **parameters)

    # Changes

    def ingest(self, article: Union[Dict[str, Any], List[Dict[str, Any]], str], wait: bool = True, poll: float = 0.2) -> Dict[str, Any]:
        """Gives an article (title, text, published, publisher, uri), several, or plain text. The receipt; for a large body that the
        service reads later, the receipt when it is done, or with `wait=False` the job."""
        plain = isinstance(article, str)
        body = article.encode() if isinstance(article, str) else json.dumps(article).encode()
        answer = self._send("POST", "/v1/articles", body, "text/plain" if plain else "application/json")
        if "state" not in answer or not wait:
            return answer
        while answer["state"] in ("waiting", "working"):
            time.sleep(poll)
            answer = self._get("/v1/jobs/" + _escape(answer["id"]))
        if answer["state"] == "failed":
            raise error_of(answer["error"]["status"], answer["error"])
        return answer["receipt"]

    def retract(self, article: str) -> Dict[str, Any]:
        return self._send("DELETE", "/v1/articles/" + _escape(article))

    # How it is asked

    def get(self, path: str, **parameters: Filters) -> Dict[str, Any]:
        """Any address of the service that answers JSON."""
        return self._get(path, **parameters)

    def _relations(self, path: str, limit: int, **parameters: Filters) -> Relations:
        got = Relations([], {})
        cursor: Optional[str] = None
        while True:
            page = self._get(path, cursor=cursor, limit=min(1000, limit - len(got.relations)), **parameters)
            got.relations += [Relation.of(one) for one in page["relations"]]
            got.entities.update(_entities(page["entities"]))
            got.left_out, got.cut, cursor = page["left_out"], got.cut or page.get("cut", False), page["next"]
            if cursor is None or len(got.relations) >= limit:
                return got

    def _each(self, path: str, member: str, make: Callable[[Any], T], pages_of: int, **parameters: Filters) -> Iterator[T]:
        cursor: Optional[str] = None
        while True:
            page = self._get(path, cursor=cursor, limit=pages_of, **parameters)
            for one in page[member]:
                yield make(one)
            cursor = page["next"]
            if cursor is None:
                return

    def _get(self, path: str, **parameters: Filters) -> Dict[str, Any]:
        query = _query(parameters)
        return self._send("GET", path + ("?" + query if query else ""))

    def _send(self, method: str, target: str, body: Optional[bytes] = None, media_type: str = "application/json") -> Dict[str, Any]:
        headers = dict(self._headers)
        if body is not None:
            headers["Content-Type"] = media_type
        for attempt in range(self.tries):
            try:
                return self._once(urllib.request.Request(self.base + target, data=body, headers=headers, method=method))
            except Busy as busy:
                if attempt + 1 == self.tries:
                    raise
                time.sleep(min(busy.retry_after, 30.0))
        raise AssertionError("unreachable")

    def _once(self, request: urllib.request.Request) -> Dict[str, Any]:
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                return _decoded(response)
        except urllib.error.HTTPError as answer:
            problem = _decoded(answer)
            error = error_of(answer.code, problem)
            if isinstance(error, Busy):
                error.retry_after = float(answer.headers.get("Retry-After") or 1)
            raise error from None
        except (urllib.error.URLError, OSError) as fault:
            raise Unreachable(0, {"detail": f"{self.base}: {fault}"}) from fault


def _escape(text: str) -> str:
    return urllib.parse.quote(text, safe="")


def _decoded(response: Any) -> Dict[str, Any]:
    body = response.read()
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    try:
        value = json.loads(body)
    except ValueError as fault:
        raise Unreachable(response.status, {"detail": f"the answer is no JSON: {fault}"}) from fault
    return value if isinstance(value, dict) else {"detail": str(value)}
