"""Hold what is known while one file is read, from its first statement to its last."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from migrator.domain.expression import Expression, Keyword, Member, Opaque
from migrator.domain.facts import (
    Binding,
    Failure,
    Guard,
    Import,
    Invocation,
    LookUp,
    MemberSet,
    Parameter,
    Scope,
    ScopeKind,
    StringUse,
    Use,
)
from migrator.domain.source import Location
from migrator.frontends.python._positions import Positions
from migrator.frontends.python._spot import Spot, chain

Lowered: TypeAlias = Callable[["Reading", Any, Spot], Expression]
Visited: TypeAlias = Callable[["Reading", Any], None]

_DEEPEST = 50


@dataclass(slots=True)
class Draft:
    """A scope in the making; `elsewhere` maps names declared global or nonlocal to their scope."""

    symbol: str
    kind: ScopeKind
    at: Location
    end_line: int
    outer: Draft | None = None
    bindings: list[Binding] = field(default_factory=list)
    parameters: tuple[Parameter, ...] = ()
    returns: list[Expression] = field(default_factory=list)
    yields: list[Expression] = field(default_factory=list)
    return_annotation: Expression | None = None
    bases: tuple[Expression, ...] = ()
    decorators: tuple[Expression, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    elsewhere: dict[str, Draft] = field(default_factory=dict)
    totals: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    inner_names: Counter[str] = field(default_factory=Counter)
    branches: int = 0
    guarded: int = 0

    def symbol_of(self, name: str) -> str:
        """Name the next definition of `name`: the last one is plain, earlier ones are numbered."""
        self.seen[name] += 1
        ordinal = self.seen[name]
        plain = f"{self.symbol}.{name}" if self.symbol else name
        return plain if ordinal >= self.totals[name] else f"{plain}#{ordinal}"

    def owner(self, name: str) -> Draft:
        """Give the scope in which the first part of `name` is bound from here."""
        return self.elsewhere.get(name.partition(".")[0], self) if self.elsewhere else self

    def finished(self) -> Scope:
        """Give the scope as a fact."""
        return Scope(
            symbol=self.symbol,
            kind=self.kind,
            parent=None if self.outer is None else self.outer.symbol,
            at=self.at,
            end_line=self.end_line,
            bindings=tuple(self.bindings),
            parameters=self.parameters,
            returns=tuple(self.returns),
            yields=tuple(self.yields),
            return_annotation=self.return_annotation,
            bases=self.bases,
            decorators=self.decorators,
            keywords=self.keywords,
        )


class Reading:
    """The state of one pass over one syntax tree.

    `renamed` holds the variables of the comprehensions and lambdas around the current node: they
    live in no scope of their own, so each gets a name (`model#1`) that meets no other.
    """

    __slots__ = (
        "asserting",
        "assertions",
        "at",
        "block",
        "catching",
        "content",
        "depth",
        "drafts",
        "expressions",
        "failures",
        "guards",
        "handler",
        "imports",
        "invocations",
        "lookups",
        "loops",
        "members",
        "package",
        "positions",
        "renamed",
        "result",
        "scope",
        "statements",
        "strings",
    )

    def __init__(
        self,
        positions: Positions,
        package: tuple[str, ...],
        expressions: Mapping[type[ast.AST], Lowered],
        statements: Mapping[type[ast.AST], Visited],
    ) -> None:
        """Start at the top of a module that lies in `package`."""
        self.positions = positions
        self.content = positions.content
        self.at = positions.at
        self.package = package
        self.expressions = expressions
        self.statements = statements
        whole = positions.span(positions.starts[1], len(self.content))
        self.scope = Draft("", ScopeKind.MODULE, whole, positions.last_line)
        self.drafts = [self.scope]
        self.strings: list[StringUse] = []
        self.invocations: list[Invocation] = []
        self.imports: list[Import] = []
        self.assertions: list[Location] = []
        self.depth = 0
        self.lookups: list[LookUp] = []
        self.guards: list[Guard] = []
        self.failures: list[Failure] = []
        self.members: list[MemberSet] = []
        self.block: Sequence[ast.stmt] = ()
        self.catching: tuple[str, ...] = ()
        self.loops = 0
        self.handler = False
        self.asserting = 0
        self.result: str | None = None
        self.renamed: dict[str, str] = {}

    def lower(self, node: ast.expr, spot: Spot) -> Expression:
        """Lower an expression that stands at `spot`.

        What is nested too deep is read, and then hidden from what is around it: facts have to be
        shallow enough to be pickled and followed.
        """
        self.depth += 1
        expression = self.expressions[type(node)](self, node, spot)
        self.depth -= 1
        if self.depth and self.depth % _DEEPEST == 0:
            return Opaque(expression.at, "deep expression")
        return expression

    def visit(self, body: Sequence[ast.stmt]) -> None:
        """Read statements in source order."""
        statements = self.statements
        outside, self.block = self.block, body
        for statement in body:
            statements[type(statement)](self, statement)
        self.block = outside

    def guarded(self, body: Sequence[ast.stmt]) -> None:
        """Read statements that run or not as a guard decides."""
        self.scope.guarded += 1
        self.branch(body)
        self.scope.guarded -= 1

    def branch(self, body: Sequence[ast.stmt]) -> None:
        """Read statements that may not run: what they bind may not replace what was bound."""
        self.scope.branches += 1
        self.visit(body)
        self.scope.branches -= 1

    def record(self, binding: Binding) -> None:
        """Keep a binding in the scope that its name lives in."""
        if self.scope.branches:
            attempted = self.scope.branches > self.scope.guarded
            binding = replace(binding, conditional=True, attempted=attempted)
        owner = self.scope.owner(binding.name)
        if owner is not self.scope:
            binding = replace(binding, conditional=True, inside=self.scope.symbol)
        owner.bindings.append(binding)

    def give_member(self, base: Expression, name: str, value: Expression) -> None:
        """Record the value that a member of what has no name of its own is given."""
        member = Member(base.at, base, name)
        self.members.append(MemberSet(member, value, self.scope.symbol))

    def found_string(self, at: Location, value: str, spot: Spot) -> None:
        """Record a string literal and its use."""
        use, outer = spot.use, chain(spot)
        if self.asserting:
            use, outer = Use.ASSERTED, (use, *outer)
        symbol, failed = self.scope.symbol, self.handler
        self.strings.append(StringUse(at, value, use, symbol, spot.name, spot.owner, outer, failed))

    def inner_name(self, name: str) -> str:
        """Give the variable of a comprehension or lambda a name of its own."""
        self.scope.inner_names[name] += 1
        return f"{name}#{self.scope.inner_names[name]}"
