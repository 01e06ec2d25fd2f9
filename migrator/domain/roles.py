"""Tell test files from the product: the one definition, by path and by what a file holds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from migrator.domain.expression import Call, Expression, Member, Name
from migrator.domain.facts import FileFacts, Scope, ScopeKind

TEST_TOOLS = frozenset({"pytest", "unittest", "pytest_asyncio"})
_STEMS = frozenset({"conftest", "test", "tests"})
_ASIDE = frozenset({"doc", "docs", "documentation", "example", "examples", "cookbook", "notebooks"})
_FOLDERS = frozenset({"test", "testing", "__tests__", "e2e"})
_BASES = frozenset({"TestCase", "IsolatedAsyncioTestCase"})


@lru_cache(maxsize=4096)
def is_test(path: str) -> bool:
    """Tell whether a path names a test by the conventions of its ecosystem."""
    *folders, name = path.split("/")
    return any(is_test_folder(each) for each in folders) or _is_test_name(name)


def aside(path: str) -> str:
    """Give the folder of documentation or examples that a path is in, with its slash; or nothing.

    What stands there runs by itself, beside the product.
    """
    folders = path.split("/")[:-1]
    for depth, name in enumerate(folders, 1):
        if name.lower() in _ASIDE:
            return "/".join(folders[:depth]) + "/"
    return ""


def is_test_folder(name: str) -> bool:
    """Tell whether a folder of this name holds tests."""
    plain = name.lower().replace("-", "_")
    return plain in _FOLDERS or plain == "tests" or plain.endswith("_tests")


def is_test_file(facts: FileFacts) -> bool:
    """Tell whether a file is a test by its path, or uses a test tool to define tests or fixtures.

    A product may import such a tool too, so the import alone says nothing.
    """
    return is_test(facts.path) or (_imports_tool(facts) and defines_tests(facts))


def defines_tests(facts: FileFacts) -> bool:
    """Tell whether a file has a function, class or fixture that a test tool would collect."""
    return any(_is_collected(each) for each in facts.scopes.values())


def _is_test_name(name: str) -> bool:
    stem, _, rest = name.lower().partition(".")
    if rest.startswith(("test.", "spec.")):
        return True
    return stem in _STEMS or stem.startswith("test_") or stem.endswith(("_test", "_tests"))


def _imports_tool(facts: FileFacts) -> bool:
    return any(each.module.partition(".")[0] in TEST_TOOLS for each in facts.imports)


def _is_collected(scope: Scope) -> bool:
    own = scope.symbol.rpartition(".")[2]
    if scope.kind is ScopeKind.CLASS:
        return own.startswith("Test") or bool(_BASES & set(_last_names(scope.bases)))
    if scope.kind is ScopeKind.FUNCTION:
        return own.startswith("test_") or "fixture" in _last_names(scope.decorators)
    return False


def _last_names(expressions: tuple[Expression, ...]) -> Iterator[str]:
    for each in expressions:
        named = each.callee if isinstance(each, Call) else each
        if isinstance(named, Name | Member):
            yield named.name
