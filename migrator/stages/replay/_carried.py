"""Follow the output items of one answer through the function that got it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrator.domain.expression import (
    Call,
    Comparison,
    Expression,
    Item,
    Member,
    Name,
    Opaque,
    Series,
    Spread,
    Table,
    Text,
    dotted,
)
from migrator.domain.facts import Binding, Course, FileFacts, Guard
from migrator.domain.parts import everything, names
from migrator.domain.replay import Replay, Replayed
from migrator.following.answers import Recipient

# Methods and functions that give the same items in another form.
_SAME = frozenset({"model_dump", "dict", "to_dict", "copy", "model_copy", "list", "deepcopy"})
_KEPT_TYPE = "reasoning"
_INPUT = "input"
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one function for what becomes of `answer.output`."""

    on: Recipient

    @property
    def facts(self) -> FileFacts:
        """The file that the function is in."""
        return self.on.facts

    @property
    def symbol(self) -> str:
        """The name of the function."""
        return self.on.scope.symbol

    def replays(self) -> Iterator[Replay]:
        """Yield each place where items are added to a list that grows from turn to turn."""
        for binding in self._bindings():
            if binding.value is None or not _grows(binding):
                continue
            what = self._carried(binding.value)
            if what is None:
                continue
            if what is Replayed.WHOLE:
                what = self._under_guards(binding)
            if what is not None:
                yield Replay(what, binding.at.within(self.facts.path))
        yield from self._sent()

    def _sent(self) -> Iterator[Replay]:
        """Yield each place where items are put together with others as the input of a call."""
        for each in self.facts.invocations:
            if each.scope != self.symbol:
                continue
            for keyword in each.call.keywords:
                joined = isinstance(keyword.value, Series | Opaque)
                what = self._carried(keyword.value) if keyword.name == _INPUT and joined else None
                if what is not None:
                    yield Replay(what, keyword.value.at.within(self.facts.path))

    def _bindings(self) -> tuple[Binding, ...]:
        return self.on.scope.bindings

    def _carried(self, value: Expression, depth: int = 0) -> Replayed | None:
        """Tell what a value holds of the answer's items; None for nothing, or nothing clear."""
        if depth > _DEEPEST:
            return None
        match value:
            case Member(base=base, name="output"):
                return Replayed.WHOLE if self.on.is_answer(base) else None
            case Name(name=name):
                return self._named(name, depth)
            case Spread(value=inner):
                return self._carried(inner, depth + 1)
            case Series(items=inner) | Opaque(what="sum" | "augmented", inner=inner):
                return _first(self._carried(each, depth + 1) for each in inner)
            case Opaque(what="comprehension", inner=inner):
                return self._comprehended(value, inner, depth)
            case Call():
                return self._called(value, depth)
            case Item(base=base):
                return self._one_of(base, depth)
            case Table():
                return Replayed.REBUILT if self._speaks(value) else None
            case _:
                return None

    def _named(self, name: str, depth: int) -> Replayed | None:
        given = [each for each in self._bindings() if each.name == name and each.value is not None]
        made = [each.value for each in given if each.how in {"assignment", "loop"}]
        found = [self._carried(value, depth + 1) for value in made if value is not None]
        return _first(iter(found)) if found and None not in found else None

    def _comprehended(
        self, whole: Expression, inner: tuple[Expression, ...], depth: int
    ) -> Replayed | None:
        element = self._carried(inner[0], depth + 1) if inner else None
        if element is not Replayed.WHOLE:
            return element
        tested = [(each, True) for each in self._guards(inner[0]) if _inside(each, whole)]
        return _filtered(tested)

    def _called(self, call: Call, depth: int) -> Replayed | None:
        name = (dotted(call.callee) or "").rpartition(".")[2]
        if name == "next" and call.positional:
            return self._one_of(call.positional[0], depth)
        if isinstance(call.callee, Member) and call.callee.name in _SAME:
            return self._carried(call.callee.base, depth + 1)
        if name in _SAME and len(call.positional) == 1:
            return self._carried(call.positional[0], depth + 1)
        return None

    def _one_of(self, items: Expression, depth: int) -> Replayed | None:
        """Tell what a single one of several items is: never all of them."""
        what = self._carried(items, depth + 1)
        return Replayed.FILTERED if what is Replayed.WHOLE else what

    def _speaks(self, table: Table) -> bool:
        """Whether a table is a message of the assistant without its phase, made of the answer."""
        keys = {each.key.value: each.value for each in table.entries if isinstance(each.key, Text)}
        role = keys.get("role")
        said = isinstance(role, Text) and role.value == "assistant"
        own = {*self.on.named, *(each.name for each in self._bindings() if self._is_item(each))}
        return said and "phase" not in keys and bool(names(table) & own)

    def _is_item(self, binding: Binding) -> bool:
        return binding.how == "loop" and binding.value is not None and self._is_list(binding.value)

    def _is_list(self, value: Expression, depth: int = 0) -> bool:
        """Whether a value is the list of output items itself, or a name of it."""
        match value:
            case Member(base=base, name="output"):
                return self.on.is_answer(base)
            case Name(name=name) if depth < _DEEPEST:
                given = [each for each in self._bindings() if each.name == name]
                return any(each.value and self._is_list(each.value, depth + 1) for each in given)
            case _:
                return False

    def _under_guards(self, binding: Binding) -> Replayed | None:
        """Tell whether an item is added whatever it is, or only where a test of it holds."""
        value = binding.value
        if value is None:
            return None
        start = binding.at.start
        deciding = [
            (each, met if branch.start <= start < branch.end else not met)
            for each in self._guards(value)
            for branch, met in ((each.then, True), (each.otherwise, False))
            if branch is not None
            and (
                branch.start <= start < branch.end or _skips(branch.course, branch.end, each, start)
            )
        ]
        return _filtered(deciding)

    def _guards(self, value: Expression) -> list[Guard]:
        """Give the tests of the loop variables that a value mentions."""
        loops = {each.name for each in self._bindings() if each.how == "loop"}
        mentioned = names(value) & loops
        return [
            each
            for each in self.facts.guards
            if each.scope == self.symbol and names(each.test) & mentioned
        ]


