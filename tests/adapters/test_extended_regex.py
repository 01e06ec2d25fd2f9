from __future__ import annotations

import pytest

from migrator.adapters.extended_regex import extended

FORMS = {
    r"(?<![\w.-])gpt-4o(?:-mini)?(?![\w-])": "gpt-4o(-mini)?",
    r"o\d+\b": "o[0-9]+",
    r"gpt-[\d.]+?x": "gpt-[0-9.]+x",
    r"[\w\-]": "[A-Za-z0-9_-]",
    r"(?!a(?:b|c)d)e": "e",
    r"a\.b": r"a\.b",
}


@pytest.mark.parametrize(("pattern", "form"), FORMS.items())
def test_pattern_is_widened(pattern, form):
    assert extended(pattern) == form


@pytest.mark.parametrize("pattern", [r"(?P<n>x)", r"\Ax", r"[\n]"])
def test_what_has_no_such_form_is_not_guessed(pattern):
    assert extended(pattern) is None
