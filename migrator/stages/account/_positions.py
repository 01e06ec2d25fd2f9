"""Name the parameter of a project's own class that a literal is passed for by its position."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from migrator.domain.expression import Text
from migrator.domain.facts import FileFacts, Invocation, StringUse, Use
from migrator.domain.trail import Defined, Frame
from migrator.following.instances import fields_of
from migrator.following.port import Walk

_INIT = ".__init__"


@dataclass
class Positions:
    """The positional literals of a file, found once when the first is asked for."""

    facts: FileFacts
    walk: Walk

    def named(self, use: StringUse) -> StringUse:
        """Give a use with the name of its parameter, where a class made by position tells it.

        A function that is handed an id may as well look it up, so its parameters tell nothing.
        """
        held = self._literals.get(use.at.start)
        if use.use is not Use.ARGUMENT or not use.name.isdigit() or held is None:
            return use
        invocation, index = held
        frame = Frame(self.facts.path, invocation.scope)
        for end in self.walk.follow(invocation.call.callee, frame):
            names = self._parameters(end) if isinstance(end, Defined) else ()
            if index < len(names):
                return replace(use, name=names[index])
        return use

    def _parameters(self, made: Defined) -> tuple[str, ...]:
        facts = self.walk.file(made.path)
        maker = facts.scopes.get(made.symbol + _INIT) if facts else None
        if maker is not None:
            return tuple(each.name for each in maker.parameters if each.kind == "positional")[1:]
        return fields_of(self.walk, made.path, made.symbol)

    @cached_property
    def _literals(self) -> dict[int, tuple[Invocation, int]]:
        return {
            each.at.start: (invocation, index)
            for invocation in self.facts.invocations
            for index, each in enumerate(invocation.call.positional)
            if isinstance(each, Text)
        }
