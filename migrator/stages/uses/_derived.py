"""Find other ids that the text of a definition is put into."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from migrator.domain.catalogue import Catalogue, Standing
from migrator.domain.expression import Call, Expression, Join, Member, Opaque, Scalar, Text
from migrator.domain.facts import FileFacts
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.parts import everything, parts
from migrator.domain.site import BoundCall, BoundSite
from migrator.domain.source import Place
from migrator.domain.trail import Found, Frame, HopKind
from migrator.following.joined import MOST_JOINED, parts_of
from migrator.following.port import Walk
from migrator.stages.uses._origins import Origins

MOST_INSIDE = 3
_OF_AN_ID = re.compile(r"[A-Za-z0-9_.@:/%{}()$-]*")
_HOLES = re.compile(r"\{\w*\}|%s")
_COMPOSING = (Join, Opaque, Call)
_MAKING = frozenset({"format", "join"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that is put together, with the definition that it is, if any.

    `text` is None where it cannot be told.
    """

    text: str | None
    origin: Place | None = None


Row = tuple[Piece, ...]


def derived(
    walk: Walk,
    files: Sequence[FileFacts],
    sites: Sequence[BoundSite],
    catalogue: Catalogue,
) -> Iterator[tuple[Place, OtherUse]]:
    """Yield, for the reference of each site, where an id other than its own is made of it.

    A text that is no known id counts only where it is the model of a call.
    """
    movable = [site.reference for site in sites if site.reference]
    texts = {
        each.place: (reference.place, each.recognised.text)
        for reference in movable
        if reference.recognised.standing is Standing.SOURCE
        for each in reference.written
    }
    reading = Reading(walk, catalogue, texts, Origins(walk, frozenset(texts)))
    seen: set[tuple[str, int, int]] = set()
    asked = [(each, True) for each in _models(walk, sites)]
    reached = {place for site in sites for place in _put_together(site)}
    written = _written_ids(catalogue)
    for facts in files:
        for each in compositions(facts):
            runs = each.expression.at.within(facts.path) in reached
            if runs or _may_be_an_id(each.expression, written):
                asked.append((each, runs))
    for found, runs in asked:
        at = found.expression.at
        if (found.frame.path, at.start, at.end) not in seen:
            if runs:
                seen.add((found.frame.path, at.start, at.end))
            yield from reading.uses(found, runs=runs)


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads what is put together; `texts` are the definitions: what is edited, and its text."""

    walk: Walk
    catalogue: Catalogue
    texts: Mapping[Place, tuple[Place, str]]
    origins: Origins
    known: dict[tuple[int, int, int, Frame], list[Row]] = field(default_factory=dict)

    def uses(self, found: Found, *, runs: bool) -> Iterator[tuple[Place, OtherUse]]:
        """Yield each definition that makes another id there, or perhaps one that `runs`."""
        at = found.expression.at.within(found.frame.path)
        for row in self.rows(found, MOST_INSIDE):
            for piece in row:
                if piece.origin is None:
                    continue
                made, fails = self._made(row, piece.origin, runs=runs)
                if made:
                    use = OtherUse(at=at, kind=UseKind.DERIVED, written=made, refuses=fails)
                    yield self.texts[piece.origin][0], use

    def rows(self, found: Found, inside: int) -> list[Row]:
        """Give the pieces of every text that may come out, in order; each text is read once."""
        at = found.expression.at
        key = (at.start, at.end, inside, found.frame)
        if key not in self.known:
            self.known[key] = []
            self.known[key] = self._rows(found, inside)
        return self.known[key]

    def _rows(self, found: Found, inside: int) -> list[Row]:
        pieces = parts_of(self.walk, found)
        columns = [self._column(part, found.frame, inside) for part in pieces]
        columns = columns or [self._inside(found.expression, found.frame)]
        return [
            tuple(piece for each in row for piece in each)
            for row, _ in zip(product(*columns), range(MOST_JOINED), strict=False)
        ]

    def _column(self, part: str | Expression, frame: Frame, inside: int) -> list[Row]:
        if isinstance(part, str):
            return [(Piece(part),)]
        found: list[Row] = []
        for end in self.walk.follow(part, frame):
            match end:
                case Found(expression=Text(at=at, value=value)):
                    place = at.within(end.frame.path)
                    found.append((Piece(value, place if place in self.texts else None),))
                case Found(expression=Scalar(value=int() | float() as number)):
                    found.append((Piece(str(number)),))
                case Found(expression=expression) if inside and is_composed(expression):
                    found += self.rows(end, inside - 1)
                case _:
                    pass
        known = {piece.origin for row in found for piece in row}
        found += [row for row in self._held(part, frame) if row[0].origin not in known]
        told = sorted(
            dict.fromkeys(found), key=lambda row: all(each.origin is None for each in row)
        )
        return told[:MOST_JOINED] or self._inside(part, frame)

    def _held(self, part: Expression, frame: Frame) -> list[Row]:
        """Give the definitions that a part holds by a step that is not followed."""
        held = sorted(self.origins.of(part, frame))
        return [(Piece(self.texts[each][1], each),) for each in held]

    def _inside(self, part: Expression, frame: Frame) -> list[Row]:
        """Give the definitions that a text is made of by a step that nobody can tell."""
        held = frozenset().union(*(self.origins.of(each, frame) for each in everything(part)))
        found = [(Piece(self.texts[each][1], each), Piece(None)) for each in sorted(held)]
        return [*found] or [(Piece(None),)]

    def _made(self, row: Row, origin: Place, *, runs: bool) -> tuple[str, bool]:
        """Give the other id that is made of a definition, and whether the target has none such."""
        own = self.texts[origin][1]
        if any(piece.text is None for piece in row):
            shown = "".join("…" if piece.text is None else piece.text for piece in row)
            return (shown if runs else ""), False
        value = "".join(piece.text or "" for piece in row)
        recognised, alone = self.catalogue.recognise(value), self.catalogue.recognise(own)
        if recognised is None or (alone and recognised.id == alone.id):
            return "", False
        tuned = recognised.standing is Standing.SOURCE
        if not runs and not recognised.model and not tuned:
            return "", False
        target = self.catalogue.target
        new = "".join(
            (piece.text or "").replace(alone.id if alone else own, target)
            if piece.origin == origin
            else piece.text or ""
            for piece in row
        )
        there = self.catalogue.recognise(new)
        model = there.model if there else None
        return value, model is None or not model.exists


def compositions(facts: FileFacts) -> Iterator[Found]:
    """Give everything in a file that puts a text together which may be an id."""
    seen: set[tuple[int, int]] = set()
    for scope in facts.scopes.values():
        frame = Frame(facts.path, scope.symbol)
        values = [each.value for each in scope.bindings if each.value is not None]
        values += [each.default for each in scope.parameters if each.default is not None]
        for value in (*values, *scope.returns, *scope.yields):
            yield from _inside(value, frame, seen)
    for invocation in facts.invocations:
        frame = Frame(facts.path, invocation.scope)
        yield from _inside(invocation.call, frame, seen)
    for look_up in facts.lookups:
        yield from _inside(look_up.item.key, Frame(facts.path, look_up.scope), seen)


def _inside(value: Expression, frame: Frame, seen: set[tuple[int, int]]) -> Iterator[Found]:
    pending = [value]
    while pending:
        each = pending.pop()
        key = (each.at.start, each.at.end)
        composed = isinstance(each, _COMPOSING)
        if composed and key in seen:
            continue
        if composed:
            seen.add(key)
            if is_composed(each):
                yield Found(each, frame)
        pending += parts(each)


def _written_ids(catalogue: Catalogue) -> str:
    """Give all ids and prefixes in one text, in which a piece of one is found."""
    prefixes = (each.text for each in catalogue.prefixes)
    return "\n".join((*catalogue.models, *prefixes))


def _may_be_an_id(expression: Expression, written: str) -> bool:
    """Whether what is written out of a text may be a piece of an id, or of a fine-tune of one."""
    pieces = [each.value for each in everything(expression) if isinstance(each, Text)]
    tuned = any(each.startswith("ft:") for each in pieces)
    return tuned or all(piece in written for each in pieces for piece in _HOLES.split(each))


def is_composed(expression: Expression) -> bool:
    """Whether a text is put together there, no part of which rules an id out."""
    match expression:
        case Join(parts=texts) | Opaque(what="sum" | "format", inner=texts):
            pass
        case Call(callee=Member(base=base, name=name)) if name in _MAKING:
            texts = (base,)
        case _:
            return False
    return all(_OF_AN_ID.fullmatch(each.value) for each in texts if isinstance(each, Text))


def _put_together(site: BoundSite) -> Iterator[Place]:
    """Give where the model of a site was put together, as far as its way tells."""
    if site.call and site.reference:
        yield site.reference.place
        yield from (hop.at for hop in site.reference.via if hop.kind is HopKind.TRANSFORM)


def _models(walk: Walk, sites: Iterable[BoundSite]) -> Iterator[Found]:
    """Give what is put together as the model of calls whose id cannot be read."""
    for site in sites:
        if site.call and site.reference is None:
            for given in _given(site.call):
                for end in walk.follow(given.expression, given.frame):
                    if isinstance(end, Found) and is_composed(end.expression):
                        yield end


def _given(call: BoundCall) -> Iterator[Found]:
    head = call.surface.model.partition(".")[0]
    if head in call.arguments:
        yield call.arguments[head]
    for made in call.holder.made if call.holder else ():
        for each in made.call.keywords:
            if each.name and "model" in each.name:
                yield Found(each.value, made.frame)
