"""Name the parameter that a literal is passed for by position to a class not all in view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from migrator.domain.expression import Text
from migrator.domain.facts import FileFacts, Invocation, StringUse, Use
from migrator.domain.trail import Defined, Frame
from migrator.following.ancestry import PLAIN_BASES, outside_names
from migrator.following.instances import fields_of
from migrator.following.port import Walk

_INIT = ".__init__"


@dataclass
class Positions:
    """The positional literals of a file, found once when the first is asked for."""

    facts: FileFacts
    walk: Walk

    def named(self, use: StringUse) -> StringUse:
        """Give a use with the name of its parameter, where a class with a base out of view has one.

        What a class that is all in view does with an id was followed, and a function that is
        handed one may as well look it up: their parameters tell nothing.
        """
        if use.use is not Use.ARGUMENT or not use.name.isdigit():
            return use
        held = self._literals.get(use.at.start)
        if held is None:
            return use
        invocation, index = held
        frame = Frame(self.facts.path, invocation.scope)
        for end in self.walk.follow(invocation.call.callee, frame):
            if isinstance(end, Defined) and self._rests_on_another(end):
                for name in self._parameters(end)[index : index + 1]:
                    return replace(use, name=name)
        return use

    def _rests_on_another(self, made: Defined) -> bool:
        above = outside_names(self.walk, (made,))
        return any(each.rpartition(".")[2] not in PLAIN_BASES for each in above)

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
