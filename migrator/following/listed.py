"""Follow a list to each of its members, over lists that are put together."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Expression, Join, Opaque, Scalar, Series, Spread
from migrator.domain.trail import Found, Frame, Lost, Trail
from migrator.following.port import Walk

_DEEPEST = 3  # lists within lists; more are a web, not a list


def members_of(walk: Walk, expression: Expression, frame: Frame, depth: int = 0) -> Iterator[Trail]:
    """Give the ends of each member of a list, or of lists that are put together.

    A list that cannot be read is one end that is lost.
    """
    for end in walk.follow(expression, frame):
        match end:
            case Found(expression=Series(items=items), frame=inside):
                for item in items:
                    if isinstance(item, Spread) and depth < _DEEPEST:
                        yield from members_of(walk, item.value, inside, depth + 1)
                    else:
                        yield from walk.follow(item, inside)
            case Found(expression=(Join(parts=parts) | Opaque(what="sum", inner=parts))) if (
                depth < _DEEPEST
            ):
                for part in parts:
                    yield from members_of(walk, part, end.frame, depth + 1)
            case Found(expression=Scalar(value=None)):
                continue
            case _:
                yield Lost("the list cannot be read", expression.at.within(frame.path))
