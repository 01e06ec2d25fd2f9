"""Follow a member of an object to the call that made it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.domain.expression import (
    Call,
    Expression,
    Keyword,
    Member,
    Series,
    Spread,
    Table,
    Text,
)
from migrator.domain.facts import ScopeKind
from migrator.domain.source import Place
from migrator.domain.trail import Defined, Found, Frame, Hop, HopKind, Lost, Outside, Trail
from migrator.following.classes import class_member
from migrator.following.comprehended import perhaps_given
from migrator.following.computed import set_on
from migrator.following.copies import copied
from migrator.following.hops import via
from migrator.following.items import entry_of
from migrator.following.options import option_of
from migrator.following.partials import called_of
from migrator.following.port import Walk
from migrator.following.selves import Instance

MOST_BASES = 4
# Of a class, they give an instance whose members are the entries of a table.
_FILLING = frozenset({"model_validate", "parse_obj", "from_dict", "validate"})
# They hold their keywords, or the entries of their table, as members.
_HOLDING = frozenset(
    {"types.SimpleNamespace", "argparse.Namespace", "omegaconf.OmegaConf.create", "box.Box"}
    | {
        "munch.Munch",
        "munch.munchify",
        "easydict.EasyDict",
        "addict.Dict",
        "ml_collections.ConfigDict",
    }
)
_ROWS = frozenset({"collections.namedtuple"})


@dataclass(frozen=True, slots=True)
class Read:
    """A member that is read: its name, where that happens, and the call that made its object."""

    name: str
    at: Place
    made: Call
    frame: Frame


def made_member(
    walk: Walk, base: Found, made: Call, member: Member, at: Place
) -> tuple[Trail, ...]:
    """Give the ends of a member of what a call made."""
    read = Read(member.name, at, made, base.frame)
    found = option_of(walk, made, base.frame, member.name) or _of_copy(walk, read)
    if found:
        return found
    for trail, call in called_of(walk, made, base.frame):
        match trail:
            case Defined(path=path, symbol=symbol):
                found = _of_class(walk, path, symbol, replace(read, made=call))
                return found or (Lost(f"{symbol}.{member.name} is not defined in view", at),)
            case Outside(name=name):
                return _of_outside(walk, name, replace(read, made=call))
            case Found(expression=Call() as row, frame=frame):
                return _of_row(walk, row, frame, read)
            case _:
                pass
    return (Lost(f"member {member.name} of something that could not be followed", at),)


def member_of(walk: Walk, instance: Instance, name: str, at: Place) -> tuple[Trail, ...]:
    """Give the ends of a member of an instance of a class of the repository; none out of view."""
    if instance.made is None:
        return class_member(walk, instance.path, instance.symbol, name, at)
    read = Read(name, at, instance.made, instance.frame)
    return _of_class(walk, instance.path, instance.symbol, read)


def fields_of(walk: Walk, path: str, symbol: str, depth: int = 0) -> tuple[str, ...]:
    """Name the annotated fields of a class in the order of its constructor, bases first."""
    facts = walk.file(path)
    owner = facts.scopes.get(symbol) if facts else None
    if owner is None or owner.kind is not ScopeKind.CLASS or depth > MOST_BASES:
        return ()
    names: dict[str, None] = {}
    for base in owner.bases:
        for end in walk.follow(base, Frame(path, owner.parent or "")):
            if isinstance(end, Defined):
                names |= dict.fromkeys(fields_of(walk, end.path, end.symbol, depth + 1))
    names |= {each.name: None for each in owner.bindings if each.annotation is not None}
    return tuple(names)


def given_field(
    walk: Walk, call: Call, frame: Frame, fields: tuple[str, ...], name: str
) -> tuple[Trail, ...]:
    """Follow what a call gives for a field: by keyword, by position, or in a splatted table."""
    hop = Hop(call.at.within(frame.path), HopKind.ARGUMENT, detail=name)
    return via(tuple(_given(walk, call, frame, fields, name)), hop)


def _given(
    walk: Walk, call: Call, frame: Frame, fields: tuple[str, ...], name: str
) -> Iterator[Trail]:
    at = call.at.within(frame.path)
    for keyword in call.keywords:
        if keyword.name == name:
            yield from walk.follow(keyword.value, frame)
            return
    index = fields.index(name) if name in fields else len(call.positional)
    before = call.positional[: index + 1]
    if index < len(call.positional) and not any(isinstance(each, Spread) for each in before):
        yield from walk.follow(call.positional[index], frame)
        return
    for keyword in call.keywords:
        if keyword.name is None:
            for end in walk.follow(keyword.value, frame):
                if isinstance(end, Found) and isinstance(end.expression, Table):
                    yield from via(entry_of(walk, end.expression, end.frame, name, at), *end.hops)


def _of_class(walk: Walk, path: str, symbol: str, read: Read) -> tuple[Trail, ...]:
    initial = class_member(walk, path, symbol, "__init__", read.at)
    perhaps: tuple[Trail, ...] = ()
    if not any(isinstance(each, Defined) for each in initial):
        fields = fields_of(walk, path, symbol)
        hop = Hop(read.at, HopKind.FIELD, detail=f"{symbol}.{read.name}")
        given = via(given_field(walk, read.made, read.frame, fields, read.name), hop)
        if given and not _may_lack(walk, read):
            return given
        perhaps = given + via(perhaps_given(walk, read.made, read.frame, read.name), hop)
    if read.name == "value" and _is_enum(walk, path, symbol) and read.made.positional:
        return walk.follow(read.made.positional[0], read.frame)
    made = (read.made, read.frame)
    found = class_member(walk, path, symbol, read.name, read.at, made=made)
    return perhaps + found + _set_by_name(walk, read)


def _set_by_name(walk: Walk, read: Read) -> tuple[Trail, ...]:
    """Follow what is assigned to a member of an object by the name that the object was given."""
    facts = walk.file(read.frame.path)
    home = facts.scopes.get(read.frame.symbol) if facts else None
    if facts is None or home is None:
        return ()
    names = {b.name for b in home.bindings if b.value is not None and b.value.at == read.made.at}
    trails: tuple[Trail, ...] = ()
    for scope in (home,) if home.symbol else tuple(facts.scopes.values()) if names else ():
        frame = read.frame if scope is home else Frame(facts.path, scope.symbol)
        for each in scope.bindings:
            owner, _, member = each.name.rpartition(".")
            if owner in names and member == read.name and each.how == "assignment":
                trails += walk.bound((each,), frame)
        for name in sorted(names):
            trails += set_on(walk, scope, name, read.name, frame)
    return trails


def _may_lack(walk: Walk, read: Read) -> bool:
    """Whether a field comes from a splatted table alone which need not have it."""
    if any(each.name == read.name for each in read.made.keywords):
        return False
    ends = tuple(
        end
        for each in read.made.keywords
        if each.name is None
        for end in walk.follow(each.value, read.frame)
    )
    return any(
        not isinstance(end, Found)
        or not isinstance(end.expression, Table)
        or not entry_of(walk, end.expression, end.frame, read.name, read.at)
        for end in ends
    )


def _is_enum(walk: Walk, path: str, symbol: str) -> bool:
    facts = walk.file(path)
    owner = facts.scopes.get(symbol) if facts else None
    ends = [e for b in owner.bases for e in walk.follow(b, Frame(path, ""))] if owner else []
    return any(isinstance(end, Outside) and end.name.startswith("enum.") for end in ends)


def _of_outside(walk: Walk, name: str, read: Read) -> tuple[Trail, ...]:
    first = next(iter(read.made.positional), None)
    if name in _HOLDING:
        given = given_field(walk, read.made, read.frame, (), read.name)
        given = given or (_entry(walk, first, read) if first is not None else ())
        return given + _set_by_name(walk, read)
    return (Outside(f"{name}().{read.name}", read.at, of=Found(read.made, read.frame)),)


def _of_copy(walk: Walk, read: Read) -> tuple[Trail, ...]:
    callee = read.made.callee
    if isinstance(callee, Member) and callee.name in _FILLING and read.made.positional:
        return _of_filled(walk, callee.base, read)
    copy = copied(walk, read.made, read.frame)
    if copy is None:
        return ()
    return _changed(walk, read, copy.call) or _kept(walk, copy.original, read)


def _of_filled(walk: Walk, owner: Expression, read: Read) -> tuple[Trail, ...]:
    """Follow a member of a class's instance that was filled from a table: `Desk(**table)`."""
    for end in walk.follow(owner, read.frame):
        if isinstance(end, Defined) and end.symbol:
            table = Keyword(None, read.made.positional[0])
            filled = replace(read, made=replace(read.made, positional=(), keywords=(table,)))
            return _of_class(walk, end.path, end.symbol, filled)
    return ()


