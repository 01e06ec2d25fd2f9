"""Find how output items of a call are passed back by hand «workflow.5.3, light.15»."""

from __future__ import annotations

from migrator.domain.expression import Name
from migrator.domain.replay import Replay, Replayed
from migrator.domain.site import BoundCall, BoundSite
from migrator.following.answers import Recipient, recipients
from migrator.following.port import Walk
from migrator.stages.replay._carried import Reader

CLAUSES = ("workflow.5.3", "light.15", "scope.4")

_ORDER = tuple(Replayed)
_INPUT = "input"


def replay_of(site: BoundSite, walk: Walk) -> Replay | None:
    """Give the strongest sign that the items of a call's answer go into a later request.

    What is looked at is the functions that get the answer: the one around the call, and those
    that it is returned to. None where nothing of it is seen to be passed back.
    """
    call = site.call
    if call is None or not call.surface.state:
        return None
    getting = recipients(call, walk)
    found = [replay for each in getting if each.named for replay in Reader(each).replays()]
    again = [each for each in getting[1:] if each.invocation.loops]
    if not found and again:
        at = again[0].invocation.call.at.within(again[0].facts.path)
        return Replay(Replayed.REPEATED, at)
    if not found and len(getting) == 1 and _goes_out(call, getting[0]):
        return Replay(Replayed.OUT_OF_VIEW, call.place)
    return min(found, key=lambda each: (_ORDER.index(each.what), each.at), default=None)


def _goes_out(call: BoundCall, own: Recipient) -> bool:
    """Whether callers out of view bring what is sent, which is no mere text, and get the answer."""
    sent = call.arguments.get(_INPUT)
    expression = sent.expression if sent else None
    if not isinstance(expression, Name) or not any(map(own.is_answer, own.scope.returns)):
        return False
    return any(
        each.name == expression.name
        and not (isinstance(each.annotation, Name) and each.annotation.name == "str")
        for each in own.scope.parameters
    )
