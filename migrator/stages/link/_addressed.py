"""Tell whether a plain request goes to one very address."""

from __future__ import annotations

from migrator.domain.expression import Expression, Join, Text
from migrator.domain.trail import Found, Frame
from migrator.following.port import Walk

_DEEPEST = 4


def goes_to(walk: Walk, target: Found | None, address: str) -> bool:
    """Whether all that the target of a request can be is the address, written out in view."""
    return target is not None and _text(walk, target.expression, target.frame) == address


def _text(walk: Walk, expression: Expression, frame: Frame, depth: int = 0) -> str | None:
    """Put a text together from its parts; None where it is not known, or may be one of several."""
    found: set[str | None] = set()
    for end in walk.follow(expression, frame):
        match end:
            case Found(expression=Text(value=value)):
                found.add(value)
            case Found(expression=Join(parts=parts), frame=inside) if depth < _DEEPEST:
                known = [_text(walk, each, inside, depth + 1) for each in parts]
                whole = [each for each in known if each is not None]
                found.add("".join(whole) if len(whole) == len(known) else None)
            case _:
                found.add(None)
    return found.pop() if len(found) == 1 else None
