"""Say what one statement or call changes about an object that was made earlier."""

from __future__ import annotations

from dataclasses import dataclass, replace

from migrator.domain.addition import Added, Addition, Toolset
from migrator.domain.expression import Call, Expression, Member, Name, Series, Spread
from migrator.domain.facts import Binding
from migrator.domain.trail import Found, Frame
from migrator.stages.link._callee import strip_members
from migrator.stages.link._objects import Part


@dataclass(frozen=True, slots=True)
class Change:
    """Something added to what `base` stands for, by a way of a library or by an attribute.

    `copied` says that it is added to a copy of that.
    """

    base: Expression
    frame: Frame
    added: Added
    surfaces: tuple[str, ...] = ()
    copied: bool = False


def as_addition(toolset: Toolset) -> Addition:
    """Give the way by which a set of tools takes one more."""
    return Addition(
        library=toolset.library,
        surfaces=toolset.constructors,
        argument=toolset.argument,
        members=toolset.members,
    )


def change_by(way: Addition, base: Expression, frame: Frame, value: Expression) -> Change:
    """Say what a way of a library changes about what it is called on."""
    found = Found(value if way.whole else alone(value), frame)
    return Change(base, frame, Added(way.argument, found, way.instead), way.surfaces)


def alone(value: Expression) -> Series:
    """Put one value into a list that takes up no bytes of its own."""
    return Series(replace(value.at, end=value.at.start), (value,))


def first_given(call: Call, names: tuple[str, ...]) -> tuple[Expression, ...]:
    """Give the first argument by position, else that of one of these names; none without."""
    named = [each.value for each in call.keywords if each.name in names]
    return call.positional[:1] or tuple(named[:1])


def may_give(way: Addition, call: Call) -> bool:
    """Whether a call may give what a way adds, by its arguments alone: nearly none does."""
    names = {each.name for each in call.keywords}
    by_position = [way.positional.index(each) for each in way.values if each in way.positional]
    splat = None in names or any(isinstance(each, Spread) for each in call.positional)
    return (
        splat
        or bool(names.intersection((*way.values, *way.defaults)))
        or min(by_position, default=len(call.positional)) < len(call.positional)
    )


def called_on(way: Addition, callee: Expression) -> Expression | None:
    """Give what a member of a way is called on; None for any other callee."""
    found = (strip_members(callee, tuple(e.split(".")), frozenset()) for e in way.members)
    return next((each for each in found if each is not None), None)


def owner_of(member: Expression, name: str) -> Expression:
    """Give what has a member of this name, dots included."""
    for _ in name.split("."):
        member = member.base if isinstance(member, Member) else member
    return member


def owner_path(binding: Binding, head: str) -> Expression:
    """Write the owner of an attribute as it stands at the start of its binding."""
    parts = head.split(".")
    at = replace(binding.at, end=binding.at.start + len(parts[0].encode()))
    path: Expression = Name(at, parts[0])
    for part in parts[1:]:
        at = replace(at, end=at.end + len(part.encode()) + 1)
        path = Member(at, path, part)
    return path


def seen_at(change: Change, part: Part) -> Change:
    """Give a change as one of the object that it changes a part of, or a copy of."""
    argument = ".".join(each for each in (part.path, change.added.argument) if each)
    added = replace(change.added, argument=argument)
    # A part that a copy shares with its original is one object.
    apart = change.copied or (part.copied and not (part.shared and "." in argument))
    return replace(change, added=added, copied=apart)


def inner_name(argument: str, path: str) -> str | None:
    """Give the name of what is changed as it is called within a path; None outside of it."""
    if not path or argument == path:
        return "" if path else argument
    return argument.removeprefix(f"{path}.") if argument.startswith(f"{path}.") else None
