"""Find code that counts on the very text of a prompt: its length, its hash, how it ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrator.commands._other_calls import carriers, names_of, ways_of
from migrator.domain.expression import (
    Call,
    Comparison,
    Expression,
    Item,
    Member,
    Opaque,
    Series,
    Table,
    dotted,
)
from migrator.domain.facts import FileFacts
from migrator.domain.parts import everything
from migrator.domain.prompt import PromptSurface
from migrator.domain.site import DecidedSite
from migrator.domain.source import Location, Place
from migrator.following.aliases import called_name

_HASHES = frozenset({"sha1", "sha256", "sha512", "md5", "blake2b", "blake2s", "crc32", "hash"})
_ENDS = frozenset({"startswith", "endswith", "fullmatch", "match"})
_EQUAL, _OVER, _UNDER = (
    frozenset({"==", "!=", "is"}),
    frozenset({">", ">="}),
    frozenset({"<", "<="}),
)
_COUNTING = ("token", "count", "length")
_SHOWING = frozenset({"print", "debug", "info", "warning", "error", "exception", "log", "critical"})
_WHOLE = frozenset({"strip", "rstrip", "lstrip", "encode"})

Names = frozenset[str]


def measured(
    surface: PromptSurface, users: Sequence[DecidedSite], facts: FileFacts
) -> Place | None:
    """Give a place in a file that may hold no longer once a prompt gains words."""
    ways = tuple(ways_of(surface, users))
    passed = {hop.at for way in ways for hop in way}
    own = frozenset(names_of(ways))
    carrying = carriers(facts, own, passed)
    found = (at for symbol, held in carrying.items() for at in _in_scope(facts, symbol, held, own))
    first = min(found, default=None, key=lambda each: each.start)
    return first.within(facts.path) if first else None


def _in_scope(facts: FileFacts, symbol: str, held: Names, own: Names) -> Iterator[Location]:
    scope = facts.scopes.get(symbol)
    bindings = scope.bindings if scope else ()
    held = held - {each.name for each in bindings if isinstance(each.value, Series | Table)}
    taken = {each.name for each in bindings if each.value and _takes(each.value, held)}
    derived = frozenset(taken)
    for guard in facts.guards:
        if guard.scope == symbol and _tests(guard.test, held, own, derived, asserts=guard.asserts):
            yield guard.test.at
    for each in facts.invocations:
        if each.scope == symbol and _is_bound(each.call, held, own, derived):
            yield each.call.at
    for binding in bindings:
        if binding.value is not None and _cuts(binding.value, held):
            yield binding.value.at
    for each_returned in scope.returns if scope else ():
        if _cuts(each_returned, held):
            yield each_returned.at


def _tests(test: Expression, held: Names, own: Names, derived: Names, *, asserts: bool) -> bool:
    """Whether a test may turn out otherwise for a longer text."""
    harmless: set[Location] = set()
    for each in everything(test):
        match each:
            case Comparison(left=left, operator=operator, right=right):
                if asserts and operator in _OVER:
                    harmless.add(left.at)
                elif asserts and operator in _UNDER:
                    harmless.add(right.at)
                elif operator in _EQUAL and ({dotted(left), dotted(right)} & own):
                    return True
            case _:
                pass
    inside = (each for each in everything(test) if each.at not in harmless)
    return any(_takes_here(each, held) or dotted(each) in derived for each in inside)


def _is_bound(call: Call, held: Names, own: Names, derived: Names) -> bool:
    """Whether a call asserts something of the text, or gets a part of it."""
    name = called_name(call.callee)
    if name.lower().startswith("assert"):
        return _asserts(call, held, own, derived)
    return name not in _SHOWING and any(_cuts(given, held) for given in call.given)


def _asserts(call: Call, held: Names, own: Names, derived: Names) -> bool:
    given = [each for argument in call.given for each in everything(argument)]
    equal = "equal" in called_name(call.callee).lower() and any(
        dotted(each) in own for each in call.given
    )
    return equal or any(_takes_here(each, held) or dotted(each) in derived for each in given)


def _takes(value: Expression, held: Names) -> bool:
    return any(_takes_here(each, held) for each in everything(value))


def _takes_here(value: Expression, held: Names) -> bool:
    """Whether an expression counts the text, or looks at how it begins or ends."""
    match value:
        case Call(callee=Member(base=base, name=name), positional=given) if name in _ENDS:
            return _is_text(base, held) or any(_is_text(each, held) for each in given)
        case Call(positional=given):
            name = called_name(value.callee)
            counts = name == "len" or name in _HASHES or any(w in name.lower() for w in _COUNTING)
            return counts and any(_mentions(each, held) for each in given)
        case _:
            return False


def _cuts(value: Expression, held: Names) -> bool:
    """Whether a part of the text is taken by position."""
    return any(
        isinstance(each, Item)
        and isinstance(each.key, Opaque)
        and each.key.what == "slice"
        and _is_text(each.base, held)
        for each in everything(value)
    )


def _is_text(value: Expression, held: Names) -> bool:
    match value:
        case Call(callee=Member(base=base, name=name)) if name in _WHOLE:
            return _is_text(base, held)
        case _:
            return dotted(value) in held


def _mentions(value: Expression, held: Names) -> bool:
    return any(dotted(each) in held for each in everything(value))
