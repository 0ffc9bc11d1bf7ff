"""Asks a Relata service: who did what to whom, when, according to whom."""

from .client import Client
from .errors import Ambiguous, BadRequest, Busy, NotAllowed, NotFound, RelataError, Unreachable
from .models import (
    Attribution,
    Connections,
    Entity,
    Evidence,
    Hop,
    Path,
    Paths,
    Quote,
    Relation,
    Relations,
    Sides,
    Statement,
    Time,
    Voice,
)

__version__ = "0.1.0"
__all__ = [
    "Ambiguous", "Attribution", "BadRequest", "Busy", "Client", "Connections", "Entity", "Evidence", "Hop", "NotAllowed", "NotFound",
    "Path", "Paths", "Quote", "RelataError", "Relation", "Relations", "Sides", "Statement", "Time", "Unreachable", "Voice",
]
