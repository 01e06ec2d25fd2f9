"""Find the definitions of declared wrappers, and give their calls what they default to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from migrator.domain.expression import Call, Keyword, Name
from migrator.domain.facts import FileFacts, Scope, ScopeKind
from migrator.domain.holder import Holder, Made
from migrator.domain.playbook import CallShape, Playbook
from migrator.domain.trail import Defined, Frame
from migrator.domain.wrapper import OWN
from migrator.following.port import Walk

Definition = tuple[str, str]  # the path of its file, and its symbol there


@dataclass(frozen=True, slots=True)
class Declared:
    """The declared wrappers whose definitions are in view, by definition."""

    names: Mapping[Definition, str] = field(default_factory=dict)

    @classmethod
    def of(cls, walk: Walk, playbook: Playbook) -> Declared:
        """Look for the definition of every wrapper."""
        found = {
            definition: shape.id
            for library in playbook.libraries
            if library.id == OWN
            for shape in library.shapes
            if (definition := _defined(walk, shape.id)) is not None
        }
        return cls(found)

    def names_of(self, walk: Walk, call: Call, frame: Frame) -> frozenset[str]:
        """Name the wrappers that a call may be a call of."""
        if not self.names:
            return frozenset()
        ends = walk.follow(call.callee, frame)
        defined = ((each.path, each.symbol) for each in ends if isinstance(each, Defined))
        return frozenset(self.names[each] for each in defined if each in self.names)

    def holds(self, path: str, symbol: str) -> bool:
        """Whether a scope lies within a wrapper: what it calls is the wrapper's own business."""
        return any(
            path == where and (symbol == name or symbol.startswith(f"{name}."))
            for where, name in self.names
        )

    def shown(self, walk: Walk, shape: CallShape) -> tuple[CallShape, Holder | None]:
        """Give a shape with the positions and defaults that its definition shows."""
        where = next((each for each, name in self.names.items() if name == shape.id), None)
        scope = _scope(walk, where) if where else None
        if where is None or scope is None:
            return shape, None
        facts = walk.file(where[0])
        names = tuple(each.name for each in scope.parameters if each.kind == "positional")
        if facts is not None and _is_method(facts, scope):
            names = names[1:]
        keywords = tuple(
            Keyword(each.name, each.default)
            for each in scope.parameters
            if each.default is not None
        )
        made = Call(scope.at, Name(scope.at, shape.id), (), keywords)
        frame = Frame(where[0], scope.parent or "")
        return replace(shape, positional=names), Holder(OWN, shape.surface, (Made(made, frame),))


def _defined(walk: Walk, name: str) -> Definition | None:
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        path = walk.source.module(".".join(parts[:cut]), "")
        symbol = ".".join(parts[cut:])
        if path is not None and _scope(walk, (path, symbol)) is not None:
            return path, symbol
    return None


def _scope(walk: Walk, definition: Definition) -> Scope | None:
    """Give the function of a definition; of a class, its constructor."""
    path, symbol = definition
    facts = walk.file(path)
    scope = facts.scopes.get(symbol) if facts else None
    if facts is not None and scope is not None and scope.kind is ScopeKind.CLASS:
        return facts.scopes.get(f"{symbol}.__init__") or scope
    return scope


def _is_method(facts: FileFacts, scope: Scope) -> bool:
    parent = facts.scopes.get(scope.parent or "")
    static = any(isinstance(e, Name) and e.name == "staticmethod" for e in scope.decorators)
    return parent is not None and parent.kind is ScopeKind.CLASS and not static
