"""Hold the id grammar: exact, never more than the text says."""

from __future__ import annotations

import pytest

from migrator.domain.catalogue import Standing
from migrator.playbook import load_playbook


@pytest.fixture(scope="module")
def catalogue():
    return load_playbook("gpt-5.5").catalogue


def test_every_id_of_the_table_is_recognised_as_itself(catalogue):
    for name, model in catalogue.models.items():
        found = catalogue.recognise(name)
        assert found is not None
        assert (found.id, found.model, found.standing) == (name, model, model.standing)


@pytest.mark.parametrize(
    ("text", "prefix", "bare", "suffix", "standing"),
    [
        ("openai/gpt-4o", "openai/", "gpt-4o", "", "source"),
        ("openrouter/openai/gpt-5.5:online", "openrouter/openai/", "gpt-5.5", ":online", "target"),
        (
            "openai:chat:ft:gpt-4o-mini:org::x",
            "openai:chat:",
            "ft:gpt-4o-mini:org::x",
            "",
            "source",
        ),
        ("azure/gpt-4o", "azure/", "gpt-4o", "", "source"),
        ("openai.gpt-5.4", "openai.", "gpt-5.4", "", "source"),
        ("databricks-gpt-5-5", "databricks-", "gpt-5-5", "", "unrecognised"),
        ("groq/llama-3.1-8b-instant", "groq/", "llama-3.1-8b-instant", "", "out_of_scope"),
        ("groq/openai/gpt-oss-120b", "groq/openai/", "gpt-oss-120b", "", "out_of_scope"),
        ("openai/o3", "openai/", "o3", "", "source"),
    ],
)
def test_prefix_and_suffix_are_kept_apart(catalogue, text, prefix, bare, suffix, standing):
    found = catalogue.recognise(text)
    assert found is not None
    assert (found.prefix, found.id, found.suffix) == (prefix, bare, suffix)
    assert found.standing == standing
    assert found.prefix + found.id + found.suffix == text


@pytest.mark.parametrize(
    "text",
    [
        "gpt-4o-2025-01-01",
        "gpt-5.2-uk",
        "my-gpt-4o-deploy",
        "team/gpt-4o",
        "gpt-4o:latest",
        "gpt-4o.json",
        "gpt-4o-",
        "o3-mini-high",
        "gpt-5.5-mini",
        "gpt-5-turbo",
        "gpt-4v",
        "gpt-4o-EU",
        "gpt-4o_v2",
    ],
)
def test_shaped_like_an_id_but_unknown_is_unrecognised(catalogue, text):
    found = catalogue.recognise(text)
    assert found is not None
    assert found.standing is Standing.UNRECOGNISED
    assert found.prefix + found.id + found.suffix == text


@pytest.mark.parametrize("text", ["gpt-5.7", "gpt-6.2-sol", "gpt-7", "gpt-5.10"])
def test_unknown_but_later_than_the_target_is_newer(catalogue, text):
    found = catalogue.recognise(text)
    assert found is not None
    assert found.standing is Standing.NEWER


@pytest.mark.parametrize(
    "text",
    [
        "gpt-neo",
        "gpt-neox-20b",
        "gpt-j",
        "gpt-j-6b",
        "gpt-2",
        "gpt-2-xl",
        "gpt-oss-20b",
        "claude-3-opus",
        "gemini-1.5-pro",
        "models/gemini-1.5-pro",
        "bedrock/anthropic.claude-3-sonnet-v1:0",
        "deepseek-chat",
        "mistral-large-latest",
        "tts-1",
        "dall-e-3",
        "text-embedding-3-small",
    ],
)
def test_other_kinds_and_vendors_are_out_of_scope(catalogue, text):
    found = catalogue.recognise(text)
    assert found is not None
    assert found.standing is Standing.OUT_OF_SCOPE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "o",
        "o1-foo",
        "o3-ozone",
        "o2",
        "gpt",
        "gpt-",
        "gpt-4all",
        "gpt4all",
        "gpt-engineer",
        "gpt-researcher",
        "chatgpt-retrieval-plugin",
        "GPT-4o",
        "Gpt-4",
        "gpt_4o",
        "mygpt-4",
        "gpt-4o/gpt-4.1",
        "gpt-4o:gpt-4.1",
        "https://example.org/gpt-4o",
        "/models/gpt-4o",
        "use gpt-4o",
        "gpt-4o\n",
        "claude-code",
        "gemini",
        "chem/o3",
        "mistral-ai",
        "command-line",
        "nova-scotia",
        "phi-coefficient",
        "x" * 300,
        "ft:",
        "ft:nothing",
        "chat-latest-news",
        "ada",
        "davinci",
    ],
)
def test_other_words_are_no_ids(catalogue, text):
    assert catalogue.recognise(text) is None


def test_fine_tune_is_a_source_of_its_own(catalogue):
    found = catalogue.recognise("ft:gpt-3.5-turbo-0613:my-Org::AbC12")
    assert found is not None
    assert (found.standing, found.model) == (Standing.SOURCE, None)


def test_azure_spelling_tells_why_it_cannot_move(catalogue):
    found = catalogue.recognise("gpt-35-turbo")
    assert found is not None
    assert found.model is not None
    assert "deployment" in (found.model.blocked or "")


def test_longest_prefix_wins(catalogue):
    for each in catalogue.prefixes:
        found = catalogue.recognise(f"{each.text}gpt-4o")
        assert found is not None
        assert found.provider == each


def test_starts_are_found_at_the_start_of_words_only(catalogue):
    assert catalogue.starts("mygpt-4 gpt-4 x_gpt-4 \\ngpt-4") == [8, 16, 24]
