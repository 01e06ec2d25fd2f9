"""Tell tables that take any key from those that hold what the code names once."""

from __future__ import annotations

from migrator.domain.expression import AUGMENTED, Call, Expression, Opaque, Text, dotted
from migrator.domain.facts import Binding, FileFacts, ScopeKind
from migrator.domain.parts import names
from migrator.domain.trail import Defined, Found, Frame, Outside
from migrator.following.filled import registered
from migrator.following.grown import changes
from migrator.following.worlds import World

_REGISTERING = frozenset({"__init_subclass__", "__set_name__", "__new__"})
_COUNTERS = frozenset({"collections.defaultdict", "collections.Counter"})


def is_registry(world: World, base: Expression, frame: Frame) -> bool:
    """Whether a table is one in which code enters functions or classes."""
    ends = world.follow(base, frame)
    return any(isinstance(end, Found) and registered(world, end) for end in ends)


def tolerates(world: World, base: Expression, frame: Frame) -> bool:
    """Whether a table takes any key: filled as it is asked, counting, or no table but a type."""
    name = dotted(base)
    facts = world.file(frame.path)
    if name and facts and any(_fills(facts, *each) for each in changes(facts, name)):
        return True
    for end in world.follow(base, frame):
        match end:
            case Defined():
                return True
            case Found(expression=Call(callee=callee), frame=inside):
                made = world.follow(callee, inside)
                if any(isinstance(each, Outside) and each.name in _COUNTERS for each in made):
                    return True
            case Found(expression=Text()):
                return True
            case _:
                pass
    return False


def _fills(facts: FileFacts, where: Frame, change: Binding) -> bool:
    """Whether a change puts in any key; what decorators and base classes register is no such one.

    They put in what the code names once, when it is loaded, and not what is asked for.
    """
    how, key = change.how, change.key
    read_first = isinstance(change.value, Opaque) and change.value.what == AUGMENTED
    if read_first or not ((how == "item" and not key) or (how, key) == ("call", "setdefault")):
        return False
    scope = facts.scopes[where.symbol]
    name = scope.symbol.rpartition(".")[2]
    outer = facts.scopes.get(scope.parent or "")
    nested = outer is not None and outer.kind is ScopeKind.FUNCTION
    decorates = any(
        name in names(each) for other in facts.scopes.values() for each in other.decorators
    )
    return not (nested or decorates or name in _REGISTERING)
