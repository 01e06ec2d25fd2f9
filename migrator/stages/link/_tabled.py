"""Read as a table what is no literal one: joined by `|`, made of an object, written as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from migrator.domain.expression import (
    Call,
    Comparison,
    Entry,
    Expression,
    Member,
    Name,
    Opaque,
    Scalar,
    Table,
    key_before,
)
from migrator.domain.facts import Branch
from migrator.domain.trail import Defined, Found, Frame, Outside, Trail
from migrator.following.instances import fields_of
from migrator.following.port import Walk

_DUMPING = frozenset({"dataclasses.asdict", "attrs.asdict", "attr.asdict", "vars"})
_WRITING = frozenset({"json.dumps", "orjson.dumps"})
_DUMPING_METHODS = frozenset({"model_dump", "dict", "_asdict"})
# What these leave out is not sent when it is None, or stays as it is written.
_HARMLESS = frozenset({"exclude_none", "mode"})


def tabled(walk: Walk, ends: Iterable[Trail]) -> Iterator[Trail]:
    """Give each end, as a table where it can be read as one."""
    for end in ends:
        match end:
            case Found(expression=Opaque(what="bitor", at=at, inner=inner)):
                joined = Table(at, tuple(Entry(None, each) for each in inner))
                yield replace(end, expression=joined)
            case Found(
                expression=Opaque(
                    what="comprehension", at=at, inner=(Name() as key, value, source)
                ),
                frame=frame,
            ):
                kept = _kept(walk, frame, key, value, source)
                yield end if kept is None else replace(end, expression=Table(at, (kept,)))
            case Found(expression=Call() as call, frame=frame):
                table = _dumped(walk, call, frame)
                yield end if table is None else replace(end, expression=table)
            case _:
                yield end


def unwritten(walk: Walk, value: Expression, frame: Frame) -> Expression:
    """Give the table that a call writes as JSON on the spot, else the value itself."""
    match value:
        case Call(positional=(table, *_)) if _calls(walk, value, frame, _WRITING):
            return table
        case _:
            return value


def _kept(
    walk: Walk, frame: Frame, key: Expression, value: Expression, source: Expression
) -> Entry | None:
    """Give the table that a comprehension copies, where it leaves out nothing but `None`."""
    facts = walk.file(frame.path)
    if facts is None:
        return None
    match value, source:
        case Name(name=name), Call(callee=Member(base=base, name="items"), positional=()):
            stretch = key.at.start, value.at.end
            tests = (e.test for e in facts.guards if e.then and _stretch(e.then) == stretch)
            return Entry(None, base) if all(_is_some(each, name) for each in tests) else None
        case _:
            return None


def _stretch(branch: Branch) -> tuple[int, int]:
    return branch.start, branch.end


def _is_some(test: Expression, name: str) -> bool:
    match test:
        case Comparison(left=Name(name=left), operator="is not", right=Scalar(value=None)):
            return left == name
        case _:
            return False


def _dumped(walk: Walk, call: Call, frame: Frame) -> Table | None:
    """Give the fields of an object of the project that a call turns into a table."""
    base = _base(walk, call, frame)
    if base is None:
        return None
    names: set[tuple[str, ...]] = set()
    for end in walk.follow(base, frame):
        made = end.expression if isinstance(end, Found) else None
        if not isinstance(end, Found) or not isinstance(made, Call):
            return None
        classes = [e for e in walk.follow(made.callee, end.frame) if isinstance(e, Defined)]
        names |= {fields_of(walk, each.path, each.symbol) for each in classes} or {()}
    fields = names.pop() if len(names) == 1 else ()
    if not fields:
        return None
    entries = []
    for index, name in enumerate(fields):
        # Each stands at a place of its own, so that the walk tells them apart.
        start = call.at.start + index
        value = Member(replace(call.at, start=start, end=start), base, name)
        entries.append(Entry(key_before(value, name), value))
    return Table(call.at, tuple(entries))


def _base(walk: Walk, call: Call, frame: Frame) -> Expression | None:
    """Give the object whose fields a call gives, all of them and under their own names."""
    if any(each.name not in _HARMLESS for each in call.keywords):
        return None
    match call:
        case Call(callee=Member(base=base, name=name), positional=()) if name in _DUMPING_METHODS:
            return base
        case Call(callee=Name() | Member(), positional=(only,)):
            return only if _calls(walk, call, frame, _DUMPING) else None
        case _:
            return None


def _calls(walk: Walk, call: Call, frame: Frame, names: Collection[str]) -> bool:
    ends = walk.follow(call.callee, frame)
    return any(isinstance(each, Outside) and each.name in names for each in ends)
