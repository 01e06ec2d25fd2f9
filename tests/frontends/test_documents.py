"""JSON, YAML, TOML and prompt files: what they hold, where it stands, and how it is edited."""

from __future__ import annotations

import json
import tomllib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from migrator.domain.edit import Splice, apply_splices
from migrator.domain.expression import Table, Text
from migrator.domain.source import Skipped, SourceFile, locate
from tests.frontends.documents import edited, facts, front_end, lowered, texts, value

JSON = (
    b'\xef\xbb\xbf{\r\n "\xc3\xbcber": [1, -2.5e3, true, null],'
    b' "a": {"b": "x\\n\\u00e9\\"", "c": "d"}\r\n}\r\n'
)
YAML = (
    b"# top\nbase: &base\n  model: &m !!str gpt-4o # \xc3\xa9\n  n: 0x1F\n"
    b'use:\n  <<: *base\n  n: 3\nagain: *m\n\xc3\xbc: "q\\u00e9 \\\n  end"\n'
    b"bar: |-\n  one\n   two\n\n\nfold: >\n  a\n  b\n"
    b"none: ~\nyes: on\nwhen: 2026-01-02\nsecret: !ENV KEY\n"
)
TOML = b"""\xef\xbb\xbf# top
title = "\xc3\xa9 \\"x\\""
'lit.key'.b = 'raw\\n'
n = [1, 2.5, # two
  0x10, [true], ]
at = 1979-05-27 07:32:00
[a.b]\r
t = \"\"\"
one \\
   two "q" \"\"\"\"
p = {x = 1, y.z = '''v'''}
[[a.list]]
m = "gpt-4o"
[[a.list]]
[a.list.sub]
k = inf
"""


def test_json_holds_what_json_reads():
    assert value("a.json", JSON) == json.loads(JSON.decode("utf-8-sig"))


def test_toml_holds_what_tomllib_reads():
    expected = tomllib.loads(TOML.decode("utf-8-sig").replace("\r\n", "\n"))
    assert value("a.toml", TOML) == {**expected, "at": "<a date or time>"}


def test_yaml_holds_what_pyyaml_reads():
    assert value("a.yaml", YAML) == {
        "base": {"model": "gpt-4o", "n": 31},
        "use": {"<<": {"model": "gpt-4o", "n": 31}, "n": 3},
        "again": "gpt-4o",
        "ü": "qé end",
        "bar": "one\n two",
        "fold": "a b\n",
        "none": None,
        True: True,
        "when": "<timestamp>",
        "secret": "<tag !ENV>",
    }


def test_an_alias_is_the_text_at_its_anchor():
    document = facts("a.yaml", YAML).document
    written = {YAML[each.at.start : each.at.end] for each in texts(document)}
    assert {b"gpt-4o", b"|-\n  one\n   two", b">\n  a\n  b", b'"q\\u00e9 \\\n  end"'} <= written
    assert b"&m !!str gpt-4o" not in written


def test_several_yaml_documents_are_a_series():
    document = facts("a.yml", b"--- 1\n---\nb: 2\n").document
    assert (document.kind, value("a.yml", b"--- 1\n---\nb: 2\n")) == ("documents", [1, {"b": 2}])
    assert value("a.yml", b"# nothing\n") is None


def test_a_yaml_value_that_holds_itself_ends():
    assert value("a.yaml", b"&a [1, *a]\n") == [1, "<a value that holds itself>"]


@pytest.mark.parametrize(
    ("path", "content"), [("a.json", JSON), ("a.yaml", YAML), ("a.toml", TOML)]
)
def test_every_text_is_placed_where_it_is_written(path, content):
    for text in texts(facts(path, content).document):
        written = content[text.at.start : text.at.end].decode()
        assert text.at == locate(content, text.at.start, text.at.end)
        assert written.lstrip("\"'|>- \r\n")[:1] == text.value.lstrip("\r\n ")[:1]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=6),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
        max_leaves=8,
    ),
    st.sampled_from([None, 2]),
    st.booleans(),
)
def test_any_json_is_read_as_json_reads_it(tree, indent, ascii_only):
    content = json.dumps(tree, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "replace")
    assert value("a.json", content) == json.loads(content)


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML was built without libyaml")
def test_both_loaders_of_pyyaml_place_scalars_alike():
    text = YAML.decode()
    ours, theirs = (
        [(e.value, e.start_mark.index, e.end_mark.index) for e in found if hasattr(e, "value")]
        for found in (yaml.parse(text, yaml.CSafeLoader), yaml.parse(text, yaml.SafeLoader))
    )
    assert [each[:2] for each in ours] == [each[:2] for each in theirs]
    ends = [(a[2], b[2]) for a, b in zip(ours, theirs, strict=True)]
    assert all(text[min(each) : max(each)].strip() == "" for each in ends)


