"""Read what a call that runs an object says over it: the fields of a configuration, or arguments.

Source: `RunConfig` and `get_model_settings` of openai-agents 0.22.0, read on 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from migrator.domain.expression import Call, Expression, Member, Scalar, Table, dotted
from migrator.domain.playbook import CallShape
from migrator.domain.run import Run, Runs
from migrator.domain.trail import Found, Frame, Lost
from migrator.following.construction import constructions
from migrator.following.copies import copied
from migrator.following.port import Walk
from migrator.stages.link._settings import collect_arguments, splat

OVER = "over "  # stands before the name of an argument that is merged into the object's own
_MOST_COPIES = 4


@dataclass(frozen=True, slots=True)
class Said:
    """One of the ways in which a run may go: what is said, and what of it cannot be followed."""

    fields: Mapping[str, Found] = field(default_factory=dict)
    lost: tuple[Lost, ...] = ()


def said(walk: Walk, run: Run) -> tuple[Said, ...]:
    """Give each way in which a run may go, at least one."""
    runs, arguments = run.runs, run.arguments
    if not runs.config:
        apart = {name: each for name, each in arguments.items() if name.startswith(OVER)}
        return (Said({name.removeprefix(OVER): each for name, each in apart.items()}),)
    config = arguments.get(runs.config)
    if config is None:
        return (Said(),)
    ways = tuple(_ways(walk, runs, config.expression, config.frame, 0)) or (Said(),)
    later = [(name, each.found) for name in runs.merged for each in run.later.get(name, ())]
    changed = (Said({**way.fields, name: each}, way.lost) for way in ways for name, each in later)
    return (*ways, *changed)


def put_over(shape: CallShape, model: str, own: dict[str, Found], made: dict[str, Found]) -> None:
    """Set apart the arguments of a call that are merged into what its object was made with.

    Where a run itself brings the model, under the name `model`, the object's own is none.
    """
    runs = shape.runs
    if runs and runs.config and model == f"{runs.config}.{runs.model}":
        made.pop(runs.model, None)
    merged = runs.merged if runs and not runs.config else ()
    for name in (*merged, *shape.over):
        if name in own and name in made:
            own[f"{OVER}{name}"] = own.pop(name)


def put_apart(arguments: Mapping[str, Found]) -> tuple[Run, ...]:
    """Give what was set apart as a run says it: nothing, or a single run."""
    apart = {name.removeprefix(OVER): name for name in arguments if name.startswith(OVER)}
    at = [
        arguments[each].expression.at.within(arguments[each].frame.path) for each in apart.values()
    ]
    return (Run(Runs(merged=tuple(apart)), at[0], arguments),) if at else ()


def without_over(arguments: Mapping[str, Found]) -> Mapping[str, Found]:
    """Give the arguments without those that were set apart."""
    return {name: each for name, each in arguments.items() if not name.startswith(OVER)}


def _ways(walk: Walk, runs: Runs, value: Expression, frame: Frame, depth: int) -> Iterator[Said]:
    for end in walk.follow(value, frame):
        match end:
            case Found(expression=Scalar(value=None)):
                yield Said()
            case Found(expression=Table() as table, frame=inside):
                entries, lost = splat(walk, table, inside)
                yield _as_found(Said(entries, tuple(lost)), end)
            case Found(expression=Call() as made, frame=inside):
                for each in _made(walk, runs, made, inside, depth):
                    for later in _set_later(walk, runs, value, frame, each):
                        yield _as_found(later, end)
            case Lost():
                yield Said(lost=(end,))
            case _:
                yield Said(lost=(_unread(runs, value, frame),))


def _as_found(way: Said, end: Found) -> Said:
    """Note how a configuration was come by in what it says."""
    noted = {
        name: replace(each, hops=(*each.hops, *end.hops), entered=end.entered or each.entered)
        for name, each in way.fields.items()
    }
    return replace(way, fields=noted)


def _made(walk: Walk, runs: Runs, made: Call, frame: Frame, depth: int) -> Iterator[Said]:
    """Read what a configuration, or a changed copy of one, is made with."""
    copy = copied(walk, made, frame) if depth < _MOST_COPIES else None
    if copy is not None:
        changed, lost = collect_arguments(walk, copy.call, frame)
        for each in _ways(walk, runs, copy.original, frame, depth + 1):
            yield Said({**each.fields, **changed}, (*each.lost, *lost))
        return
    for name, call, inside in constructions(walk, made, frame):
        if name in runs.made_by:
            given, lost = collect_arguments(walk, call, inside, runs.fields)
            yield Said(given, lost)
            return
    yield Said(lost=(_unread(runs, made, frame),))


def _set_later(
    walk: Walk, runs: Runs, value: Expression, frame: Frame, made: Said
) -> Iterator[Said]:
    """Give a configuration as it was made, and as it is once one of its fields is set."""
    yield made
    if dotted(value) is None:
        return
    for name in dict.fromkeys((runs.model, runs.provider, *runs.merged)):
        member = Member(value.at, value, name)
        for end in walk.follow(member, frame) if name else ():
            if isinstance(end, Found):
                yield Said({**made.fields, name: end}, made.lost)


def _unread(runs: Runs, value: Expression, frame: Frame) -> Lost:
    at = value.at.within(frame.path)
    return Lost(f"the `{runs.config}` of {at.path}:{at.line} cannot be followed", at)
