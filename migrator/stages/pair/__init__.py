"""Tie each site to the text that steers its model, closest first «workflow.2»."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from migrator.domain.addition import Added
from migrator.domain.config import Config, PromptPlace
from migrator.domain.expression import Scalar, Table, Text
from migrator.domain.globs import matches
from migrator.domain.playbook import PromptMaker
from migrator.domain.prompt import PromptKind, PromptLink, Speaker
from migrator.domain.roles import is_test
from migrator.domain.site import BoundCall, BoundSite, PairedSite
from migrator.domain.surface import PromptArgument
from migrator.domain.trail import Confidence, Found
from migrator.following.items import known_key
from migrator.following.port import Walk
from migrator.stages.pair._messages import message_links, settled, steers
from migrator.stages.pair._parts import compact, in_place, in_turn
from migrator.stages.pair._reading import Reading
from migrator.stages.pair._surfaces import surface_at
from migrator.stages.pair._texts import text_links

CLAUSES = (
    "workflow.1.2",
    "workflow.2",
    "workflow.2.1",
    "posture.2",
    "scope.3",
)


Parts: TypeAlias = tuple[tuple[PromptLink, ...], ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What a call gives an argument that holds a part of its prompt, and what is added to it."""

    argument: PromptArgument
    own: Found | None
    added: tuple[Added, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Finds the prompts of sites.

    `makers` are the callables that make prompts. `read` keeps what was read, for the many sites
    whose calls are given the very same.
    """

    walk: Walk
    config: Config
    makers: tuple[PromptMaker, ...]
    read: dict[tuple[tuple[Given, ...], bool], Parts] = field(default_factory=dict)

    def pair(self, site: BoundSite) -> PairedSite:
        """Find the parts of a site's prompt; one that cannot be told is said so, never guessed.

        A place that the configuration names replaces the parts that could not be identified.
        «workflow.2.1, workflow.2.2»
        """
        links = () if site.call is None else tuple(compact(self._links(site.call)))
        told = next((each for each in self.config.prompts if _speaks_of(each, site)), None)
        if told is not None:
            links = _with_place(links, told, self.walk)
        return PairedSite(bound=site, prompts=links)

    def _links(self, call: BoundCall) -> Iterator[PromptLink]:
        given = tuple(_given(call))
        parts = self._parts(given, tested=is_test(call.place.path))
        # Instructions of their own leave a list of messages to the conversation.
        others = [
            [link for other in parts if other is not each for link in other] for each in parts
        ]
        beside = zip(parts, others, strict=True)
        yield from in_turn(*(settled(each) if steers(rest) else each for each, rest in beside))
        if not given:
            yield _without_prompt(call)
        elif not any(parts) and not any(_is_text(each) for each in given):
            yield _unseen(call)

    def _parts(self, given: tuple[Given, ...], *, tested: bool) -> Parts:
        """Read each argument, unless a call that is given the same was read before."""
        key = given, tested
        if key not in self.read:
            reading = Reading(self.walk, Speaker.UNKNOWN, tested=tested, makers=self.makers)
            self.read[key] = tuple(tuple(_of_argument(each, reading)) for each in given)
        return self.read[key]


def _given(call: BoundCall) -> Iterator[Given]:
    for each in call.surface.prompts:
        given = Given(each, call.arguments.get(each.name), call.added.get(each.name, ()))
        if given.own or given.added:
            yield given


def _is_text(given: Given) -> bool:
    added = (each.found for each in given.added)
    return any(each and isinstance(each.expression, Text) for each in (given.own, *added))


def _unseen(call: BoundCall) -> PromptLink:
    """Stand for a prompt of which not one message could be seen: it is built out of view."""
    return PromptLink(
        surface=None,
        path=call.place.path,
        line=call.place.line,
        kind=PromptKind.UNKNOWN,
        speaker=Speaker.UNKNOWN,
        confidence=Confidence.CERTAIN,
        reason="no message of it could be seen",
    )


def _of_argument(given: Given, reading: Reading) -> Iterator[PromptLink]:
    """Read an argument and what is added to it; what is set instead of it is an alternative."""
    argument, own = given.argument, given.own
    reading = reading.by(Speaker(argument.speaker))
    instead = [each.found for each in given.added if each.instead]
    beside = [each.found for each in given.added if not each.instead]
    first = [each for each in (own, *instead) if each is not None]
    yield from in_turn(
        in_place(*(_of_value(argument, each, reading) for each in first)),
        *(_of_value(argument, each, reading) for each in beside),
    )


def _of_value(argument: PromptArgument, value: Found, reading: Reading) -> Iterator[PromptLink]:
    match argument.form:
        case "hosted":
            yield from _hosted(value, reading)
        case "messages":
            yield from message_links(reading, value.expression, value.frame)
        case _:
            yield from text_links(reading, value.expression, value.frame)


def _hosted(value: Found, reading: Reading) -> Iterator[PromptLink]:
    """Say that a prompt is stored at the vendor, under which id, and until when.

    The date is from https://developers.openai.com/api/docs/deprecations.
    """
    ends = reading.follow(value.expression, value.frame)
    if all(isinstance(each, Found) and isinstance(each.expression, Scalar) for each in ends):
        return
    place = value.expression.at.within(value.frame.path)
    stored = f"prompt {name}" if (name := _stored_id(value, reading)) else "the prompt"
    yield PromptLink(
        surface=None,
        path=place.path,
        line=place.line,
        kind=PromptKind.HOSTED,
        speaker=reading.speaker,
        confidence=Confidence.CERTAIN,
        reason=f"{stored} is kept by OpenAI, which ends stored prompts on 2026-11-30",
    )


def _stored_id(value: Found, reading: Reading) -> str:
    for end in reading.follow(value.expression, value.frame):
        if isinstance(end, Found) and isinstance(end.expression, Table):
            for entry in end.expression.entries:
                if entry.key and known_key(reading.walk, entry.key, end.frame) == "id":
                    return str(known_key(reading.walk, entry.value, end.frame) or "")
    return ""


def _without_prompt(call: BoundCall) -> PromptLink:
    unseen = call.alone or bool(call.surface.elsewhere) or bool(call.unseen)
    takes_one = bool(call.surface.prompts or call.surface.elsewhere)
    kind = PromptKind.UNKNOWN if unseen and takes_one else PromptKind.NONE
    return PromptLink(
        surface=None,
        path=call.place.path,
        line=call.place.line,
        kind=kind,
        speaker=Speaker.UNKNOWN,
        confidence=Confidence.CERTAIN,
        reason=_why_unseen(call) if kind == "unknown" else "",
    )


def _why_unseen(call: BoundCall) -> str:
    if call.surface.elsewhere:
        return call.surface.elsewhere
    if call.alone:
        return "the model is made here, and no call in view runs it"
    return f"the arguments of the call are not all in view: {call.unseen}"


def _speaks_of(told: PromptPlace, site: BoundSite) -> bool:
    return told.site == site.id or matches(site.place.path, told.site)


def _with_place(
    links: tuple[PromptLink, ...], told: PromptPlace, walk: Walk
) -> tuple[PromptLink, ...]:
    surface = surface_at(walk, told.path, told.line)
    if surface is None:
        return links
    known = tuple(each for each in links if each.surface is not None)
    link = PromptLink(
        surface=surface,
        path=told.path,
        line=told.line,
        kind=surface.kind,
        speaker=surface.speaker,
        confidence=Confidence.CERTAIN,
        part=1 + max((each.part for each in known), default=-1),
        reason="named by the configuration",
    )
    return (*known, link)
