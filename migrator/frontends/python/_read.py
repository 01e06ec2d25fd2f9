"""Read one Python file into facts, in one pass over its syntax tree."""

from __future__ import annotations

import ast
import codecs
import re
import warnings
from operator import attrgetter

from migrator.domain.facts import FileFacts
from migrator.domain.source import Skipped, SourceFile
from migrator.frontends.python import (
    LANGUAGE,
    _calls,
    _definitions,
    _imports,
    _nested,
    _operators,
    _patterns,
    _statements,
    _texts,
    _values,
)
from migrator.frontends.python._positions import Positions
from migrator.frontends.python._pragmas import read_pragmas
from migrator.frontends.python._reading import Lowered, Reading, Visited
from migrator.frontends.python._syntax import tree_of

_COOKIE = re.compile(
    rb"(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))?[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)"
)
_READABLE = ("utf-8", "ascii")


class _Expressions(dict[type[ast.AST], Lowered]):
    """How each kind of expression is lowered; kinds of later Pythons by what they hold."""

    def __missing__(self, kind: type[ast.AST]) -> Lowered:
        return _nested.lower_other


class _Statements(dict[type[ast.AST], Visited]):
    """How each kind of statement is read; kinds of later Pythons by what they hold."""

    def __missing__(self, kind: type[ast.AST]) -> Visited:
        return _statements.read_other


_EXPRESSIONS = _Expressions(
    {
        ast.Name: _values.lower_name,
        ast.Constant: _values.lower_constant,
        ast.Attribute: _values.lower_attribute,
        ast.Subscript: _values.lower_subscript,
        ast.Slice: _values.lower_slice,
        ast.List: _values.lower_series,
        ast.Tuple: _values.lower_series,
        ast.Set: _values.lower_series,
        ast.Dict: _values.lower_dict,
        ast.Starred: _values.lower_starred,
        ast.Call: _calls.lower_call,
        ast.JoinedStr: _texts.lower_joined,
        ast.BinOp: _operators.lower_binary,
        ast.UnaryOp: _operators.lower_unary,
        ast.BoolOp: _operators.lower_boolean,
        ast.IfExp: _operators.lower_conditional,
        ast.Compare: _operators.lower_comparison,
        ast.ListComp: _nested.lower_comprehension,
        ast.SetComp: _nested.lower_comprehension,
        ast.GeneratorExp: _nested.lower_comprehension,
        ast.DictComp: _nested.lower_comprehension,
        ast.Lambda: _nested.lower_lambda,
        ast.NamedExpr: _nested.lower_walrus,
        ast.Await: _nested.lower_await,
        ast.Yield: _nested.lower_yield,
    }
)
_STATEMENTS = _Statements(
    {
        ast.Assign: _statements.read_assign,
        ast.AnnAssign: _statements.read_annotated,
        ast.AugAssign: _statements.read_augmented,
        ast.Expr: _statements.read_expression,
        ast.Raise: _statements.read_raise,
        ast.Return: _statements.read_return,
        ast.Assert: _statements.read_assert,
        ast.Delete: _statements.read_delete,
        ast.If: _statements.read_if,
        ast.For: _statements.read_for,
        ast.AsyncFor: _statements.read_for,
        ast.While: _statements.read_while,
        ast.With: _statements.read_with,
        ast.AsyncWith: _statements.read_with,
        ast.Try: _statements.read_try,
        ast.TryStar: _statements.read_try,
        ast.Match: _patterns.read_match,
        ast.Global: _statements.read_global,
        ast.Nonlocal: _statements.read_nonlocal,
        ast.Import: _imports.read_import,
        ast.ImportFrom: _imports.read_import_from,
        ast.FunctionDef: _definitions.read_function,
        ast.AsyncFunctionDef: _definitions.read_function,
        ast.ClassDef: _definitions.read_class,
    }
)
if hasattr(ast, "TypeAlias"):
    _STATEMENTS[ast.TypeAlias] = _statements.read_type_alias


def read(source: SourceFile) -> FileFacts | Skipped:
    """Read a file into facts; give the reason instead when Python 3 cannot read it as UTF-8."""
    reason = _undecodable(source.content)
    if reason is None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes are the file's own business
            try:
                return _facts(source)
            except SyntaxError as error:
                reason = f"not Python 3: line {error.lineno or 1}: {error.msg}"
            except (RecursionError, MemoryError):
                reason = "nested too deep to be read"
            except ValueError as error:
                reason = f"not Python 3: {error}"
    return Skipped(source.path, reason, unread=True)


def _undecodable(content: bytes) -> str | None:
    """Tell why the bytes are not Python source in UTF-8; None when they are."""
    bom = content.startswith(codecs.BOM_UTF8)
    cookie = _COOKIE.match(content, len(codecs.BOM_UTF8) if bom else 0)
    if cookie is not None:
        name = cookie[1].decode("ascii", "replace")
        try:
            known = codecs.lookup(name).name
        except LookupError:
            return f"declares the unknown encoding {name}"
        if known.removesuffix("-sig") not in _READABLE:
            return f"encoded as {name}, not UTF-8"
    if b"\0" in content:
        return "holds a null byte"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"not UTF-8 and no encoding declared: byte {error.start}"
    return None


def _facts(source: SourceFile) -> FileFacts:
    tree = tree_of(source.content)
    positions = Positions(source.content)
    package = _imports.package_of(source.path)
    reading = Reading(positions, package, _EXPRESSIONS, _STATEMENTS)
    _definitions.count_definitions(tree.body, reading.scope.totals)
    reading.visit(tree.body)
    return FileFacts(
        path=source.path,
        language=LANGUAGE,
        module=_imports.module_name(source.path),
        scopes={draft.symbol: draft.finished() for draft in reading.drafts},
        imports=tuple(reading.imports),
        invocations=tuple(reading.invocations),
        strings=tuple(sorted(reading.strings, key=attrgetter("at.start"))),
        pragmas=read_pragmas(positions),
        assertions=tuple(reading.assertions),
        lookups=tuple(reading.lookups),
        guards=tuple(reading.guards),
        failures=tuple(reading.failures),
        members=tuple(reading.members),
    )
