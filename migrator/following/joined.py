"""Read model ids that are put together from several texts: prefixes, formats, concatenations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice, product

from migrator.domain.catalogue import Catalogue
from migrator.domain.expression import (
    Call,
    Expression,
    Join,
    Member,
    Opaque,
    Scalar,
    Series,
    Spread,
    Text,
)
from migrator.domain.source import Place
from migrator.domain.trail import Entered, Found, Frame, Hop, HopKind, Lost, Trail
from migrator.following.hops import via
from migrator.following.port import Walk
from migrator.following.transforms import is_short, remade
from migrator.following.ways import every_way, too_many

MOST_JOINED = 64
_HOLE = re.compile(r"\{(\w*)\}")
_PERCENT = re.compile(r"%s")

Part = str | Expression
Row = tuple[str | Found, ...]


def put_together(
    walk: Walk, trails: tuple[Trail, ...], catalogue: Catalogue, start: Frame
) -> tuple[Trail, ...]:
    """Give, for each text joined from others, every text that it may be.

    It stands where the part that holds the id is written: an edit of that part changes the whole.
    """
    found: tuple[Trail, ...] = ()
    for trail in trails:
        parts = tuple(parts_of(walk, trail)) if isinstance(trail, Found) else ()
        if isinstance(trail, Found) and parts:
            found += tuple(_joined(walk, trail, parts, catalogue, start))
        else:
            found += (trail,)
    return found


def parts_of(walk: Walk, trail: Found) -> Iterator[Part]:
    """Give what a text is put together from, in order; nothing where it is not, or cannot be told.

    A list that is joined has to stand there itself: one behind a name may grow.
    """
    match trail.expression:
        case Join(parts=parts) | Opaque(what="sum", inner=parts):
            yield from parts
        case Call(
            callee=Member(base=base, name="join"), positional=(Series(items=items),), keywords=()
        ):
            if not any(isinstance(each, Spread) for each in items):
                yield from chain.from_iterable(
                    (base, each) if n else (each,) for n, each in enumerate(items)
                )
        case Call(callee=Member(base=base, name="format")) as call:
            yield from _of_template(walk, base, trail.frame, _HOLE, _named(call), call.positional)
        case Opaque(what="format", inner=(base, Series(items=items))):
            yield from _of_template(walk, base, trail.frame, _PERCENT, {}, items)
        case Opaque(what="format", inner=(base, value)):
            yield from _of_template(walk, base, trail.frame, _PERCENT, {}, (value,))
        case _:
            return


def _named(call: Call) -> dict[str, Expression]:
    return {each.name: each.value for each in call.keywords if each.name is not None}


def _of_template(
    walk: Walk,
    base: Expression,
    frame: Frame,
    hole: re.Pattern[str],
    named: dict[str, Expression],
    positional: tuple[Expression, ...],
) -> Iterator[Part]:
    """Yield the parts of a template with one text: what stands between holes, and what fills them.

    Gives nothing for a template that has a hole of another kind, or none to fill it with.
    """
    ends = walk.follow(base, frame)
    template = ends[0].expression if len(ends) == 1 and isinstance(ends[0], Found) else None
    if not isinstance(template, Text) or not is_short(ends[0]):
        return
    parts: list[Part] = []
    done = 0
    for index, found in enumerate(hole.finditer(template.value)):
        key = found[1] if found.lastindex else ""
        position = int(key) if key.isdigit() else index
        value = named.get(key)
        if value is None and (not key or key.isdigit()) and position < len(positional):
            value = positional[position]
        if value is None:
            return
        parts += [template.value[done : found.start()], value]
        done = found.end()
    rest = template.value[done:]
    texts = (*(each for each in parts if isinstance(each, str)), rest)
    if parts and not any(mark in each for each in texts for mark in "{}%"):
        yield from (*parts, rest)


def _joined(
    walk: Walk, whole: Found, parts: tuple[Part, ...], catalogue: Catalogue, start: Frame
) -> Iterator[Trail]:
    at = whole.expression.at.within(whole.frame.path)
    columns = [_ends(walk, each, whole.frame, at) for each in parts]
    missing = [end for column in columns for end in column if not isinstance(end, str | Found)]
    cut = [each for each in missing if isinstance(each, Lost) and each.cut]
    if len(missing) > len(cut) or not all(columns):
        yield from (replace(each, entered=whole.entered) for each in missing[:1])
        yield from () if missing else (whole,)
        return
    rows = tuple(islice(_rows(columns), MOST_JOINED + 1))
    for row, entered in rows[:MOST_JOINED]:
        found = _one(whole, row, catalogue, at)
        if found is not None:
            inner = entered if whole.frame == start else None
            yield replace(found, entered=whole.entered or inner)
    if len(rows) > MOST_JOINED:
        cut.append(too_many(at, (whole,)))
    yield from (replace(each, entered=whole.entered) for each in cut)


def _rows(columns: list[tuple[str | Trail, ...]]) -> Iterator[tuple[Row, Entered | None]]:
    """Give the texts that belong together: what one call gives goes with no other call's."""
    texts = [[each for each in column if isinstance(each, str | Found)] for column in columns]
    entries = dict.fromkeys(_entry(each) for column in texts for each in column)
    for entered in entries:
        fitting = [[each for each in column if _entry(each) in {None, entered}] for column in texts]
        for row in product(*fitting):
            if entered is None or any(_entry(each) == entered for each in row):
                yield row, entered


def _entry(part: str | Found) -> Entered | None:
    return None if isinstance(part, str) else part.entered


def _ends(walk: Walk, part: Part, frame: Frame, at: Place) -> tuple[str | Trail, ...]:
    """Give the texts that a part can be; what cannot be read is lost."""
    if isinstance(part, str):
        return (part,)
    found: list[str | Trail] = []
    for end in every_way(walk, part, frame):
        match end:
            case Found(expression=Text()):
                found.append(end)
            case Found(expression=Scalar(value=int() | float() as value)):
                found.append(str(value))
            case Found(expression=Scalar()):
                continue
            case Lost():
                found.append(end)
            case _:
                line = part.at.line
                found.append(Lost(f"a part of it is computed at {frame.path}:{line}", at))
    return tuple(found)


def _one(whole: Found, row: Row, catalogue: Catalogue, at: Place) -> Trail | None:
    """Give one text, standing at the part that holds its id."""
    texts = [_text(each) for each in row]
    value = "".join(texts)
    recognised = catalogue.recognise(value)
    hop = Hop(at, HopKind.TRANSFORM, detail="joined")
    if recognised is None:
        return replace(whole, expression=Text(whole.expression.at, value))
    for part, text in zip(row, texts, strict=True):
        if isinstance(part, Found) and isinstance(part.expression, Text) and recognised.id in text:
            made = replace(part, expression=remade(part.expression, value), entered=None)
            return via((made,), hop, *whole.hops)[0]
    spread = Text(whole.expression.at, value, written="")
    return via((replace(whole, expression=spread, hops=()),), hop, *whole.hops)[0]


def _text(part: str | Trail) -> str:
    if isinstance(part, str):
        return part
    expression = part.expression if isinstance(part, Found) else None
    return expression.value if isinstance(expression, Text) else ""