def _changed(walk: Walk, read: Read, changing: Call) -> tuple[Trail, ...]:
    for keyword in changing.keywords:
        if keyword.name is None:
            return _entry(walk, keyword.value, read)
        if keyword.name == read.name:
            hop = Hop(read.made.at.within(read.frame.path), HopKind.ARGUMENT, detail=read.name)
            return via(walk.follow(keyword.value, read.frame), hop)
    return ()


def _kept(walk: Walk, original: Expression, read: Read) -> tuple[Trail, ...]:
    # It stands where the copy is made, so that the walk tells it from the member of the copy.
    return walk.follow(Member(read.made.at, original, read.name), read.frame)


def _entry(walk: Walk, table: Expression, read: Read) -> tuple[Trail, ...]:
    trails: tuple[Trail, ...] = ()
    for end in walk.follow(table, read.frame):
        if isinstance(end, Found) and isinstance(end.expression, Table):
            found = entry_of(walk, end.expression, end.frame, read.name, read.at)
            trails += via(found, *end.hops)
    return trails


def _of_row(walk: Walk, row: Call, frame: Frame, read: Read) -> tuple[Trail, ...]:
    """Follow a member of a row whose class `namedtuple(name, fields)` made."""
    makers = [end for end in walk.follow(row.callee, frame) if isinstance(end, Outside)]
    if not any(end.name in _ROWS for end in makers) or len(row.positional) < 2:  # noqa: PLR2004
        return (Lost(f"member {read.name} of something that could not be followed", read.at),)
    names: tuple[str, ...] = ()
    match row.positional[1]:
        case Series(items=items):
            names = tuple(each.value if isinstance(each, Text) else "" for each in items)
        case Text(value=value):
            names = tuple(value.replace(",", " ").split())
        case _:
            pass
    given = given_field(walk, read.made, read.frame, names, read.name)
    return given or (Lost(f"{read.name} is not given to the row", read.at),)
