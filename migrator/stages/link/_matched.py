"""State a call that fits a shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from migrator.domain.addition import Added
from migrator.domain.facts import FileFacts, Invocation
from migrator.domain.holder import Holder, Made
from migrator.domain.playbook import CallShape, Receiver
from migrator.domain.run import Run
from migrator.domain.site import Setting
from migrator.domain.source import Place
from migrator.domain.surface import Surface
from migrator.domain.trail import Confidence, Entered, Found, Lost
from migrator.stages.link._methods import Method
from migrator.stages.link._receivers import Client


@dataclass(frozen=True, slots=True)
class Matched:
    """A call that fits a shape, with the client that it is made on.

    `cut` tells of the ways to it that were not followed.
    """

    facts: FileFacts
    invocation: Invocation
    shape: CallShape
    surface: Surface
    receiver: Receiver | None
    client: Mapping[str, Setting]
    confidence: Confidence
    hosts: tuple[str, ...] = ()
    redirected: Place | None = None
    holder: Holder | None = None
    entered: Entered | None = None
    alone: bool = False
    added: Mapping[str, tuple[Added, ...]] = field(default_factory=dict)
    ran: tuple[Run, ...] = ()
    cut: tuple[Lost, ...] = ()


def as_sure(matched: Matched, method: Method) -> Matched:
    """Give a match that is no surer than what its call stands for."""
    sure = method.confidence is Confidence.CERTAIN
    return matched if sure else replace(matched, confidence=method.confidence)


def matched_on(
    facts: FileFacts, invocation: Invocation, shape: CallShape, surface: Surface, client: Client
) -> Matched:
    """Give a call that fits a shape and is made on a client."""
    return Matched(
        facts,
        invocation,
        shape,
        surface,
        client.receiver,
        client.settings,
        client.confidence,
        client.hosts,
    )


def with_given(matched: Matched, method: Method) -> Matched:
    """Give a match with what partials of its method were given beforehand; what comes later wins.

    What they were given by position comes before what the call itself gives by position.
    """
    matched = replace(matched, entered=method.entered or matched.entered)
    if not method.given:
        return matched
    names = matched.shape.positional
    made: list[Made] = []
    for each in method.given:
        made.append(replace(each, positional=names))
        names = names[len(each.call.positional) :]
    before = matched.holder or Holder(matched.shape.library, matched.surface.id, ())
    holder = replace(before, made=(*before.made, *made))
    return replace(matched, shape=replace(matched.shape, positional=names), holder=holder)


def with_entry(matched: Matched, entry: Found | None) -> Matched:
    """Give a match with the table that names its model, where what is beside it is sent as well."""
    if entry is None or not matched.surface.beside:
        return matched
    holder = matched.holder or Holder(matched.shape.library, matched.surface.id, ())
    return replace(matched, holder=replace(holder, entry=entry))
