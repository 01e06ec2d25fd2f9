from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a", ("a", "a", None)),
        ("import a.b", ("a", "a", None)),
        ("import a.b as c", ("c", "a.b", None)),
        ("from a.b import c", ("c", "a.b", "c")),
        ("from a import c as d", ("d", "a", "c")),
        ("from a import *", ("*", "a", "*")),
        ("from .prompts import X", ("X", "app.prompts", "X")),
        ("from . import prompts", ("prompts", "app", "prompts")),
        ("from ..shared import X", ("X", "shared", "X")),
        ("from ...beyond import X", ("X", ".beyond", "X")),
    ],
)
def test_an_import_names_its_module_in_full(read, text, expected):
    found = read(text).imports[0]
    assert (found.local, found.module, found.symbol) == expected


def test_a_package_file_is_its_own_package(read):
    assert read("from .a import X", "app/sub/__init__.py").imports[0].module == "app.sub.a"


def test_imports_know_their_scope_and_stand_under_conditions(read):
    facts = read("""
        if TYPE_CHECKING:
            import a
        try:
            import b
        except ImportError:
            import c
        def f():
            import d
    """)
    assert [(each.local, each.scope) for each in facts.imports] == [
        ("a", ""),
        ("b", ""),
        ("c", ""),
        ("d", "f"),
    ]
