"""Follow an entry of a table that a comprehension makes out of another, or out of names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrator.domain.expression import (
    Call,
    Choice,
    Comparison,
    Expression,
    Item,
    Member,
    Name,
    Opaque,
    Scalar,
    dotted,
)
from migrator.domain.facts import FileFacts
from migrator.domain.source import Place
from migrator.domain.trail import Confidence, Found, Frame, Hop, HopKind, Lost, Trail
from migrator.following.hops import via
from migrator.following.port import Walk
from migrator.following.subscripts import entry_ends

MOST_NESTED = 6
_READERS = frozenset({"os.environ.get", "os.getenv", "environ.get", "getenv"})
_SPELLINGS = ("upper", "lower")
_ENTRY = 3  # the key, the value and the one source of a comprehension


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The entry that is asked for: `written` is how the comprehension writes its key."""

    key: str
    written: str
    at: Place


def comprehended(walk: Walk, end: Trail, key: str, at: Place, depth: int = 0) -> tuple[Trail, ...]:
    """Give what a table made by a comprehension may have under a key; none where that is unseen.

    `{k: v for k, v in table.items()}` has what the table has, `{name: table.get(name) for name in
    names}` what that look-up gives. Conditions that look at the key or at nothing are passed: the
    key is asked for by its name. After any other the entry is likely alone.
    """
    if not isinstance(end, Found) or depth > MOST_NESTED:
        return ()
    match end.expression:
        case Opaque(what="comprehension", inner=inner) if len(inner) == _ENTRY:
            found = tuple(_entries(walk, end.frame, inner, key, at, depth))
        case _:
            return ()
    facts = walk.file(end.frame.path)
    if facts is None or not found:
        return ()
    sure = all(_passes(test, inner[0], inner[1]) for test in _conditions(facts, inner))
    confidence = Confidence.CERTAIN if sure else Confidence.LIKELY
    return via(found, Hop(at, HopKind.KEY, confidence, key), *end.hops)


def perhaps_given(walk: Walk, call: Call, frame: Frame, name: str) -> tuple[Trail, ...]:
    """Give what the comprehensions splatted into a call may hold under a name."""
    at = call.at.within(frame.path)
    trails: tuple[Trail, ...] = ()
    for each in call.keywords:
        if each.name is None:
            for end in walk.follow(each.value, frame):
                trails += comprehended(walk, end, name, at)
    return via(trails, Hop(at, HopKind.ARGUMENT, detail=name))


def _entries(
    walk: Walk, frame: Frame, inner: tuple[Expression, ...], key: str, at: Place, depth: int
) -> Iterator[Trail]:
    written, value, source = dotted(inner[0]), inner[1], inner[2]
    if written is None:
        return
    match source:
        case Call(callee=Member(base=table, name="items"), positional=()) if isinstance(
            value, Name
        ):
            yield from _under(walk, table, key, frame, at, depth)
        case _:
            yield from _computed(walk, value, frame, _Wanted(key, written, at), depth)


def _computed(
    walk: Walk, value: Expression, frame: Frame, wanted: _Wanted, depth: int
) -> Iterator[Trail]:
    """Read the value of one round: what it looks up under the key, or under a variable named so."""
    match value:
        case Choice(options=options):
            for each in options:
                yield from _computed(walk, each, frame, wanted, depth)
        case Call(callee=callee, positional=(first, *rest)) if dotted(callee) in _READERS:
            hop = Hop(wanted.at, HopKind.ENVIRONMENT, detail=_spelled(first, wanted))
            for each in rest[:1]:
                yield from via(tuple(_computed(walk, each, frame, wanted, depth)), hop)
        case Call(callee=Member(base=table, name="get" | "pop"), positional=(first, *rest)):
            if dotted(first) == wanted.written:
                yield from _under(walk, table, wanted.key, frame, wanted.at, depth)
                for each in rest[:1]:
                    yield from _computed(walk, each, frame, wanted, depth)
        case Item(base=table, key=first) if dotted(first) == wanted.written:
            yield from _under(walk, table, wanted.key, frame, wanted.at, depth)
        case _:
            pass


def _under(
    walk: Walk, table: Expression, key: str, frame: Frame, at: Place, depth: int
) -> Iterator[Trail]:
    for end in walk.follow(table, frame):
        yield from comprehended(walk, end, key, at, depth + 1)
    for end in entry_ends(walk, table, table, key, frame):
        if not isinstance(end, Lost):
            yield end


def _spelled(first: Expression, wanted: _Wanted) -> str:
    """Name the variable of the environment that is asked for the key, as far as it can be told."""
    match first:
        case Call(callee=Member(base=base, name=name), positional=()) if name in _SPELLINGS:
            told = dotted(base) == wanted.written
            spelled = wanted.key.upper() if name == "upper" else wanted.key.lower()
            return spelled if told else ""
        case _:
            return wanted.key if dotted(first) == wanted.written else ""


def _conditions(facts: FileFacts, inner: tuple[Expression, ...]) -> Iterator[Expression]:
    start, end = inner[0].at.start, inner[1].at.end
    for each in facts.guards:
        if each.then is not None and (each.then.start, each.then.end) == (start, end):
            yield each.test


def _passes(test: Expression, key: Expression, value: Expression) -> bool:
    """Whether a condition lets every entry through that is asked for by name and holds a text."""
    match test:
        case Comparison(left=left, operator="in"):
            return dotted(left) == dotted(key)
        case Comparison(left=left, operator="is not" | "!=", right=Scalar(value=None)):
            return dotted(left) == dotted(value)
        case Member(base=base, name="init"):
            return dotted(base) == (dotted(key) or "").rpartition(".")[0]
        case _:
            return dotted(test) is not None and dotted(test) == dotted(value)
