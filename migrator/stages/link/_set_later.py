"""Read settings that an object is given after it was made: `llm.temperature = 0.2`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from migrator.domain.addition import Added
from migrator.domain.expression import Call, Name
from migrator.domain.facts import Binding
from migrator.domain.playbook import Playbook
from migrator.domain.site import Setting, SettingState
from migrator.domain.surface import Surface
from migrator.domain.trail import Found
from migrator.following.construction import constructions
from migrator.following.port import Walk
from migrator.following.scopes import method_with_self
from migrator.stages.link._change import Change
from migrator.stages.link._settings import flatten

_OWN = frozenset({"", "self", "cls"})


def judged(playbook: Playbook) -> frozenset[str]:
    """Name the settings whose values are judged, and those that hold them."""
    surfaces = [each for library in playbook.libraries for each in library.surfaces]
    names = {each.name for each in playbook.parameters}
    names |= {own for each in surfaces for name, own in each.named.items() if name in names}
    names |= {each.effort for each in surfaces if each.effort}
    names |= {name for each in surfaces for name in each.output_cap}
    return frozenset(names | {each.partition(".")[0] for each in names})


def attributes_set(
    binding: Binding, listed: frozenset[str], judged: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Give what a binding sets as an owner and the name of one of its attributes, dots included.

    An entry that is put into an attribute counts as its own: `llm.model_kwargs["top_p"] = 0.2`.
    What an object lists of its own accord is read where it is made.
    """
    parts = binding.name.split(".")
    more = f".{binding.key}" if binding.how == "item" and binding.key else ""
    for index in range(1, len(parts)):
        head, name = ".".join(parts[:index]), ".".join(parts[index:]) + more
        if name in judged or (name in listed and head not in _OWN and not more):
            yield head, name


def made_as_self(walk: Walk, change: Change) -> Iterator[tuple[str, int]]:
    """Give the calls that make what sets its own attribute: of a class that derives from another.

    Each is a file, and where the call starts in it.
    """
    facts = walk.file(change.frame.path)
    own = change.base.name if isinstance(change.base, Name) else ""
    method = method_with_self(facts, change.frame.symbol, own) if facts else None
    owner = facts.scopes.get(method.parent or "") if facts and method else None
    if facts is None or owner is None or not owner.bases:
        return
    constructor = facts.scopes.get(f"{owner.symbol}.__init__", owner)
    for frame, invocation, _ in walk.callers.of(walk, facts.path, constructor):
        yield frame.path, invocation.call.at.start
        for _, made, where in constructions(walk, invocation.call, frame):
            yield where.path, made.at.start


def inner_objects(
    walk: Walk, surface: Surface, arguments: Mapping[str, Found]
) -> Iterator[tuple[str, str, int]]:
    """Give the objects that hold settings of a call: their argument, and where they are made."""
    holding = dict.fromkeys(n.rpartition(".")[0] for n in surface.settings if "." in n)
    for name in holding:
        given = arguments.get(name)
        for end in walk.follow(given.expression, given.frame) if given else ():
            if isinstance(end, Found) and isinstance(end.expression, Call):
                yield name, end.frame.path, end.expression.at.start


def with_set(
    walk: Walk,
    surface: Surface,
    settings: Mapping[str, Setting],
    added: Mapping[str, Iterable[Added]],
) -> dict[str, Setting]:
    """Give the settings of a call with those set later: either may be what is sent."""
    grown = dict(settings)
    for name, changes in added.items():
        if name not in surface.settings:
            continue
        for change in changes:
            for key, new in flatten(walk, name, change.found, surface).items():
                grown[key] = _either(grown.get(key), new)
    return grown


def _either(old: Setting | None, new: Setting) -> Setting:
    if old is None or old.state is SettingState.ABSENT or not new.ends:
        return new
    if not old.ends:
        return replace(new, value=None, reason=old.reason or new.reason)
    reason = old.reason or new.reason
    return replace(new, value=None, ends=(*old.ends, *new.ends), reason=reason)
