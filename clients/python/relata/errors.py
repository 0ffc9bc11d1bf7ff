"""What the service refuses, and why (RFC 9457)."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from .models import Entity


class RelataError(Exception):
    """A problem: `status`, `detail`, and the parameter to blame, if one is."""

    def __init__(self, status: int, problem: Dict[str, Any]) -> None:
        self.status = status
        self.problem = problem
        self.detail: str = str(problem.get("detail", ""))
        self.parameter: Optional[str] = problem.get("parameter")
        self.request: Optional[str] = problem.get("request")
        super().__init__(f"{status}: {self.detail}")


class BadRequest(RelataError):
    """A parameter is malformed or out of range."""


class NotAllowed(RelataError):
    """The token is missing, unknown, or may not do this."""


class NotFound(RelataError):
    """There is no such thing; `suggestions` may be meant."""

    @property
    def suggestions(self) -> List[Entity]:
        return [Entity.of(one) for one in self.problem.get("suggestions", [])]


class Ambiguous(RelataError):
    """A name fits several entities."""

    @property
    def candidates(self) -> List[Entity]:
        return [Entity.of(one) for one in self.problem.get("candidates", [])]


class Busy(RelataError):
    """Too much is asked; to be asked again in `retry_after` seconds."""

    retry_after: float = 1.0


class Unreachable(RelataError):
    """Nobody answers, or not as the service does."""


def error_of(status: int, problem: Dict[str, Any]) -> RelataError:
    kinds = {400: BadRequest, 401: NotAllowed, 403: NotAllowed, 404: NotFound, 409: Ambiguous, 429: Busy, 503: Busy}
    return kinds.get(status, RelataError)(status, problem)
