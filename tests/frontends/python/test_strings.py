from __future__ import annotations

import pytest

from migrator.domain.facts import StringUse, Use


@pytest.fixture
def use(read):
    def only(text: str) -> StringUse:
        found = [each for each in read(text).strings if "gpt" in each.value]
        assert len(found) == 1
        return found[0]

    return only


@pytest.mark.parametrize(
    ("text", "expected", "name", "owner", "chain"),
    [
        ("M = 'gpt'", Use.ASSIGNED, "M", "", ()),
        ("M: str = 'gpt'", Use.ASSIGNED, "M", "", ()),
        ("self.m = 'gpt'", Use.ASSIGNED, "self.m", "", ()),
        ("d['k'] = 'gpt'", Use.VALUE, "k", "d", ()),
        ("a, m = 1, 'gpt'", Use.ASSIGNED, "m", "", ()),
        ("def f(m='gpt'): ...", Use.DEFAULT, "m", "", ()),
        ("def f(*, m='gpt'): ...", Use.DEFAULT, "m", "", ()),
        ("c.r.create(model='gpt')", Use.ARGUMENT, "model", "c.r.create", ()),
        ("c().create(1, 'gpt')", Use.ARGUMENT, "1", "c().create", ()),
        ("x = A('gpt')", Use.ARGUMENT, "0", "A", (Use.ASSIGNED,)),
        ("D = {'gpt': 1}", Use.KEY, "", "D", (Use.ASSIGNED,)),
        ("D = {'m': 'gpt'}", Use.VALUE, "m", "D", (Use.ASSIGNED,)),
        ("D = {'a': {'m': 'gpt'}}", Use.VALUE, "m", "D", (Use.VALUE, Use.ASSIGNED)),
        ("f(**{'model': 'gpt'})", Use.VALUE, "model", "f", (Use.ARGUMENT,)),
        ("L = ['gpt']", Use.MEMBER, "", "L", (Use.ASSIGNED,)),
        ("for m in ('gpt', 'x'): ...", Use.MEMBER, "", "m", (Use.ASSIGNED,)),
        ("f(tags=['gpt'])", Use.MEMBER, "tags", "f", (Use.ARGUMENT,)),
        ("if m == 'gpt': ...", Use.COMPARED, "m", "", ()),
        ("if m in ('gpt', 'x'): ...", Use.MEMBER, "m", "", (Use.COMPARED,)),
        ("match m:\n    case 'gpt' | 'x': ...", Use.COMPARED, "m", "", ()),
        ("d['gpt']", Use.INDEX, "", "d", ()),
        ("M = d['gpt']", Use.INDEX, "", "d", (Use.ASSIGNED,)),
        ("x: Literal['gpt', 'b'] = 1", Use.ANNOTATION, "x", "Literal", ()),
        ("T = t.Literal['gpt', 'b']", Use.ANNOTATION, "T", "Literal", (Use.ASSIGNED,)),
        ("def f(x: 'gpt'): ...", Use.ANNOTATION, "x", "", ()),
        ("def f() -> Literal['gpt']: ...", Use.ANNOTATION, "f", "Literal", ()),
        ("def f():\n    return 'gpt'", Use.RETURNED, "f", "", ()),
        ("f(m=a or 'gpt')", Use.CHOICE, "m", "f", (Use.ARGUMENT,)),
        ("m = 'gpt' if a else b", Use.CHOICE, "m", "", (Use.ASSIGNED,)),
        ("m = f'openai/gpt-{v}'", Use.PART, "m", "", (Use.ASSIGNED,)),
        ("m = p + '/gpt'", Use.PART, "m", "", (Use.ASSIGNED,)),
        ("m = 'gpt-%s' % v", Use.PART, "m", "", (Use.ASSIGNED,)),
        ("m = 'gpt-{}'.format(v)", Use.PART, "m", "", (Use.ASSIGNED,)),
        ("'''gpt'''", Use.DOCSTRING, "", "", ()),
        ("def f():\n    'gpt'", Use.DOCSTRING, "", "", ()),
        ("raise E('gpt')", Use.ARGUMENT, "0", "E", ()),
        ("del 'gpt'.x", Use.OTHER, "", "", ()),
        ("assert m == 'gpt'", Use.ASSERTED, "m", "", (Use.COMPARED,)),
        ("self.assertEqual(m, 'gpt')", Use.ASSERTED, "1", "self.assertEqual", (Use.ARGUMENT,)),
    ],
)
def test_a_string_tells_what_it_is_used_for(use, text, expected, name, owner, chain):
    found = use(text)
    assert (found.use, found.name, found.owner, found.chain) == (expected, name, owner, chain)


def test_a_string_after_an_assertion_is_not_asserted(read):
    facts = read("assert f('a')\nassert_ok(g('b'))\nh('c')\n")
    assert [each.use for each in facts.strings] == [Use.ASSERTED, Use.ASSERTED, Use.ARGUMENT]


def test_strings_know_their_scope(read):
    facts = read("class A:\n    m = 'x'\n    def f(self, n='y'):\n        return 'z'\n")
    assert [each.scope for each in facts.strings] == ["A", "A", "A.f"]


def test_strings_inside_fields_are_found_and_placed(read):
    content = b"x = f\"{f(m='gpt')} {d['k']!r:>{w or 'z'}}\"\n"
    found = [(each.value, content[each.at.start : each.at.end]) for each in read(content).strings]
    assert found == [("gpt", b"'gpt'"), (" ", b" "), ("k", b"'k'"), ("z", b"'z'")]


def test_escapes_beside_a_field_are_resolved(read):
    facts = read('x = f"""\\\n\\N{BULLET}{{a}} \\x41"{b}" "" """\n')
    assert [each.value for each in facts.strings] == ['•{a} A"', '" "" ']


def test_a_type_written_as_a_string_is_one_string(read):
    facts = read("x: \"Literal['a', 'b']\" = None\n")
    assert [each.value for each in facts.strings] == ["Literal['a', 'b']"]


def test_assertions_are_placed(read):
    content = b"assert a, b\nself.assertIn(c, d)\nx = 1\n"
    spans = [content[each.start : each.end] for each in read(content).assertions]
    assert spans == [b"assert a, b", b"self.assertIn(c, d)"]