@pytest.mark.parametrize(
    ("path", "content", "reason"),
    [
        ("a.json", b'{"a": 1,}', "not JSON: line 1: "),
        ("a.json", b'// c\n{"a": 1}', "not JSON: line 1: "),
        ("a.json", b"\xff", "not UTF-8: byte 0"),
        ("a.json", b"[" * 100_000, "nested too deep"),
        ("a.yaml", b"a: {{ b }}: c\n", "not YAML: line 1: "),
        ("a.yaml", b"a: *gone\n", "not YAML: line 1: "),
        ("a.toml", b"a = 1\na = 2\n", "not TOML: "),
        ("a.md", b"\xe9t\xe9", "not UTF-8: byte 0"),
        ("a.j2", b"\xe9t\xe9", "not UTF-8: byte 0"),
    ],
)
def test_what_cannot_be_read_is_skipped_with_the_reason(path, content, reason):
    found = front_end(path).read(SourceFile(path, content))
    assert isinstance(found, Skipped)
    assert (found.unread, found.reason[: len(reason)]) == (True, reason)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.json", b'\xef\xbb\xbf{"\xc3\xa9": ["openai/gpt-4o"],\r\n "b": 1}'),
        ("a.yaml", b"m: &x !!str gpt-4o  # gpt-4o here\nn: *x\n"),
        ("a.yaml", b"m: 'a gpt-4o b'\n"),
        ("a.yaml", b"m: >\n  use\n  gpt-4o\n  now\n"),
        ("a.toml", b"[m]\nid = 'gpt-4o' # gpt-4o\n"),
        ("a.toml", b'm = """\nx gpt-4o"""\n'),
        ("a.txt", b"as gpt-4o\r\n"),
        ("a.j2", b"as gpt-4o {{ name }}\n"),
    ],
)
def test_a_model_inside_one_scalar_is_replaced_and_nothing_else(path, content):
    assert edited(path, content, "gpt-4o") == content.replace(b"gpt-4o", b"gpt-5.5", 1)


@pytest.mark.parametrize(
    ("path", "content", "before"),
    [
        ("a.json", b'{"m": "gpt-4o, gpt-4o"}', "gpt-4o"),  # twice in one string
        ("a.json", b'{"gpt": 4}', "4"),  # no string
        ("a.yaml", b"# gpt-4o\nm: 1\n", "gpt-4o"),  # a comment
        ("a.yaml", b"&gpt-4o m: 1\n", "gpt-4o"),  # an anchor
        ("a.yaml", b'm: "gpt\\\n  -4o"\n', "gpt\\\n  -4o"),  # over two lines
        ("a.toml", b"# gpt-4o\n", "gpt-4o"),
        ("a.toml", b"m = 'a'\n[gpt-4o]\n", "a'\n[gpt"),  # over two values
        ("a.j2", b"{{ 'gpt-4o' }}", "gpt-4o"),  # code of the template
    ],
)
def test_a_model_that_is_not_in_one_piece_is_declined(path, content, before):
    assert lowered(path, content, before) is None


def test_an_id_that_would_be_another_type_is_declined():
    assert lowered("a.yaml", b"m: gpt\n", "gpt", "5.5") is None
    assert lowered("a.yaml", b"m: gpt\n", "gpt", "a: b") is None
    assert lowered("a.json", b'{"m": "gpt"}', "gpt", 'a"b') is None


@pytest.mark.parametrize(
    ("content", "after", "reason"),
    [
        (b"m: gpt-4o\n", b"m: gpt-5.5\n\n", "bytes outside the planned edits changed"),
        (b"m: gpt-4o gpt-4o\n", b"m: gpt-5.5 gpt-4o\n", "other strings changed than planned"),
        (b"m: 1 # gpt-4o\n", b"m: 1 # gpt-5.5\n", "a planned edit is not inside one string"),
        (b"m: [a,gpt-4o]\n", b"m: [a,gpt-5.5]\n", None),
    ],
)
def test_an_edit_is_proved_by_reading_both_versions(content, after, reason):
    start = content.index(b"gpt-4o")
    splice = Splice(start, start + 6, b"gpt-4o", b"gpt-5.5")
    assert front_end("a.yaml").prove(SourceFile("a.yaml", content), (splice,), after) == reason


def test_edits_beside_each_other_are_proved_together():
    content = b'{"a": "gpt-4o", "b": "gpt-4o"}'
    splices = [Splice(at, at + 6, b"gpt-4o", b"gpt-5.5") for at in (7, 22)]
    source = SourceFile("a.json", content)
    assert front_end("a.json").prove(source, splices, apply_splices(content, splices)) is None


def test_strings_know_their_key():
    found = facts("a.yaml", b"agents:\n  desk:\n    model: gpt-4o\n  list: [o3]\n").strings
    assert [(each.value, each.name, each.owner) for each in found if each.use != "key"] == [
        ("gpt-4o", "model", "desk"),
        ("o3", "", "list"),
    ]


@pytest.mark.parametrize("path", ["a.yaml", "a.toml"])
def test_pragmas_stand_in_comments_alone(path):
    sign = ": " if path == "a.yaml" else " = "
    lines = (
        "# migrate: pin -- contract",
        f"model{sign}'gpt-4o'",
        f"other{sign}'# migrate: pin -- text' # migrate: ignore -- demo",
    )
    found = facts(path, "\n".join(lines).encode()).pragmas
    assert [(each.verb, each.reason, each.target_line) for each in found] == [
        ("pin", "contract", 2),
        ("ignore", "demo", 3),
    ]


def test_a_template_is_its_words_and_what_is_filled_in():
    content = b"You {# no #}are {{ name }}.{% include 'tone.j2' %}\n{% raw %}{{x}}{% endraw %}"
    words = ["You ", "are ", "<template field>", ".", "<other template>", "\n", "{{x}}"]
    assert value("a.jinja2", content) == words


def test_prompt_files_are_one_text():
    document = facts("a.md", b"\xef\xbb\xbf# Desk\n").document
    assert isinstance(document, Text)
    assert (document.value, document.at.start, document.at.end) == ("# Desk\n", 3, 10)
    assert isinstance(facts("a.toml", b"").document, Table)


def test_a_prompty_file_is_its_messages():
    content = b"---\nname: x\n---\nsystem:\nYou greet.\n\n# user:\n{{ letter }} now\n"
    assert value("a.prompty", content) == {
        "messages": [
            {"role": "system", "content": "You greet."},
            {"role": "user", "content": ["<template field>", " now"]},
        ]
    }
    assert value("a.prompty", b"Greet.\n") == {
        "messages": [{"role": "system", "content": "Greet."}]
    }
