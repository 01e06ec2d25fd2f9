"""Whatever the encoding, the line ends and the edits: what is proved differs as planned alone."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from migrator.domain.edit import Splice, apply_splices
from migrator.domain.plan import PlanEdit
from migrator.domain.source import SourceFile
from migrator.frontends.python import FRONT_END
from migrator.stages.carry_out import Unproved, carry_out
from tests.plans import edit

ID = re.compile(rb"gpt-4o|o3")
STATEMENTS = (
    ("M = 'gpt-4o'",),
    ('é = "ü gpt-4o"  # ключ gpt-4o',),
    ("x = ('gpt-4o' 'o3',  # o3", "     f'{M}/gpt-4o', r'\\o3')"),
    ("def f(a, *, model='gpt-4o'):", "\treturn '''тест gpt-4o", "o3'''"),
    ("gpt_4o = b'gpt-4o'",),
    ("y = {'o3': 1, \"gpt-4o\": [2]}", ""),
)
# A form feed that libcst does not write back, and what no Python parses.
AWKWARD = (("\x0cz = 'o3'",), ("print 'gpt-4o'",), ("if 'o3':",))
MARKS = (b"", b"", b"\xef\xbb\xbf", b"# coding: utf-8\n", b"# -*- coding: latin-1 -*-\n")


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Python with line ends of every kind, in several encodings; now and then it does not parse."""
    statements = draw(st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=5))
    if draw(st.integers(0, 9)) == 0:
        statements.append(draw(st.sampled_from(AWKWARD)))
    lines = [line for statement in statements for line in statement]
    kinds = ["\n", "\r\n", "\r"] if draw(st.booleans()) else ["\r\n"]
    text = "".join(line + draw(st.sampled_from(kinds)) for line in lines)
    text = text.rstrip("\r\n") if draw(st.booleans()) else text
    mark = draw(st.sampled_from(MARKS))
    coding = "latin-1" if b"latin" in mark else "utf-8"
    return mark + text.encode(coding, "replace")


@st.composite
def planned(draw: st.DrawFn) -> tuple[bytes, tuple[PlanEdit, ...]]:
    """Give a file and edits of up to three groups at some of its ids."""
    content = draw(files())
    places = [each.span() for each in ID.finditer(content)]
    assume(places)
    chosen = draw(st.lists(st.sampled_from(places), min_size=1, max_size=4, unique=True))
    after = st.sampled_from(["gpt-5.5", "gpt-5", "ключ", "", "a'b", "x\\", "{y}"])
    edits = []
    for number, (start, end) in enumerate(sorted(chosen)):
        before = content[start:end].decode()
        base = edit(content, before, draw(after), group=f"g{draw(st.integers(1, 3))}")
        edits.append(replace(base, start=start, end=end, id=f"e{number}"))
    return content, tuple(edits)


def splices(edits) -> list[Splice]:
    return [Splice(e.start, e.end, e.before.encode(), e.after.encode()) for e in edits]


def shape(content: bytes) -> list[str]:
    """Give the syntax tree without the values of its strings, as the language itself reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(content)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree).split(",")


@settings(deadline=None, max_examples=150)
@given(planned())
def test_what_is_proved_has_the_planned_bytes_and_the_same_syntax(given_):
    content, edits = given_
    done: tuple[PlanEdit, ...] = ()
    for edit_ in edits:
        written = carry_out((edit_,), {"app.py": content}, done, [FRONT_END])
        if isinstance(written, Unproved):
            continue
        done += (edit_,)
        assert written["app.py"].after == apply_splices(content, splices(done))
        assert shape(written["app.py"].after) == shape(content)


@settings(deadline=None, max_examples=60)
@given(planned(), st.randoms(use_true_random=False))
def test_groups_give_the_same_bytes_in_any_order(given_, random):
    content, edits = given_
    order = list(edits)
    random.shuffle(order)
    results = []
    for sequence in (edits, order):
        done: tuple[PlanEdit, ...] = ()
        after = content
        for edit_ in sequence:
            written = carry_out((edit_,), {"app.py": content}, done, ())
            if not isinstance(written, Unproved):
                assert written["app.py"].before == after
                done, after = (*done, edit_), written["app.py"].after
        results.append(after)
    assert results[0] == results[1]


@settings(deadline=None, max_examples=100)
@given(planned(), st.data())
def test_a_byte_that_was_not_planned_is_refused(given_, data):
    content, edits = given_
    after = apply_splices(content, splices(edits))
    at = data.draw(st.integers(0, len(after)))
    cut = data.draw(st.integers(0, 2))
    other = after[:at] + data.draw(st.binary(max_size=2)) + after[at + cut :]
    assume(other != after)
    reason = FRONT_END.prove(SourceFile("app.py", content), splices(edits), other)
    assert reason is not None
