"""Hold the search for mentions to the byte."""

from __future__ import annotations

import re
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.domain.catalogue import Standing
from migrator.domain.source import SourceFile
from migrator.playbook import load_playbook
from migrator.stages.inventory import find_mentions, search_patterns

PLAYBOOK = load_playbook("gpt-5.5")


def mentions(content):
    raw = content if isinstance(content, bytes) else content.encode()
    return find_mentions(SourceFile("a.txt", raw), PLAYBOOK.catalogue)


def texts(content):
    return [each.recognised.text for each in mentions(content)]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("model = 'gpt-4o-mini'", ["gpt-4o-mini"]),
        ("openai/gpt-4o", ["openai/gpt-4o"]),
        ("We use gpt-4o.", ["gpt-4o"]),
        (
            "gpt-4o, (gpt-4) gpt-4.1: gpt-5? **o3-mini** _o1-pro_",
            ["gpt-4o", "gpt-4", "gpt-4.1", "gpt-5", "o3-mini", "o1-pro"],
        ),
        ("gpt-4o/gpt-4.1", ["gpt-4o", "gpt-4.1"]),
        ('"gpt-4o/gpt-4.1"', ["gpt-4o", "gpt-4.1"]),
        ("my-gpt-4o-deploy", ["my-gpt-4o-deploy"]),
        ("ft:gpt-4o:org::x", ["ft:gpt-4o:org::x"]),
        ("model:gpt-4o", ["gpt-4o"]),
        ("openai:gpt-4o", ["openai:gpt-4o"]),
        ("MODEL=gpt-4o", ["gpt-4o"]),
        ("https://example.org/docs/models/gpt-4o", ["gpt-4o"]),
        ("openrouter/openai/gpt-5.5:online", ["openrouter/openai/gpt-5.5:online"]),
        (r'"first\ngpt-4o\nopenai/gpt-4.1\tend"', ["gpt-4o", "openai/gpt-4.1"]),
        ("使用gpt-4o模型", ["gpt-4o"]),
        ("my-claude-3-proxy", ["claude-3-proxy"]),
        ("`chat-latest` chat-latest", ["chat-latest"]),
        ("gpt-4o-mini gpt-4o", ["gpt-4o-mini", "gpt-4o"]),
    ],
)
def test_mentions_end_where_the_id_ends(content, found):
    assert texts(content) == found


@pytest.mark.parametrize(
    "content",
    [
        "o1-foo",
        "ozone is o3",
        "gpt-engineer gpt-researcher",
        "chatgpt-retrieval-plugin",
        "gpt4all gpt-4all",
        "GPT-4o",
        "mygpt-4o",
        "foo/o3",
        "o3:x",
        "'o3 and o1'",
        "claude-code",
        "import openai",
        "gpt-",
    ],
)
def test_words_that_look_alike_are_no_mentions(content):
    assert texts(content) == []


@pytest.mark.parametrize(
    "content", ['"o3"', "'o3'", "`o3`", r"{\"model\": \"o3\"}", "x: openai/o3"]
)
def test_bare_o_series_counts_quoted_or_prefixed(content):
    assert [each.recognised.id for each in mentions(content)] == ["o3"]


def test_unknown_ids_are_counted_as_unrecognised():
    found = mentions("gpt-5.2-uk 'team/gpt-4o' my-gpt-4o gpt-4o-2025-01-01")
    assert [each.recognised.standing for each in found] == [Standing.UNRECOGNISED] * 4


def test_every_id_of_the_table_is_found_whole():
    for name in PLAYBOOK.catalogue.models:
        assert texts(f"model = '{name}'") == [name]


def test_place_is_right_after_mark_crlf_and_wide_letters():
    content = (
        b'\xef\xbb\xbfa = "\xc3\xa9 gpt-4o"\r\n\r\n\tb = "gpt-4.1"\rc = "\xf0\x9f\x98\x80o gpt-5"'
    )
    at = [each.at for each in mentions(content)]
    assert [(each.line, each.column) for each in at] == [(1, 8), (3, 7), (4, 9)]
    assert [content[each.start : each.end] for each in at] == [b"gpt-4o", b"gpt-4.1", b"gpt-5"]


