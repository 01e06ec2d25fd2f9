"""Describe the object that holds the model of a call: by what calls it was made."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.domain.expression import Call
from migrator.domain.trail import Found, Frame


@dataclass(frozen=True, slots=True)
class Made:
    """A call that makes an object, or adds to it; `positional` names its arguments by position.

    One that `copies` the object is written with what the copy changes.
    """

    call: Call
    frame: Frame
    positional: tuple[str, ...] = ()
    copies: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """The object that holds the model of a call: `ChatOpenAI(…)` for `llm.invoke(…)`.

    `made` are the calls that made it and added to it, in that order, none where only its class is
    known. `piped` stands before it in a pipe. `argument` names the argument of the call that it
    is given as; empty when the call is made on it. `library` and `surface` are the object's own.
    `entry` names the model, in a list that the object or the call was given.
    """

    library: str
    surface: str
    made: tuple[Made, ...]
    piped: Found | None = None
    argument: str = ""
    entry: Found | None = None
