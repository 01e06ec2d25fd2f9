"""Say how a library adds to an object after it was made: registered tools, handoffs, prompts."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.domain.trail import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A way to add to what a constructor was given as `argument`, once the object is made.

    `surfaces` are those of the calls that make such an object. `members` (or paths of them) are
    called on it with what is added, or decorate that; where there is a `to`, they are called on
    what is added, with the object as `to`. `callables` are dotted functions that take it as `to`.
    What is added has one of the names of `values` or, by position, that of `positional`: a member
    of the argument's list, or (`whole`) as much as the argument itself. `defaults` are arguments
    with a table of arguments that count where they are not given. With `instead` it takes the
    place of what was there.
    """

    library: str
    surfaces: tuple[str, ...]
    argument: str
    members: tuple[str, ...] = ()
    callables: tuple[str, ...] = ()
    to: str = ""
    values: tuple[str, ...] = ()
    positional: tuple[str, ...] = ()
    defaults: tuple[str, ...] = ()
    whole: bool = False
    instead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolset:
    """An object that holds several tools, and stands among tools or in a place of its own.

    `constructors` are dotted callables that make one with a list of tools as `argument`; `members`
    add one, called with it or decorating it.
    """

    library: str
    constructors: tuple[str, ...]
    argument: str = "tools"
    positional: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What is added to an argument; `instead` says that it takes the place of what was there."""

    argument: str
    found: Found
    instead: bool = False
