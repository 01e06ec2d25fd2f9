"""Read statements: what they bind, return, assert and hold."""

from __future__ import annotations

import ast

from migrator.domain.expression import (
    AUGMENTED,
    Call,
    Entry,
    Expression,
    Item,
    Member,
    Name,
    Opaque,
    Table,
    Text,
    key_before,
)
from migrator.domain.facts import GROWING, Binding, LookUp, ScopeKind, Use
from migrator.frontends.python._bindings import assign, bind, bind_loop, give_result
from migrator.frontends.python._guards import (
    caught_by,
    record_assertion,
    record_condition,
    record_failure,
    record_loop,
)
from migrator.frontends.python._reading import Draft, Reading
from migrator.frontends.python._spot import ROOT, Spot, spelled

_SETTING = frozenset({"setattr", "object.__setattr__"})


def read_assign(reading: Reading, node: ast.Assign) -> None:
    """Read `a = b = value`."""
    assign(reading, node.targets, node.value)


def read_annotated(reading: Reading, node: ast.AnnAssign) -> None:
    """Read `a: T = value` and the bare `a: T`."""
    name = spelled(node.target)
    annotation = reading.lower(node.annotation, Spot(Use.ANNOTATION, name))
    value = None
    if node.value is not None:
        give_result(reading, node.target, node.value)
        value = reading.lower(node.value, Spot(Use.ASSIGNED, name))
    bind(reading, node.target, value, annotation=annotation)


def read_augmented(reading: Reading, node: ast.AugAssign) -> None:
    """Read `a += value`; of an item it is only known that it changes."""
    value = reading.lower(node.value, Spot(Use.ASSIGNED, spelled(node.target)))
    if isinstance(node.target, ast.Subscript):
        value = Opaque(value.at, AUGMENTED, (value,))
    bind(reading, node.target, value, "augmented")
    target = node.target
    if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name | ast.Attribute):
        _read_item(reading, target)


def _read_item(reading: Reading, target: ast.Subscript) -> None:
    """Record that an item is looked up before it is changed, where its key is no literal."""
    at = reading.at(target)
    bound = next((each for each in reversed(reading.scope.bindings) if each.at == at), None)
    if bound is not None and bound.under is not None:
        item = Item(at, reading.lower(target.value, ROOT), bound.under)
        reading.lookups.append(LookUp(item, reading.scope.symbol, reading.catching))


def read_expression(reading: Reading, node: ast.Expr) -> None:
    """Read a bare expression: a docstring, or a call that may let a name grow."""
    value = node.value
    bare = isinstance(value, ast.Constant | ast.JoinedStr)
    lowered = reading.lower(value, Spot(Use.DOCSTRING) if bare else ROOT)
    if isinstance(value, ast.Call) and spelled(value.func) in _SETTING:
        _read_setattr(reading, value, lowered)
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        _read_growth(reading, value.func, lowered)


def _read_setattr(reading: Reading, node: ast.Call, call: Expression) -> None:
    """Read `setattr(target, name, value)` as `target.name = value`; a computed name as `*`."""
    if isinstance(call, Call) and len(call.positional) == len(node.args) == 3:  # noqa: PLR2004
        owner, (_, key, value) = spelled(node.args[0]), call.positional
        name = key.value if isinstance(key, Text) else "*"
        computed = None if isinstance(key, Text) else key
        spelling = _spelling(computed) if computed else ""
        if owner.replace(".", "_").isidentifier():
            binding = Binding(f"{owner}.{name}", value, call.at, key=spelling, under=computed)
            reading.record(binding)


def _spelling(key: Expression) -> str:
    """Name how a computed name differs from the variable that it is made of: `key.lower()`."""
    match key:
        case Name():
            return ""
        case Call(callee=Member(base=Name(), name=method), positional=()):
            return method
        case _:
            return "?"


def _read_growth(reading: Reading, func: ast.Attribute, call: Expression) -> None:
    name, method = _table_name(func.value), func.attr
    if not isinstance(call, Call) or not name.replace(".", "_").isidentifier():
        return
    if method == "pop" and call.positional and isinstance(call.positional[0], Text):
        reading.record(Binding(name, None, call.at, None, "drop", call.positional[0].value))
        return
    value: Expression | None = None
    if method == "update":
        value = _updated(call)
    elif len(call.positional) > (index := GROWING.get(method, len(call.positional))):
        value = call.positional[index]
    if value is not None:
        reading.record(Binding(name, value, call.at, None, "call", method))


def _table_name(node: ast.expr) -> str:
    """Name what a method is called on; `vars(it)` gives the table that holds its attributes."""
    match node:
        case ast.Call(func=ast.Name(id="vars"), args=[it], keywords=[]):
            return f"{spelled(it)}.__dict__"
        case _:
            return spelled(node)


