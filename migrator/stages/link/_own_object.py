"""Tell by the way of an id which objects a method is called on where it reaches the call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from migrator.domain.expression import Call
from migrator.domain.facts import Parameter, Scope
from migrator.domain.trail import Entered, Frame, Hop, HopKind
from migrator.following.arguments import passed
from migrator.following.port import Walk
from migrator.following.scopes import method_around


def with_own_object(walk: Walk, frame: Frame, hops: Iterable[Hop]) -> Frame:
    """Give the frame of a call in a method with the calls that make an object hold a value.

    `hops` are the way from that value to the call.
    Objects of one class differ: what one of them is given beside the id is not sent with the id of
    another. Nothing is added where the callers of the method tell, or no such call is in view.
    """
    facts = walk.file(frame.path)
    method = method_around(facts, frame.symbol) if facts else None
    if facts is None or method is None or any(each.path == frame.path for each in frame.callers):
        return frame
    constructor = facts.scopes.get(f"{method.parent}.__init__")
    if constructor is None:
        return frame
    made = [
        Entered(facts.path, constructor.symbol, each.call.at, caller, each.call)
        for caller, each, _ in walk.callers.of(walk, facts.path, constructor)
    ]
    passing = {hop.at for hop in hops if hop.kind is HopKind.ARGUMENT}
    found = [each for each in made if each.call.at.within(each.caller.path) in passing]
    if not found:
        defaults = {hop.detail for hop in hops if hop.kind is HopKind.DEFAULT_PARAMETER}
        own = [each for each in constructor.parameters if each.name in defaults]
        found = [
            each for each in made for one in own if _may_leave_out(each.call, constructor, one)
        ]
    return replace(frame, own=tuple(found)) if found else frame


def _may_leave_out(call: Call, constructor: Scope, parameter: Parameter) -> bool:
    return passed(call, constructor, parameter, bound=True).value is None
