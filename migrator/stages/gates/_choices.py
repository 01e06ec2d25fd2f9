"""Find options of a command line that list the ids they take."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Text
from migrator.domain.gate import Gate, GateKind, Passage
from migrator.domain.site import Reference
from migrator.domain.source import Place
from migrator.domain.trail import Found, Frame, HopKind, Outside
from migrator.following.evaluate import Evaluator
from migrator.following.outcomes import contains
from migrator.following.worlds import World
from migrator.stages.gates._described import Crossing, gate_at

_TYPES = frozenset({"type", "click_type"})
_LISTS = frozenset({"Choice"})


def choices(crossing: Crossing, reference: Reference) -> Iterator[Gate]:
    """Yield a gate for each option on the way of a reference that does not list the target.

    argparse lets a default pass that its own choices leave out; whoever then names the id on the
    command line is turned away, so that the list has to grow with the default.
    """
    for call, frame in _options(crossing.after, reference):
        for listed, inside in _listed(crossing.after, call, frame):
            was, will = (
                contains(Evaluator(world).evaluate(listed, inside).value, text)
                for world, text in (
                    (crossing.before, crossing.before.text),
                    (crossing.after, crossing.model),
                )
            )
            if was is False or will is True:
                continue
            passage = Passage.RAISES if will is False else Passage.UNCLEAR
            flag = next((each.value for each in call.positional if isinstance(each, Text)), "")
            gate = gate_at(crossing, inside, call, GateKind.OPTION, passage, listed)
            yield Gate(
                at=listed.at.within(inside.path),
                kind=gate.kind,
                passage=gate.passage,
                model=gate.model,
                written=flag,
                subject=gate.subject,
                table=gate.table or listed.at.within(inside.path),
            )


def has_options(reference: Reference) -> bool:
    """Whether an option of a command line is on the way."""
    return any(hop.kind is HopKind.OPTION for hop in reference.via)


def _options(world: World, reference: Reference) -> Iterator[tuple[Call, Frame]]:
    places: set[Place] = {hop.at for hop in reference.via if hop.kind is HopKind.OPTION}
    for path in sorted({place.path for place in places}):
        facts = world.file(path)
        for invocation in facts.invocations if facts else ():
            if invocation.call.at.within(path) in places:
                yield invocation.call, Frame(path, invocation.scope)


def _listed(world: World, option: Call, frame: Frame) -> Iterator[tuple[Expression, Frame]]:
    for keyword in option.keywords:
        if keyword.name == "choices":
            yield keyword.value, frame
        elif keyword.name in _TYPES:
            for end in world.follow(keyword.value, frame):
                if isinstance(end, Found) and isinstance(end.expression, Call):
                    yield from _choice_of(world, end.expression, end.frame)


def _choice_of(world: World, made: Call, frame: Frame) -> Iterator[tuple[Expression, Frame]]:
    ends = world.follow(made.callee, frame)
    names = {each.name.rpartition(".")[2] for each in ends if isinstance(each, Outside)}
    given = (*made.positional, *(each.value for each in made.keywords if each.name == "choices"))
    if names & _LISTS and given:
        yield given[0], frame
