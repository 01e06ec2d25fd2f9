"""Name what a statement sets on an object, and which setting of a surface that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.domain.addition import Added
from migrator.domain.expression import Expression, Member, Name, Opaque, Table, Text
from migrator.domain.facts import Binding
from migrator.domain.playbook import Playbook
from migrator.domain.surface import Surface
from migrator.domain.trail import Found
from migrator.following.port import Walk
from migrator.stages.link._settings import splat

_OWN = frozenset({"", "self", "cls"})
_FIELDS = "__dict__"  # holds the attributes of an object
ANY = "*"  # a name that is computed


@dataclass(frozen=True, slots=True)
class Settable:
    """The names under which settings that matter here are set on objects.

    `listed` are attributes that stand for arguments, `judged` settings whose values are judged and
    those that hold them, `inner` the last names of those that stand in another one, `holding` the
    settings that hold others, and `spreads` the tables whose entries count as settings.
    """

    listed: frozenset[str]
    judged: frozenset[str]
    inner: frozenset[str]
    holding: frozenset[str]
    spreads: frozenset[str]

    @classmethod
    def of(cls, playbook: Playbook) -> Settable:
        """Gather them from all libraries."""
        surfaces = [each for library in playbook.libraries for each in library.surfaces]
        names = {each.name for each in playbook.parameters}
        names |= {own for each in surfaces for name, own in each.named.items() if name in names}
        names |= {each.effort for each in surfaces if each.effort}
        names |= {name for each in surfaces for name in each.output_cap}
        names |= {other for each in surfaces for other, own in each.aliases.items() if own in names}
        names |= {
            other
            for each in surfaces
            for other, own in each.aliases.items()
            if any(name.startswith(f"{own}.") for name in each.settings)
        }
        dotted = {name for each in surfaces for name in each.settings if "." in name}
        tables = {name for each in surfaces for name in each.spreads}
        holding = {name.rpartition(".")[0] for name in dotted}
        return cls(
            listed=frozenset(name for each in surfaces for name in assigned(each)),
            judged=frozenset(names | {each.partition(".")[0] for each in names}),
            inner=frozenset(n.rpartition(".")[2] for n in dotted & names),
            holding=frozenset(
                holding | {f"{name}.{table}" for name in holding for table in tables}
            ),
            spreads=frozenset(tables | {_FIELDS}),
        )

    def set_by(self, binding: Binding) -> Iterator[tuple[str, str]]:
        """Give what a binding sets as an owner and a name in it, dots included.

        An entry that is put into an attribute counts as its own: `llm.model_kwargs["top_p"] = 0.2`.
        No name stands for a table's entries: `settings.update(temperature=0.2)`. What an object
        lists of its own accord is read where it is made.
        """
        parts = binding.name.split(".")
        item = binding.key if binding.how == "item" else ""
        for index in range(1, len(parts)):
            head, name = ".".join(parts[:index]), ".".join([*parts[index:], *filter(None, (item,))])
            listed = name in self.listed and head not in _OWN and not item
            if name in self.judged or listed or self._is_spread(binding, name):
                yield head, name
        if item in self.inner or (binding.how in {"call", "augmented"} and self._adds(binding)):
            yield binding.name, item

    def members_of(self, member: Member) -> Iterator[str]:
        """Give the names under which a member is set on what has it, or on what holds that."""
        parts: list[str] = []
        inner: Expression = member
        while isinstance(inner, Member):
            parts.insert(0, inner.name)
            name = ".".join(parts)
            if name in self.judged or name in self.listed or parts[-1] == ANY:
                yield name
            inner = inner.base

    def _is_spread(self, binding: Binding, name: str) -> bool:
        """Whether a name is an entry of a table of further settings, or such a table that grows."""
        *around, last = name.split(".")
        if last == ANY:
            return binding.how == "assignment"
        if last in self.spreads:
            return binding.how == "assignment" or self._adds(binding)
        return last in self.judged and bool(self.spreads.intersection(around))

    def _adds(self, binding: Binding) -> bool:
        """Whether a table with settings, or one that has to be followed, is added."""
        match binding.value:
            case Table(entries=entries):
                keys = {each.key.value for each in entries if isinstance(each.key, Text)}
                return bool(keys & self.judged) or any(each.key is None for each in entries)
            case Name():
                return binding.how == "call" and binding.key == "update"
            case _:
                return False


def as_settings(walk: Walk, surface: Surface, added: Added) -> Iterator[Added]:
    """Give what is set under the names that the surface has for it."""
    name, names = _unaliased(surface, added), assigned(surface).union(surface.settings)
    added = replace(added, argument=name)
    before, _, last = name.rpartition(".")
    table = last in surface.spreads or last == _FIELDS or _holds(surface, name)
    if name in names and (added.instead or not table):
        yield added
    elif last == ANY:
        unknown = Opaque(added.found.expression.at, "set under a computed name")
        found = replace(added.found, expression=unknown)
        for each in names:
            if each.rpartition(".")[0] == before:
                yield replace(added, argument=each, found=found)
    elif table:
        entries, lost = splat(walk, added.found.expression, added.found.frame)
        for key, found in entries.items():
            more = replace(added, argument=f"{name}.{key}", found=found, instead=True)
            yield from as_settings(walk, surface, more)
        if lost and name in surface.settings:
            yield replace(added, instead=True)
    else:
        setting = _within(surface, name.split("."))
        if setting in names:
            yield replace(added, argument=setting)


def _unaliased(surface: Surface, added: Added) -> str:
    first, *rest = added.argument.split(".")
    return ".".join((surface.aliases.get(first, first), *rest))


def _holds(surface: Surface, name: str) -> bool:
    return any(each.startswith(f"{name}.") for each in surface.settings)


def _within(surface: Surface, parts: list[str]) -> str:
    """Name the setting that an entry of a table of further settings is sent as."""
    plain = [each for each in parts if each != _FIELDS and each not in surface.spreads]
    named = surface.named.get(plain[-1], "") if plain else ""
    return named if len(plain) < len(parts) and named else ".".join(plain)


def assigned(surface: Surface) -> frozenset[str]:
    """Name the attributes that stand for arguments whose change matters here."""
    return frozenset(each.partition(".")[0] for each in surface.offers) | frozenset(
        each.name for each in surface.prompts if each.form == "text"
    )


def entries_of(made: Found) -> Iterator[tuple[str, Expression]]:
    """Give what an object or a table was made with, by name."""
    match made.expression:
        case Table(entries=entries):
            for each in entries:
                if isinstance(each.key, Text):
                    yield each.key.value, each.value
        case _:
            for keyword in getattr(made.expression, "keywords", ()):
                if keyword.name is not None:
                    yield keyword.name, keyword.value
