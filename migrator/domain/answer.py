"""Describe questions that one request settles, and the dated answers that an account got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A contested fact that one request settles.

    `path` is that of the API, `body` the request as JSON text in which `{target}` stands for the
    target's id. `refusal` is a regular expression on the error text of a refusal that answers this
    question; any other error leaves it open. `remedy` is the smallest change after a refusal.
    """

    id: str
    asks: str
    why: str
    path: str
    body: str
    refusal: str
    remedy: str
    source: str


class Verdict(StrEnum):
    """What the API answered."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNCLEAR = "unclear"


# Asked of the list of models; settled for every call that goes to the API itself.
OFFERED = "target-offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one account was told on one day: `asked` is an ISO date, `told` the gist."""

    question: str
    verdict: Verdict
    asked: str
    host: str
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All that the API said: answers by question, and ISO shutdown dates by model id."""

    given: Mapping[str, Answer] = field(default_factory=dict)
    shutdowns: Mapping[str, str] = field(default_factory=dict)
