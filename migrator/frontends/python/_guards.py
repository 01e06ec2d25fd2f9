"""Record the tests that decide which code runs, and where each branch leads."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import pairwise

from migrator.domain.expression import Comparison, Expression, Opaque, Series
from migrator.domain.facts import Branch, Course, Failure, Guard
from migrator.frontends.python._reading import Reading
from migrator.frontends.python._spot import spelled

_EXITS = frozenset({"sys.exit", "exit", "quit", "os._exit"})
_BROAD = frozenset({"Exception", "BaseException"})
# A broad handler around more than this is no fallback for one look-up: the whole work fails.
_NARROW_ATTEMPT = 2
_LITERAL_PATTERNS = (ast.MatchValue, ast.MatchSingleton)


def record_condition(
    reading: Reading, test: Expression, body: Sequence[ast.stmt], orelse: Sequence[ast.stmt]
) -> None:
    """Record the test of one `if` or `elif`."""
    ends = reading.at(reading.block[-1]).end
    _record(reading, test, _branch(reading, body), _branch(reading, orelse), ends)


def record_loop(reading: Reading, test: Expression, body: Sequence[ast.stmt]) -> None:
    """Record the test of a `while`; what follows the loop does not hang on it."""
    branch = _branch(reading, body)
    _record(reading, test, branch, None, branch.end if branch else test.at.end)


def record_assertion(reading: Reading, test: Expression) -> None:
    """Record what an `assert` tests."""
    end = test.at.end
    raises = Branch(end, end, Course.RAISES, "AssertionError")
    ends = reading.at(reading.block[-1]).end
    guard = Guard(test, reading.scope.symbol, None, raises, ends, asserts=True)
    reading.guards.append(guard)


def record_failure(reading: Reading, node: ast.Raise) -> None:
    """Record a statement that raises."""
    raised = _exception(node.exc)
    at, symbol = reading.at(node), reading.scope.symbol
    reading.failures.append(Failure(at, symbol, raised, reading.catching))


def record_case(
    reading: Reading,
    asked: tuple[Expression, Expression | None],
    literals: tuple[Expression, ...],
    cases: Sequence[ast.match_case],
) -> None:
    """Record the first of `cases`: what it compares the subject with, or its own condition.

    `asked` is the subject and that condition. Of any other pattern all that is known is that it
    hangs on the subject.
    """
    first, *following = cases
    test = _test_of(reading, first, asked, literals)
    if test is None:
        return
    otherwise = None
    if following:
        start = reading.at(following[0].pattern).start
        courses = [_course(case.body) for case in following]
        otherwise = Branch(start, reading.at(following[-1].body[-1]).end, *_weakest(courses))
        if not _takes_all(following[-1]):
            otherwise = Branch(otherwise.start, otherwise.end)
    ends = reading.at(reading.block[-1]).end
    _record(reading, test, _branch(reading, first.body), otherwise, ends)


def _test_of(
    reading: Reading,
    case: ast.match_case,
    asked: tuple[Expression, Expression | None],
    literals: tuple[Expression, ...],
) -> Expression | None:
    subject, guard = asked
    at = reading.at(case.pattern)
    if isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None:
        return guard
    if guard is None and _is_literal(case.pattern):
        return Comparison(at, subject, "in", Series(at, literals, "tuple"))
    return Opaque(at, "pattern", (subject,))


def record_choice(reading: Reading, test: Expression, options: tuple[Expression, ...]) -> None:
    """Record the test of `a if test else b`."""
    then, otherwise = (Branch(each.at.start, each.at.end) for each in options)
    _record(reading, test, then, otherwise, max(then.end, otherwise.end))


def record_operands(
    reading: Reading, operands: Sequence[Expression], end: int, *, holds: bool
) -> None:
    """Record that each operand of `and` (or `or`, when not `holds`) guards those after it."""
    for test, following in pairwise(operands):
        rest = Branch(following.at.start, end)
        then, otherwise = (rest, None) if holds else (None, rest)
        _record(reading, test, then, otherwise, end)


def record_filters(
    reading: Reading, filters: Sequence[Expression], elements: Sequence[Expression]
) -> None:
    """Record the conditions of a comprehension."""
    branch = Branch(elements[0].at.start, elements[-1].at.end)
    for test in filters:
        _record(reading, test, branch, None, test.at.end)


def caught_by(node: ast.Try | ast.TryStar) -> Iterator[str]:
    """Name the exceptions after which an attempt goes on in another way."""
    for handler in node.handlers:
        if _course(handler.body)[0] is Course.RAISES:
            continue
        for name in _named(handler.type):
            if name not in _BROAD or len(node.body) <= _NARROW_ATTEMPT:
                yield name


def _named(caught: ast.expr | None) -> Iterator[str]:
    if caught is None:
        yield "BaseException"
    elif isinstance(caught, ast.Tuple):
        yield from (spelled(each) for each in caught.elts)
    else:
        yield spelled(caught)


def _record(
    reading: Reading, test: Expression, then: Branch | None, otherwise: Branch | None, ends: int
) -> None:
    # What a constant decides hangs on no value.
    if isinstance(test, Opaque) and not test.inner:
        return
    symbol, caught = reading.scope.symbol, reading.catching
    reading.guards.append(Guard(test, symbol, then, otherwise, ends, caught=caught))


def _branch(reading: Reading, body: Sequence[ast.stmt]) -> Branch | None:
    if not body:
        return None
    return Branch(reading.at(body[0]).start, reading.at(body[-1]).end, *_course(body))


def _course(body: Sequence[ast.stmt]) -> tuple[Course, str]:
    """Tell how statements end, and the exception they raise; by the last of them."""
    match body[-1]:
        case ast.Raise(exc=exception):
            return Course.RAISES, _exception(exception)
        case ast.Return():
            return Course.RETURNS, ""
        case ast.Continue() | ast.Break():
            return Course.SKIPS, ""
        case ast.Expr(value=ast.Call(func=callee)) if spelled(callee) in _EXITS:
            return Course.RAISES, "SystemExit"
        case ast.With(body=inner) | ast.AsyncWith(body=inner):
            return _course(inner)
        case ast.If(body=inner, orelse=orelse) if orelse:
            return _weakest([_course(inner), _course(orelse)])
        case _:
            return Course.GOES_ON, ""


def _weakest(courses: Sequence[tuple[Course, str]]) -> tuple[Course, str]:
    """Join the courses of alternatives: they raise only when all of them do."""
    found = {course for course, _ in courses}
    if found == {Course.RAISES}:
        return courses[0]
    return (Course.GOES_ON if Course.GOES_ON in found else Course.RETURNS), ""


def _exception(node: ast.expr | None) -> str:
    if node is None:
        return ""
    return spelled(node.func if isinstance(node, ast.Call) else node)


def _is_literal(pattern: ast.pattern) -> bool:
    if isinstance(pattern, ast.MatchOr):
        return all(isinstance(each, _LITERAL_PATTERNS) for each in pattern.patterns)
    return isinstance(pattern, ast.MatchValue)


def _takes_all(case: ast.match_case) -> bool:
    pattern = case.pattern
    return case.guard is None and isinstance(pattern, ast.MatchAs) and pattern.pattern is None
