"""Find how output items of a call are passed back by hand «workflow.5.3, light.15»."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.facts import FileFacts
from migrator.domain.ports import Facts
from migrator.domain.replay import Replay, Replayed
from migrator.domain.site import BoundCall, BoundSite
from migrator.stages.replay._carried import Reader

CLAUSES = ("workflow.5.3", "light.15", "scope.4")

_ORDER = tuple(Replayed)


def replay_of(site: BoundSite, source: Facts) -> Replay | None:
    """Give the strongest sign that the items of a call's answer go into a later request.

    What is looked at is the function that gets the answer: the one around the call, or its known
    callers. None where nothing of it is seen to be passed back.
    """
    call = site.call
    if call is None or not call.surface.state:
        return None
    found = [
        replay
        for facts, symbol, name in _receiving(call, source)
        for replay in Reader(facts, symbol, name).replays()
    ]
    return min(found, key=lambda each: (_ORDER.index(each.what), each.at), default=None)


def _receiving(call: BoundCall, source: Facts) -> Iterator[tuple[FileFacts, str, str]]:
    """Yield each function that gives a name to the answer, with its file and that name."""
    facts = source.facts(call.frame.path)
    if isinstance(facts, FileFacts) and call.invocation.result:
        yield facts, call.invocation.scope, call.invocation.result
    for entered in call.frame.callers:
        around = source.facts(entered.caller.path)
        if not isinstance(around, FileFacts):
            continue
        for each in around.invocations:
            if each.call.at == entered.call.at and each.result:
                yield around, each.scope, each.result
