"""Find images that are sent without a fixed detail."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Expression, Table, Text
from migrator.domain.facts import FileFacts
from migrator.domain.parts import everything
from migrator.domain.ports import Facts
from migrator.domain.site import BoundCall, BoundSite
from migrator.domain.source import Place

_IMAGES = frozenset({"image_url", "input_image"})


def loose_images(site: BoundSite, source: Facts) -> tuple[Place, ...]:
    """Give the image parts, of a call's arguments and the function around it, without a detail.

    A part says `detail` itself or in the table that holds its address; `auto` says nothing.
    """
    if site.call is None:
        return ()
    found = {
        part.at.within(path)
        for path, expression in _written(site.call, source)
        for part in everything(expression)
        if isinstance(part, Table) and _text(part, "type") in _IMAGES and _open(part)
    }
    return tuple(sorted(found))


def _written(call: BoundCall, source: Facts) -> Iterator[tuple[str, Expression]]:
    """Yield what is given to a call, and what its function builds before it is given."""
    for argument in call.arguments.values():
        yield argument.frame.path, argument.expression
    facts = source.facts(call.frame.path)
    scope = facts.scopes.get(call.invocation.scope) if isinstance(facts, FileFacts) else None
    if scope is not None and scope.symbol:
        for binding in scope.bindings:
            if binding.value is not None:
                yield call.frame.path, binding.value


def _open(image: Table) -> bool:
    inner = [each.value for each in image.entries if isinstance(each.value, Table)]
    details = [_value(table, "detail") for table in (image, *inner)]
    given = [each for each in details if each is not None]
    return all(isinstance(each, Text) and each.value == "auto" for each in given)


def _value(table: Table, key: str) -> Expression | None:
    for entry in table.entries:
        if isinstance(entry.key, Text) and entry.key.value == key:
            return entry.value
    return None


def _text(table: Table, key: str) -> str:
    value = _value(table, key)
    return value.value if isinstance(value, Text) else ""