def _updated(call: Call) -> Expression:
    """Give what `name.update(…)` adds: a table alone, or a table made of all arguments."""
    if len(call.positional) == 1 and not call.keywords:
        return call.positional[0]
    entries = [Entry(None, each) for each in call.positional]
    for keyword in call.keywords:
        key = None if keyword.name is None else key_before(keyword.value, keyword.name)
        entries.append(Entry(key, keyword.value))
    return Table(call.at, tuple(entries))


def read_return(reading: Reading, node: ast.Return) -> None:
    """Read `return value`."""
    if node.value is not None:
        name = reading.scope.symbol.rpartition(".")[2]
        value = reading.lower(node.value, Spot(Use.RETURNED, name))
        reading.scope.returns.append(value)


def read_raise(reading: Reading, node: ast.Raise) -> None:
    """Read `raise exception from cause`."""
    record_failure(reading, node)
    read_other(reading, node)


def read_assert(reading: Reading, node: ast.Assert) -> None:
    """Read `assert test, message`."""
    reading.assertions.append(reading.at(node))
    reading.asserting += 1
    record_assertion(reading, reading.lower(node.test, ROOT))
    if node.msg is not None:
        reading.lower(node.msg, ROOT)
    reading.asserting -= 1


def read_if(reading: Reading, node: ast.If) -> None:
    """Read a chain of conditions without recursing into its `elif`s."""
    while True:
        record_condition(reading, reading.lower(node.test, ROOT), node.body, node.orelse)
        reading.guarded(node.body)
        match node.orelse:
            case [ast.If() as following]:
                node = following
            case orelse:
                reading.guarded(orelse)
                return


def read_for(reading: Reading, node: ast.For | ast.AsyncFor) -> None:
    """Read a loop over something; what it runs over is read once, outside."""
    source = reading.lower(node.iter, Spot(Use.ASSIGNED, spelled(node.target)))
    bind_loop(reading, node.target, source)
    reading.loops += 1
    reading.branch(node.body)
    reading.loops -= 1
    reading.branch(node.orelse)


def read_while(reading: Reading, node: ast.While) -> None:
    """Read a loop under a condition, which is tested each time."""
    reading.loops += 1
    record_loop(reading, reading.lower(node.test, ROOT), node.body)
    reading.branch(node.body)
    reading.loops -= 1
    reading.branch(node.orelse)


def read_with(reading: Reading, node: ast.With | ast.AsyncWith) -> None:
    """Read a context and what it is entered as."""
    for item in node.items:
        value = reading.lower(item.context_expr, ROOT)
        if item.optional_vars is not None:
            bind(reading, item.optional_vars, value, "with")
    reading.visit(node.body)


def read_try(reading: Reading, node: ast.Try | ast.TryStar) -> None:
    """Read an attempt, and what is done when it fails."""
    outer, reading.catching = reading.catching, (*reading.catching, *caught_by(node))
    reading.branch(node.body)
    reading.catching = outer
    outside = reading.handler
    for handler in node.handlers:
        caught = () if handler.type is None else (reading.lower(handler.type, ROOT),)
        if handler.name is not None:
            at = reading.at(handler)
            value = Opaque(at, "exception", caught)
            reading.record(Binding(handler.name, value, at))
        reading.handler = True
        reading.branch(handler.body)
        reading.handler = outside
    reading.branch(node.orelse)
    reading.visit(node.finalbody)


def read_delete(reading: Reading, node: ast.Delete) -> None:
    """Read `del table["key"]`; of other targets, what they hold."""
    for target in node.targets:
        reading.lower(target, ROOT)
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
            name, key = spelled(target.value), target.slice.value
            if isinstance(key, str) and name.isidentifier():
                reading.record(Binding(name, None, reading.at(target), None, "drop", key))


def read_global(reading: Reading, node: ast.Global) -> None:
    """Let names be bound in the module from here on."""
    reading.scope.elsewhere |= dict.fromkeys(node.names, reading.drafts[0])


def read_nonlocal(reading: Reading, node: ast.Nonlocal) -> None:
    """Let names be bound in the function around this one that binds them."""
    for name in node.names:
        scope = reading.scope
        scope.elsewhere[name] = _function_with(scope.outer, name) or scope


def _function_with(draft: Draft | None, name: str) -> Draft | None:
    first: Draft | None = None
    while draft is not None and draft.outer is not None:
        if draft.kind is ScopeKind.FUNCTION:
            first = first or draft
            names = (*(each.name for each in draft.bindings), *(p.name for p in draft.parameters))
            if name in names:
                return draft
        draft = draft.outer
    return first


def read_type_alias(reading: Reading, node: ast.Assign) -> None:
    """Read `type X = …` of Python 3.12, whose node this version of Python may not know."""
    target: ast.expr = getattr(node, "name")  # noqa: B009
    value = reading.lower(node.value, Spot(Use.ANNOTATION, spelled(target)))
    bind(reading, target, value)


def read_other(reading: Reading, node: ast.stmt) -> None:
    """Read whatever expressions and statements any other statement holds."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            reading.lower(child, ROOT)
        elif isinstance(child, ast.stmt):
            reading.visit((child,))
