"""Tell the calls by which a decorator changes what it hands on from those that hand it on as is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from migrator.domain.expression import Call, Expression, Name, Spread
from migrator.domain.facts import FileFacts, Scope
from migrator.domain.trail import Entered, Frame
from migrator.following.grown import changes, defaults_set
from migrator.following.port import Walk

_CALLED = ".__call__"


@dataclass(frozen=True, slots=True)
class Wrapping:
    """A call by which a decorator calls the function that it was given.

    `frame` is where that call is read, as far as it is known without who calls; `stand_in` the
    function that they enter instead of the decorated one, where one is written out. What
    `keeps_more` takes further arguments when it is called.
    """

    decorator: Expression
    maker: str
    path: str
    call: Call
    frame: Frame
    stand_in: Scope | None
    keeps_more: bool = False

    def entered(self, call: Call, caller: Frame) -> Frame:
        """Give the frame of the call where the function that stands in is entered by another."""
        if self.stand_in is None:
            return self.frame
        entry = Entered(self.path, self.stand_in.symbol, call.at, caller, call)
        return _with_entry(self.frame, entry)


def _with_entry(frame: Frame, entry: Entered) -> Frame:
    """Let a frame, or those that it was entered from, know how a function around was entered."""
    if frame.path == entry.path and f"{frame.symbol}.".startswith(f"{entry.symbol}."):
        return replace(frame, callers=(entry, *frame.callers))
    ways = tuple(replace(each, caller=_with_entry(each.caller, entry)) for each in frame.callers)
    return replace(frame, callers=ways)


def hands_on(walk: Walk, wrapping: Wrapping) -> bool:
    """Whether a call passes nothing on but what the function that stands in was called with."""
    facts, stand_in = walk.file(wrapping.frame.path), wrapping.stand_in
    if facts is None or wrapping.keeps_more or not _same_positions(wrapping):
        return False
    own = stand_in.parameters if stand_in else facts.scopes[wrapping.frame.symbol].parameters
    kept = {each.name for each in own if each.kind == "table" or stand_in is None}
    for each in wrapping.call.keywords:
        value = each.value
        if each.name is not None or not isinstance(value, Name) or value.name not in kept:
            return False
        if _changes(facts, value.name, wrapping):
            return False
    return True


def _same_positions(wrapping: Wrapping) -> bool:
    """Whether what is given by position stays where it is."""
    own = wrapping.stand_in.parameters if wrapping.stand_in else ()
    names = [each.name for each in own if each.kind == "positional"]
    given = [e for e in wrapping.call.positional if not isinstance(e, Spread)]
    if wrapping.stand_in is None:
        return not given
    held = names[1:] if wrapping.stand_in.symbol.endswith(_CALLED) else names
    return [getattr(each, "name", "") for each in given] == held


def _changes(facts: FileFacts, name: str, wrapping: Wrapping) -> bool:
    """Whether a decorator may change a table: by its name, or where it hands it to another."""
    inside = f"{wrapping.maker}."
    if any(f"{frame.symbol}.".startswith(inside) for frame, _ in changes(facts, name)):
        return True
    for each in facts.invocations:
        if f"{each.scope}.".startswith(inside) and each.call != wrapping.call:
            given = each.call.positional
            if any(isinstance(value, Name) and value.name == name for value in given):
                return True
    scopes = (e for e in facts.scopes.values() if f"{e.symbol}.".startswith(inside))
    return any(True for scope in scopes for _ in defaults_set(facts, scope, name))
