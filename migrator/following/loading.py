"""Follow modules, classes and members that are loaded by a name written as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from migrator.domain.expression import Call, Member, Name, Text
from migrator.domain.facts import FileFacts, Invocation
from migrator.domain.trail import Defined, Frame, Hop, HopKind, Lost, Trail
from migrator.following.aliases import called_name
from migrator.following.hops import via
from migrator.following.items import known_key
from migrator.following.port import Walk

_MODULES = frozenset({"importlib.import_module", "__import__"})
_OBJECTS = frozenset(
    {"pydoc.locate", "django.utils.module_loading.import_string", "werkzeug.utils.import_string"}
    | {"hydra.utils.get_class", "hydra.utils.get_method", "hydra.utils.get_object"}
)
_LOADERS = frozenset(each.rpartition(".")[2] for each in _MODULES | _OBJECTS)


@dataclass
class Loadable:
    """The files of a project, and the calls in them of what may be loaded by a name in a text."""

    files: list[FileFacts] = field(default_factory=list)
    loads: bool = False
    named: set[str] | None = None
    computed: list[tuple[str, Invocation]] = field(default_factory=list)

    def add(self, facts: FileFacts) -> None:
        """Take one more file in."""
        self.named = None
        self.files.append(facts)
        self.loads = self.loads or any(
            called_name(each.call.callee) in _LOADERS for each in facts.invocations
        )

    def calls(self, name: str) -> list[tuple[str, Invocation]]:
        """Give the calls that may be those of an object whose dotted name ends in `name`."""
        if not self.loads:
            return []
        if self.named is None:
            self.named = {each for facts in self.files for each in _dotted_in(facts)}
            self.computed = [(f.path, each) for f in self.files for each in _computed_in(f)]
        return self.computed if name in self.named else []


def _dotted_in(facts: FileFacts) -> Iterator[str]:
    """Give the last segments of texts that may be the dotted name of a class or function."""
    for each in facts.strings:
        head, dot, last = each.value.replace(":", ".").rpartition(".")
        if dot and last.isidentifier() and all(part.isidentifier() for part in head.split(".")):
            yield last


def _computed_in(facts: FileFacts) -> Iterator[Invocation]:
    """Give the calls of what another call gave: `load(name)(…)`, or under a name of its own."""
    given = {
        (scope.symbol, each.name)
        for scope in facts.scopes.values()
        for each in scope.bindings
        if isinstance(each.value, Call)
    }
    for each in facts.invocations:
        match each.call.callee:
            case Call():
                yield each
            case Name(name=name) if (each.scope, name) in given:
                yield each
            case _:
                pass


def loaded(walk: Walk, call: Call, name: str, frame: Frame) -> tuple[Trail, ...]:
    """Give the module or object that a call loads by its dotted name."""
    if not call.positional or name not in _MODULES | _OBJECTS:
        return ()
    at = call.at.within(frame.path)
    key = known_key(walk, call.positional[0], frame)
    if not isinstance(key, str):
        return (Lost(f"{name} loads a module whose name is not known", at),)
    hop = Hop(at, HopKind.LOADED, detail=key)
    if name in _MODULES:
        path = walk.source.module(_absolute(walk, call, key, frame), frame.path)
        return (Defined(path, "", (hop,)),) if path else ()
    module, _, symbol = key.replace(":", ".").rpartition(".")
    path = walk.source.module(module, frame.path) if module else None
    return via(walk.exported(path, symbol), hop) if path else ()


def by_name(walk: Walk, call: Call, frame: Frame) -> tuple[Trail, ...]:
    """Follow `getattr(base, name, default)`; the default counts where the member may be absent."""
    base, key = call.positional[:2]
    name = known_key(walk, key, frame)
    at = call.at.within(frame.path)
    default = call.positional[2] if len(call.positional) > 2 else None  # noqa: PLR2004
    trails: tuple[Trail, ...] = (Lost("getattr reads a member whose name is not known", at),)
    if isinstance(name, str):
        trails = walk.follow(Member(call.at, base, name), frame)
    if default is None or all(not isinstance(each, Lost) for each in trails):
        return trails
    return trails + via(walk.follow(default, frame), Hop(at, HopKind.KEY, detail="default"))


def _absolute(walk: Walk, call: Call, name: str, frame: Frame) -> str:
    """Give the whole name of a module that is loaded relative to a package."""
    if not name.startswith("."):
        return name
    given = [each.value for each in call.keywords if each.name == "package"]
    package = next(
        (each.value for each in (*given, *call.positional[1:]) if isinstance(each, Text)), ""
    )
    facts = walk.file(frame.path)
    package = package or (facts.module.rpartition(".")[0] if facts else "")
    return f"{package}{name}"
