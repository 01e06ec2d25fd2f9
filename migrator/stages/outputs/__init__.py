"""Find where code takes an output item of a response whatever its type is."""

from __future__ import annotations

from migrator.domain.site import BoundSite
from migrator.domain.source import Place
from migrator.following.answers import all_recipients
from migrator.following.port import Walk
from migrator.stages.outputs._refusal import refusals
from migrator.stages.outputs._taker import Taker

_OUTPUT = "output"


def indexed_outputs(site: BoundSite, walk: Walk) -> tuple[Place, ...]:
    """Give the places that take an item of `response.output` without a look at its type.

    That is by its position from the front, or each in turn for its `content`, which a reasoning
    item lacks, or by a test or a table that refuses one. They are looked for in the function around
    a call with output items, and in those that it returns or hands the answer to. The last item is
    the message, whatever came before it. A library may hold the items under another name.
    """
    call = site.call
    if call is None:
        return ()
    items = call.surface.items or (_OUTPUT if call.surface.state else "")
    if not items:
        return ()
    found: set[Place] = set()
    for each in all_recipients(call, walk):
        taker = Taker(each, items)
        for one in (taker, *taker.handing(walk)):
            taken = (*one.taken(), *refusals(one, walk))
            found.update(at.within(one.on.facts.path) for at in taken)
    return tuple(sorted(found))
