"""Follow what a framework gives for a parameter: `Annotated[Client, Depends(get_client)]`.

Source: https://fastapi.tiangolo.com/tutorial/dependencies/ (shared `Annotated` dependencies).
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Item, Member, Name, Series
from migrator.domain.trail import Defined, Frame, Outside, Trail
from migrator.following.defaults import DEPENDENCIES, made_by
from migrator.following.port import Walk
from migrator.following.scopes import FromBindings, FromImport, lookup

_ANNOTATED = "Annotated"
_MOST_ALIASES = 3
_Type = Item | Name | Member


def depended_on(walk: Walk, annotation: Expression | None, frame: Frame) -> tuple[Trail, ...]:
    """Give what the dependency that an annotation names makes; none where it names none."""
    trails: tuple[Trail, ...] = ()
    for each, where in unaliased(walk, annotation, frame) if annotation else ():
        for what, call in _metadata(each):
            ends = walk.follow(call.callee, where)
            if any(isinstance(e, Outside) and e.name in DEPENDENCIES for e in ends):
                given = walk.follow(call, where) if call.positional else ()
                trails += given or made_by(walk, what, where)
    return trails


def unaliased(
    walk: Walk, annotation: Expression, frame: Frame, left: int = _MOST_ALIASES
) -> Iterator[tuple[Expression, Frame]]:
    """Give what an annotation is short for: `ClientDep = Annotated[…]`; else itself."""
    found = tuple(_behind(walk, annotation, frame)) if left else ()
    if not found:
        yield annotation, frame
    for each, where in found:
        yield from unaliased(walk, each, where, left - 1)


def _behind(walk: Walk, annotation: Expression, frame: Frame) -> Iterator[tuple[Expression, Frame]]:
    match annotation:
        case Name(name=name):
            facts = walk.file(frame.path)
            match lookup(facts, frame.symbol, name, None) if facts else None:
                case FromBindings(scope=scope, bindings=bindings):
                    inside = Frame(frame.path, scope.symbol)
                    values = (each.value for each in bindings)
                    yield from ((each, inside) for each in values if isinstance(each, _Type))
                case FromImport(imported=imported) if imported.symbol:
                    path = walk.source.module(imported.module, frame.path)
                    if path and path != frame.path:
                        yield Name(annotation.at, imported.symbol), Frame(path, "")
                case _:
                    pass
        case Member(base=Name() as base, name=name):
            for end in walk.follow(base, frame):
                if isinstance(end, Defined) and not end.symbol:
                    yield Name(annotation.at, name), Frame(end.path, "")
        case _:
            pass


def _metadata(annotation: Expression) -> Iterator[tuple[Expression, Call]]:
    """Give the calls in `Annotated[Type, …]`, each with the type."""
    match annotation:
        case Item(base=Name(name=name) | Member(name=name), key=Series(items=items)) if (
            name == _ANNOTATED
        ):
            yield from ((items[0], each) for each in items[1:] if isinstance(each, Call))
        case _:
            pass
