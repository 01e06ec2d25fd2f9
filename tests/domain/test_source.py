"""Lines of stretches, counted as a compiler counts them."""

from __future__ import annotations

import pytest

from migrator.domain.source import last_line, locate


@pytest.mark.parametrize(
    ("content", "text", "line"),
    [
        pytest.param(b"a = 1\nb = 'x'\n", b"'x'", 2, id="one line"),
        pytest.param(b"a = '''x\ny\n\nz'''\n", b"'''x\ny\n\nz'''", 4, id="several lines"),
        pytest.param(
            b"a: |\r\n  x\r\n  y\r\n\r\n", b"x\r\n  y\r\n\r\n", 3, id="white space after it"
        ),
        pytest.param(b"a\rb\rc", b"b\rc", 3, id="lone carriage returns"),
    ],
)
def test_a_stretch_ends_on_the_line_of_its_last_letter(
    content: bytes, text: bytes, line: int
) -> None:
    start = content.index(text)
    at = locate(content, start, start + len(text))
    assert last_line(content, at) == line
