"""State what a front-end saw in one file; nothing here knows a library or a model.

Scopes are named by their symbol: `""` is the module, `Desk` a class, `Desk.answer` its method.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from migrator.domain.expression import Call, Expression, Item, Keyword, Member
from migrator.domain.source import Location

# What comments to people say; those to this tool have verbs of their own.
REMARKS = frozenset({"keep", "fixed", "cheap"})
# Methods by which a list grows, each with the position of what it adds among its arguments.
GROWING: Mapping[str, int] = {"append": 0, "extend": 0, "insert": 1}


class ScopeKind(StrEnum):
    """What a scope is."""

    MODULE = "module"
    CLASS = "class"
    FUNCTION = "function"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function; `kind` is positional, keyword, series (*a) or table (**k)."""

    name: str
    default: Expression | None
    annotation: Expression | None
    kind: str
    at: Location


@dataclass(frozen=True, slots=True)
class Binding:
    """A name given a value in a scope.

    `name` may be a path such as `self.model`; its last part is `*` where the name is computed
    (`setattr(self, key.lower(), value)`, the method in `key`). `under` is such a name, or such a
    key of an item. `value` is None for a bare annotation. `how` is assignment, augmented, loop
    (over `value`; the index of the part that is taken of each row in `key`), with, item
    (`name[key] = value`, key in `key`), drop (of an item) or call (`name.append(value)`, method in
    `key`). `conditional` is true inside a branch, loop body, attempt or handler of its scope: an
    earlier value may survive it. `attempted` is true when more than guards stands around it, so
    that even a decided guard does not tell whether it runs. `inside` is the scope that `value` is
    read in, where a function binds a name of another scope (`global`): it may run or not.
    """

    name: str
    value: Expression | None
    at: Location
    annotation: Expression | None = None
    how: str = "assignment"
    key: str = ""
    conditional: bool = False
    attempted: bool = False
    inside: str = ""
    under: Expression | None = None

    @property
    def grows(self) -> bool:
        """Whether it adds to what a name holds: `+=`, or a method by which a list grows."""
        return self.how == "augmented" or (self.how == "call" and self.key in GROWING)


@dataclass(frozen=True, slots=True)
class MemberSet:
    """A member of what no plain name stands for, given a value: `agents["desk"].model = value`."""

    member: Member
    value: Expression
    scope: str


@dataclass(frozen=True, slots=True)
class Scope:
    """A module, class or function with all that is bound directly in it.

    `keywords` are those of a class statement: `class Desk(Base, name="desk")`.
    """

    symbol: str
    kind: ScopeKind
    parent: str | None
    at: Location
    end_line: int
    bindings: tuple[Binding, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    returns: tuple[Expression, ...] = ()
    yields: tuple[Expression, ...] = ()
    return_annotation: Expression | None = None
    bases: tuple[Expression, ...] = ()
    decorators: tuple[Expression, ...] = ()
    keywords: tuple[Keyword, ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """A name brought in: `symbol` of `module`, or the module itself when `symbol` is None.

    `module` is absolute (`app.prompts`) or, when relative, resolved against the file's package.
    `local` is `*` for a star import.
    """

    local: str
    module: str
    symbol: str | None
    at: Location
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Invocation:
    """A call with its surroundings.

    `loops` counts the loops around it inside its function; `handler` is true inside the handler
    of a failed attempt; `result` is the name that the call's value is given, if any. `caught` as
    in `LookUp`.
    """

    call: Call
    scope: str
    loops: int = 0
    handler: bool = False
    result: str | None = None
    caught: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookUp:
    """A read of `base[key]` whose key is no literal.

    `caught` names the exceptions that attempts around it catch without failing themselves.
    """

    item: Item
    scope: str
    caught: tuple[str, ...] = ()


class Course(StrEnum):
    """How running a branch ends."""

    GOES_ON = "goes on"
    RAISES = "raises"
    RETURNS = "returns"
    SKIPS = "skips"  # the rest of a loop's body, or of the loop


@dataclass(frozen=True, slots=True)
class Branch:
    """A stretch of code, from byte `start` to `end`, that runs or not as a guard decides.

    `raised` names the exception that it ends in, as far as it is written there.
    """

    start: int
    end: int
    course: Course = Course.GOES_ON
    raised: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """A test that decides which code of its scope runs.

    `then` and `otherwise` are what runs when it holds and when not. What follows up to byte `ends`
    runs only where the branch taken goes on. `asserts` tells an assertion from a condition;
    `caught` as in `LookUp`.
    """

    test: Expression
    scope: str
    then: Branch | None
    otherwise: Branch | None
    ends: int
    asserts: bool = False
    caught: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A statement that raises; `raised` names the exception, `caught` as in `LookUp`."""

    at: Location
    scope: str
    raised: str = ""
    caught: tuple[str, ...] = ()


class Use(StrEnum):
    """What a string literal is used for, by the syntax around it."""

    ASSIGNED = "assigned"
    DEFAULT = "default"
    ARGUMENT = "argument"
    KEY = "key"
    VALUE = "value"
    MEMBER = "member"
    COMPARED = "compared"
    INDEX = "index"
    ANNOTATION = "annotation"
    PART = "part"
    RETURNED = "returned"
    ASSERTED = "asserted"
    CHOICE = "choice"
    DOCSTRING = "docstring"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class StringUse:
    """A string literal and its use.

    `name` is the name, key, keyword or parameter that the string is the value of; `owner` the
    callee, table or series name that holds it, where one is near. `chain` lists the outer uses,
    nearest first, so that a member of a list passed as an argument is told from a table.
    `handler` is true inside the handler of a failed attempt.
    """

    at: Location
    value: str
    use: Use
    scope: str
    name: str = ""
    owner: str = ""
    chain: tuple[Use, ...] = ()
    handler: bool = False


@dataclass(frozen=True, slots=True)
class Pragma:
    """A comment on the line it speaks of: `migrate: verb[rule] -- reason`, or a remark to people.

    The verb of a remark is `keep` where it asks to leave the line as it is, `fixed` where it says
    so of the model itself, `cheap` where it speaks of a cheaper way.
    """

    at: Location
    verb: str
    rule: str
    reason: str
    target_line: int


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Everything that one file says, ready to be followed; picklable.

    `document` is the value that a file of data or text holds, None for a program; a file of several
    documents is a series of the kind `documents`.
    """

    path: str
    language: str
    module: str
    scopes: Mapping[str, Scope]
    imports: tuple[Import, ...]
    invocations: tuple[Invocation, ...]
    strings: tuple[StringUse, ...]
    pragmas: tuple[Pragma, ...] = ()
    assertions: tuple[Location, ...] = field(default=())
    lookups: tuple[LookUp, ...] = ()
    guards: tuple[Guard, ...] = ()
    failures: tuple[Failure, ...] = ()
    members: tuple[MemberSet, ...] = ()
    document: Expression | None = None