def _grows(binding: Binding) -> bool:
    if binding.grows:
        return True
    again = binding.how == "assignment" and binding.value is not None
    return again and binding.name in names(binding.value)  # type: ignore[arg-type]


def _skips(course: Course, end: int, guard: Guard, start: int) -> bool:
    return course is Course.SKIPS and end <= start < guard.ends


def _inside(guard: Guard, whole: Expression) -> bool:
    return whole.at.start <= guard.test.at.start < whole.at.end


def _filtered(tests: list[tuple[Guard, bool]]) -> Replayed | None:
    """Give what tests of the items leave, each with the answer that lets an item through.

    A test that lets reasoning items through may still stop others: that is left open.
    """
    if not tests:
        return Replayed.WHOLE
    said = {
        each.value for test, _ in tests for each in everything(test.test) if isinstance(each, Text)
    }
    if not said:
        return None
    if _KEPT_TYPE not in said:
        return Replayed.FILTERED
    kept = [
        _is_met(test.test) is wanted for test, wanted in tests if _is_met(test.test) is not None
    ]
    return Replayed.FILTERED if False in kept else None


def _is_met(test: Expression) -> bool | None:
    """Whether a reasoning item meets a test of its type; None for any other test."""
    if not isinstance(test, Comparison):
        return None
    if not (isinstance(test.left, Member) and test.left.name == "type"):
        return None
    match test.operator, test.right:
        case "==" | "!=", Text(value=value):
            return (value == _KEPT_TYPE) is (test.operator == "==")
        case "in" | "not in", Series(items=items) if all(isinstance(each, Text) for each in items):
            values = {each.value for each in items if isinstance(each, Text)}
            return (_KEPT_TYPE in values) is (test.operator == "in")
        case _:
            return None


def _first(found: Iterator[Replayed | None]) -> Replayed | None:
    order = tuple(Replayed)
    return min((each for each in found if each is not None), key=order.index, default=None)
