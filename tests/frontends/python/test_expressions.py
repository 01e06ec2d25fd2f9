from __future__ import annotations

import pytest

from migrator.domain.expression import (
    Call,
    Choice,
    ChoiceKind,
    Comparison,
    Item,
    Join,
    Member,
    Name,
    Opaque,
    Scalar,
    Spread,
    Table,
    Text,
    dotted,
)


@pytest.fixture
def lowered(read):
    return lambda text: read(f"x = {text}\n").scopes[""].bindings[-1].value


@pytest.mark.parametrize("value", [1, 2.5, True, None, -3])
def test_plain_values_are_scalars(lowered, value):
    found = lowered(repr(value))
    assert isinstance(found, Scalar)
    assert (found.value, type(found.value)) == (value, type(value))


def test_strings_side_by_side_are_one_text(lowered):
    text = lowered("('a' # b\n  \"c\")")
    assert isinstance(text, Text)
    assert (text.value, text.at.start, text.at.end) == ("ac", 5, 18)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("b'gpt'", "bytes"),
        ("...", "ellipsis"),
        ("a and b", "and"),
        ("1 < b < 3", "comparison"),
        ("a + 1", "sum"),
        ("a * 'x'", "mult"),
        ("'%s!' % a", "format"),
        ("[a for a in b]", "comprehension"),
        ("lambda: a", "lambda"),
        ("not a", "not"),
    ],
)
def test_what_cannot_be_read_says_what_it_is(lowered, text, what):
    found = lowered(text)
    assert isinstance(found, Opaque)
    assert found.what == what


def test_a_call_keeps_its_arguments_and_splats(lowered):
    call = lowered("await c.r.create('a', *b, model=m, **k)")
    assert isinstance(call, Call)
    assert dotted(call.callee) == "c.r.create"
    assert [type(each) for each in call.positional] == [Text, Spread]
    assert [each.name for each in call.keywords] == ["model", None]


def test_members_and_items_keep_their_base(lowered):
    item = lowered("a.b['k'][0]")
    assert isinstance(item, Item)
    assert isinstance(item.base, Item)
    assert isinstance(item.base.base, Member)
    assert (item.key.value, item.base.key.value, item.base.base.name) == (0, "k", "b")


def test_an_interpolated_string_is_joined_from_placed_parts(lowered):
    join = lowered("f'a{b}c' 'd'")
    assert isinstance(join, Join)
    assert [(type(each), each.at.start, each.at.end) for each in join.parts] == [
        (Text, 6, 7),
        (Name, 8, 9),
        (Text, 10, 11),
        (Text, 13, 16),
    ]


def test_an_interpolated_string_without_fields_is_text(lowered):
    assert lowered("f'{{a}}' 'b'").value == "{a}b"


@pytest.mark.parametrize("field", ["{a!r}", "{a:>10}", "{a=}", "{a:{b}}"])
def test_a_field_that_is_formatted_is_no_plain_value(lowered, field):
    join = lowered(f"f'x{field}'")
    assert join.parts[-1].what == "format"
    assert join.parts[-1].inner[0].name == "a"


def test_fields_over_several_lines_are_placed_exactly(read):
    content = "x = f'''é\n{ g(\n  'ü', m)}'''\n".encode()
    facts = read(content)
    call = facts.invocations[0].call
    assert content[call.at.start : call.at.end] == "g(\n  'ü', m)".encode()
    assert (call.at.line, call.at.column) == (2, 3)
    assert call.positional[1].at.line == 3


def test_a_sum_with_text_is_a_join_of_all_operands(lowered):
    assert [type(each) for each in lowered("a + 'b' + c").parts] == [Name, Text, Name]


def test_fallbacks_and_conditions_are_choices(lowered):
    choice = lowered("(a or 'b') if t else c")
    assert isinstance(choice, Choice)
    assert (choice.kind, choice.test.name) == (ChoiceKind.CONDITION, "t")
    assert [type(each) for each in choice.options] == [Choice, Name]
    assert choice.options[0].kind is ChoiceKind.FALLBACK


def test_tables_and_series_keep_splats(lowered):
    table = lowered("{'k': [1, *a], **b}")
    assert isinstance(table, Table)
    assert [type(each.key) for each in table.entries] == [Text, type(None)]
    assert [type(each) for each in table.entries[0].value.items] == [Scalar, Spread]


@pytest.mark.parametrize(("text", "kind"), [("[1]", "list"), ("(1,)", "tuple"), ("{1}", "set")])
def test_a_series_tells_its_kind(lowered, text, kind):
    assert lowered(text).kind == kind


@pytest.mark.parametrize("operator", ["==", "!=", "in", "not in", "is", "is not", "<", ">="])
def test_a_comparison_tells_its_operator(lowered, operator):
    found = lowered(f"a {operator} b")
    assert isinstance(found, Comparison)
    assert found.operator == operator


def test_a_walrus_is_its_value_and_a_binding(read):
    facts = read("f(m := 'gpt-4o')\n")
    assert facts.invocations[0].call.positional[0].value == "gpt-4o"
    assert facts.scopes[""].bindings[0].name == "m"


def test_variables_of_comprehensions_and_lambdas_meet_no_other_name(read):
    facts = read("m = 'a'\n[f(m) for m in b]\n[f(m) for m in c]\nlambda m: f(m)\nf(m)\n")
    names = [each.call.positional[0].name for each in facts.invocations]
    assert names == ["m#1", "m#2", "m#3", "m"]
    bound = {each.name: each.how for each in facts.scopes[""].bindings}
    assert bound == {"m": "assignment", "m#1": "loop", "m#2": "loop"}
