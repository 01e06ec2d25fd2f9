"""Tie each site to the text that steers its model, closest first «workflow.2»."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.config import Config, PromptPlace
from migrator.domain.expression import Text
from migrator.domain.globs import matches
from migrator.domain.playbook import PromptArgument
from migrator.domain.ports import Tree
from migrator.domain.prompt import PromptKind, PromptLink, Speaker
from migrator.domain.roles import is_test
from migrator.domain.sent import hidden
from migrator.domain.site import BoundCall, BoundSite, PairedSite
from migrator.domain.source import SourceFile
from migrator.domain.trail import Confidence
from migrator.following.port import Walk
from migrator.stages.pair._messages import message_links, settled, steers
from migrator.stages.pair._parts import in_turn
from migrator.stages.pair._reading import Reading
from migrator.stages.pair._surfaces import surface_of_lines
from migrator.stages.pair._texts import text_links

CLAUSES = (
    "workflow.1.2",
    "workflow.2",
    "workflow.2.1",
    "posture.2",
    "scope.3",
)


def pair(site: BoundSite, walk: Walk, config: Config, tree: Tree) -> PairedSite:
    """Find the parts of a site's prompt; a prompt that cannot be told is said so, never guessed.

    A place that the configuration names replaces the parts that could not be identified.
    «workflow.2.1, workflow.2.2»
    """
    links = tuple(_links(site.call, walk)) if site.call else ()
    told = next((each for each in config.prompts if _speaks_of(each, site)), None)
    if told is not None:
        links = _with_place(links, told, tree, walk)
    return PairedSite(bound=site, prompts=links)


def _links(call: BoundCall, walk: Walk) -> Iterator[PromptLink]:
    given = [each for each in call.surface.prompts if each.name in call.arguments]
    parts = [tuple(_of_argument(call, argument, walk)) for argument in given]
    # Instructions of their own leave a list of messages to the conversation.
    others = [[link for other in parts if other is not each for link in other] for each in parts]
    beside = zip(parts, others, strict=True)
    yield from in_turn(*(settled(each) if steers(rest) else each for each, rest in beside))
    if not given:
        yield _without_prompt(call)
    elif not any(parts) and not any(_is_text(call, each) for each in given):
        yield _unseen(call)


def _is_text(call: BoundCall, argument: PromptArgument) -> bool:
    return isinstance(call.arguments[argument.name].expression, Text)


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


def _of_argument(call: BoundCall, argument: PromptArgument, walk: Walk) -> Iterator[PromptLink]:
    value = call.arguments[argument.name]
    reading = Reading(walk, Speaker(argument.speaker), tested=is_test(call.place.path))
    match argument.form:
        case "hosted":
            place = value.expression.at.within(value.frame.path)
            yield PromptLink(
                surface=None,
                path=place.path,
                line=place.line,
                kind=PromptKind.HOSTED,
                speaker=reading.speaker,
                confidence=Confidence.CERTAIN,
                reason="the prompt is stored at OpenAI, its text is not in the repository",
            )
        case "messages":
            yield from message_links(reading, value.expression, value.frame)
        case _:
            yield from text_links(reading, value.expression, value.frame)


def _without_prompt(call: BoundCall) -> PromptLink:
    unseen = call.alone or any(hidden(call, name) for name in call.settings)
    takes_one = bool(call.surface.prompts)
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
    if call.alone:
        return "the model is made here, and no call in view runs it"
    return "the arguments of the call are not all in view"


def _speaks_of(told: PromptPlace, site: BoundSite) -> bool:
    return told.site == site.id or matches(site.place.path, told.site)


def _with_place(
    links: tuple[PromptLink, ...], told: PromptPlace, tree: Tree, walk: Walk
) -> tuple[PromptLink, ...]:
    source = tree.read(told.path)
    if not isinstance(source, SourceFile):
        return links
    known = tuple(each for each in links if each.surface is not None)
    facts = walk.file(told.path)
    surface = surface_of_lines(source, told.line, facts.language if facts else "")
    link = PromptLink(
        surface=surface,
        path=told.path,
        line=told.line,
        kind=surface.kind,
        speaker=surface.speaker,
        confidence=Confidence.CERTAIN,
        part=len(known),
        reason="named by the configuration",
    )
    return (*known, link)
