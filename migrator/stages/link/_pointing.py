"""Find where the program itself points all calls of a library elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrator.domain.addresses import is_home
from migrator.domain.expression import Expression, Name, Text
from migrator.domain.pointed import Pointed
from migrator.domain.roles import is_test
from migrator.domain.sent import possible
from migrator.domain.trail import Found, Frame, Outside
from migrator.following.port import Walk
from migrator.stages.link._repointed import Change
from migrator.stages.link._settings import read_setting


def pointing(walk: Walk, changes: Iterable[Change], names: Iterable[str]) -> Iterator[Pointed]:
    """Give the places that set a variable of the environment, or an attribute of a module.

    Tests say nothing of the product. Whether a place runs before the calls cannot be told.
    """
    wanted = tuple(names)
    for variable in wanted:
        for kept in walk.callers.setting(variable):
            if not is_test(kept.frame.path) and _leads_away(walk, kept.value, kept.frame):
                yield Pointed(variable, kept.place)
    attributes = frozenset(each for each in wanted if "." in each)
    for change in changes:
        binding = change.binding
        path = binding.name.rpartition(".")[2]
        if binding.value is None or not any(each.endswith(f".{path}") for each in attributes):
            continue
        root, _, rest = binding.name.partition(".")
        base = Name(replace(binding.at, end=binding.at.start), root)
        named = attributes.intersection(_named(walk, base, rest, change.frame))
        if named and _leads_away(walk, binding.value, change.frame):
            yield Pointed(min(named), binding.at.within(change.frame.path))
    yield from _set_by_name(walk, attributes)


def _set_by_name(walk: Walk, attributes: frozenset[str]) -> Iterator[Pointed]:
    """Read `setattr(module, "api_base", address)` as the attribute that it sets."""
    for path, invocation in walk.callers.named("setattr") if attributes else ():
        frame = Frame(path, invocation.scope)
        match invocation.call.positional:
            case (base, Text(value=name), value) if not is_test(path):
                named = attributes.intersection(_named(walk, base, name, frame))
                if named and _leads_away(walk, value, frame):
                    yield Pointed(min(named), invocation.call.at.within(path))
            case _:
                pass


def _named(walk: Walk, base: Expression, rest: str, frame: Frame) -> Iterator[str]:
    for end in walk.follow(base, frame):
        if isinstance(end, Outside):
            yield f"{end.name}.{rest}"


def _leads_away(walk: Walk, value: Expression, frame: Frame) -> bool:
    sent = possible(read_setting(walk, Found(value, frame)))
    away = (each for each in sent.literals if each and not is_home(each))
    return sent.unread or bool(sent.shapes) or any(away)
