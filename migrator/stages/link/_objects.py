"""Tell which objects a value may be, or is a copy or a part of, by the calls that make them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.domain.expression import Call, Expression, Series, Table
from migrator.domain.trail import Found, Frame, Outside
from migrator.following.construction import constructions
from migrator.following.copies import copied
from migrator.following.port import Walk

Making = tuple[str, int]  # the file of a call that makes an object, and where it starts

_MOST_STEPS = 4  # copies of copies, and parts of parts


@dataclass(frozen=True, slots=True)
class Part:
    """What a call or a literal table makes, or what that holds under a path of names.

    `copied` says that the value is a copy of it, so that what is set on the value is not set on it;
    its parts are `shared` where the copy is shallow.
    """

    made: Found
    path: str = ""
    copied: bool = False
    shared: bool = True

    @property
    def making(self) -> Making:
        """Where it is made."""
        return self.made.frame.path, self.made.expression.at.start


def parts_of(walk: Walk, value: Expression, frame: Frame, depth: int = 0) -> Iterator[Part]:
    """Give every object that a value may be a name, a part or a copy of, nearest first."""
    if depth > _MOST_STEPS:
        return
    for end in walk.follow(value, frame):
        match end:
            case Found(expression=Table()):
                yield Part(end)
            case Found(expression=Call()):
                yield from made_by(walk, end, depth)
            case Found(expression=Series(items=items), frame=inside):
                for each in items:  # a loop over what an object was given
                    yield from parts_of(walk, each, inside, depth + 1)
            case Outside(name=name, of=Found(expression=Call() as call) as made):
                path = name.rpartition("().")[2]
                yield from (replace(each, path=path) for each in made_by(walk, made, depth))
                yield from _given(walk, call, made.frame, path, depth)
            case _:
                pass


def made_by(walk: Walk, end: Found, depth: int = 0) -> Iterator[Part]:
    """Give what a call makes, over the classes of the project, and what it makes a copy of."""
    call, frame = end.expression, end.frame
    if not isinstance(call, Call):
        return
    yield Part(end)
    copy = copied(walk, call, frame)
    if copy is not None:
        for each in parts_of(walk, copy.original, frame, depth + 1):
            yield replace(each, copied=True, shared=each.shared and not copy.deep)
        return
    for _, made, where in constructions(walk, call, frame):
        if made.at != call.at:
            yield Part(Found(made, where))


def _given(walk: Walk, call: Call, frame: Frame, path: str, depth: int) -> Iterator[Part]:
    """Give the object that a call was given for what is read of its result."""
    name, _, rest = path.partition(".")
    for keyword in call.keywords:
        if keyword.name == name:
            for each in parts_of(walk, keyword.value, frame, depth + 1):
                inner = ".".join(part for part in (each.path, rest) if part)
                yield replace(each, path=inner)