def test_bytes_that_are_no_utf8_do_no_harm():
    content = b"\xe9\xff gpt-4o\xa0gpt-4.1\x00gpt-5"
    assert texts(content) == ["gpt-4o", "gpt-4.1", "gpt-5"]
    assert [each.at.column for each in mentions(content)] == [4, 11, 19]


def test_many_ids_in_one_line_have_their_own_columns():
    found = mentions("gpt-4 gpt-4 gpt-4")
    assert [(each.at.line, each.at.column) for each in found] == [(1, 1), (1, 7), (1, 13)]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                b"gpt-4o",
                b"/",
                b":",
                b" ",
                b'"',
                b"o3",
                b"openai/",
                b"ft:",
                b".",
                b"\\n",
                b"\xc3\xa9",
                b"\xff",
                b"\r\n",
                b"-",
                b"claude-3-x",
            ]
        ),
        max_size=30,
    )
)
def test_spans_are_ordered_and_hold_the_text(pieces):
    content = b"".join(pieces)
    done = 0
    for each in mentions(content):
        assert done <= each.at.start < each.at.end
        assert content[each.at.start : each.at.end].decode() == each.recognised.text
        assert each.at.line == 1 + content[: each.at.start].count(b"\n")
        done = each.at.end


PIECES = st.sampled_from(
    [
        "gpt-4o",
        "o3",
        ":online",
        "openai/",
        "/",
        ":",
        " ",
        '"',
        "'",
        "\\n",
        "\n",
        "\r",
        "é",
        "x",
        "-",
    ]
)


def is_found(line):
    return any(re.search(each.anchored, line) for each in search_patterns(PLAYBOOK))


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_looking_at_the_lines_that_a_search_found_misses_nothing(text):
    lines = text.split("\n")
    hits = [n for n, line in enumerate(lines, 1) if is_found(line)]
    source = SourceFile("a.txt", text.encode())
    found = find_mentions(source, PLAYBOOK.catalogue, hits) if hits else ()
    assert found == mentions(text)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="gpt-4o1.:/\"' aft", max_size=40))
def test_a_quoted_string_that_is_an_id_is_one_mention(text):
    whole = PLAYBOOK.catalogue.recognise(text)
    if whole is not None:
        assert texts(f'x = "{text}"') == [text]


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (b"a/" * 200_000 + b"gpt-4o", 1),
        (b"gpt-4o:x:" * 40_000, 40_000),
        (b"gpt-" + b"1." * 200_000, 0),
        (b"gpt-4o-" * 50_000, 0),
        (b'"gpt-4o",' * 40_000, 40_000),
    ],
)
def test_odd_files_are_read_in_one_go(content, count):
    # a search that is not linear would not come back from these
    assert len(mentions(content)) == count


def test_patterns_find_every_line_that_holds_a_mention(tmp_path):
    lines = [f'm = "{name}"' for name in PLAYBOOK.catalogue.models]
    lines += [
        "a openai/o3",
        "claude-3-opus",
        "from openai import OpenAI",
        r'"x\ngpt-4o"',
        "x-gpt-4o",
    ]
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    options = [part for each in search_patterns(PLAYBOOK) for part in ("-e", each.anchored)]
    grep = ["git", "grep", "--no-index", "-hP", *options]
    found = subprocess.run(grep, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert found.stdout.splitlines() == lines


def test_patterns_pass_by_what_is_no_mention(tmp_path):
    lines = ["o1-foo", "gpt-4all", "gpt-engineer", "openai is a company", "GPT-4o", "o3", "mygpt-4"]
    assert [line for line in lines if is_found(line)] == []


def test_patterns_hold_no_capturing_group():
    written = [text for each in search_patterns(PLAYBOOK) for text in (each.plain, each.anchored)]
    assert [text for text in written if re.compile(text).groups] == []


def test_patterns_find_an_id_behind_every_prefix():
    lines = [f"use {each.text}o3 here" for each in PLAYBOOK.catalogue.prefixes]
    assert [line for line in lines if not is_found(line)] == []
