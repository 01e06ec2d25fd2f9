"""Match a call that runs objects made elsewhere once for each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from migrator.domain.expression import Call, Scalar
from migrator.domain.playbook import Receiver
from migrator.domain.run import Run
from migrator.domain.source import Place
from migrator.domain.trail import Found, Outside
from migrator.following.port import Walk
from migrator.stages.link._gathered import ModelPlace
from migrator.stages.link._match import Matcher
from migrator.stages.link._matched import Matched
from migrator.stages.link._receivers import stays_home
from migrator.stages.link._runs import brings, overrides
from migrator.stages.link._said import said


def on_objects(walk: Walk, matched: Matched, matcher: Matcher) -> tuple[Matched, ...]:
    """Give a match for each object that a call runs with a model that the call brings.

    The call stands for itself as well where it may run an object that is not in view.
    """
    runs = matched.shape.runs
    if runs is None or not runs.config:
        return (matched,)
    objects = matcher.runs.objects(matched)
    found = []
    for each in objects.ran if runs.of else objects.ran[:1]:
        if brings(walk, each.run):
            on = matcher.hold(matched, each.held, runs.of) if runs.of else matched
            surface = replace(on.surface, model=f"{runs.config}.{runs.model}")
            found.append(replace(on, surface=surface, ran=(each.run,)))
    return tuple(found) if objects.whole else (*found, matched)


def with_runs(walk: Walk, matched: Matched, matcher: Matcher) -> Matched | None:
    """Give a call that makes an object with the runs of it; None where they all bring a model."""
    if matched.shape.runs is not None:
        return matched
    ran = matcher.runs.of((matched.facts.path, matched.invocation.call.at.start))
    if ran and all(overrides(walk, each) for each in ran):
        return None
    return replace(matched, ran=ran)


def brought(walk: Walk, matched: Matched) -> tuple[ModelPlace, ...]:
    """Give the models that the run of an object brings, by the name that the surface has."""
    runs = matched.shape.runs
    if runs is None or matched.surface.model != f"{runs.config}.{runs.model}":
        return ()
    return tuple(ModelPlace(found) for each in matched.ran for found in brings(walk, each))


def held_over(
    walk: Walk, matched: Matched, matcher: Matcher, places: Iterable[ModelPlace]
) -> list[Matched]:
    """Give a match for each object that brings the model of a run, or of a copy of an agent.

    What is run, or copied, counts beside it.
    """
    runs, holder = matched.shape.runs, matched.holder
    if holder is None or (holder.argument if runs is None else not brought(walk, matched)):
        return []
    argument = runs.of if runs else matched.surface.model
    found: list[Matched] = []
    for place in places:
        for held in matcher.holders.find(walk, place.found.expression, place.found.frame):
            both = replace(held, made=(*holder.made, *held.made), entered=matched.entered)
            found.append(replace(matcher.hold(matched, both, argument), ran=matched.ran))
    return found


def pointed_by_runs(walk: Walk, matched: Matched, matcher: Matcher) -> Matched:
    """Note where runs have the model looked up elsewhere; an object that brings it is not asked."""
    runs, surface = matched.shape.runs, matched.surface
    asked = matched.holder is None if runs is None else surface.model.startswith(f"{runs.config}.")
    if matched.redirected is not None or not matched.ran or not asked:
        return matched
    receivers = tuple(each for lib in matcher.playbook.libraries for each in lib.receivers)
    return replace(matched, redirected=_answered_by(walk, matched.ran, receivers))


def _answered_by(walk: Walk, ran: Iterable[Run], receivers: tuple[Receiver, ...]) -> Place | None:
    """Find where a run has its models looked up by anyone but OpenAI's own API."""
    for run in ran:
        for way in said(walk, run):
            given = way.fields.get(run.runs.provider)
            if given is not None and not _at_home(walk, given, receivers):
                return given.expression.at.within(given.frame.path)
    return None


def _at_home(walk: Walk, given: Found, receivers: tuple[Receiver, ...]) -> bool:
    """Whether a provider is plainly one of the library's own, pointed nowhere else."""
    for end in walk.follow(given.expression, given.frame):
        if isinstance(end, Found) and isinstance(end.expression, Call):
            makers = walk.follow(end.expression.callee, end.frame)
            if not all(isinstance(each, Outside) for each in makers):
                return False
        elif not (isinstance(end, Found) and isinstance(end.expression, Scalar)):
            return False
    nothing = isinstance(given.expression, Scalar)
    return nothing or stays_home(walk, given.expression, given.frame, receivers)
