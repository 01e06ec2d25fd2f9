"""Hold the loader to its promise: right to the last key, or file and key are named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from migrator.domain.catalogue import Standing, Tier
from migrator.domain.errors import PlaybookError
from migrator.domain.finding import Severity, SizeKind
from migrator.playbook import find_playbooks, load_playbook

SHIPPED = Path(__file__).parents[1] / "playbooks"


@pytest.fixture
def root(tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "books")
    return tmp_path / "books"


def change(root, name, before, after):
    path = root / "gpt-5.5" / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def refusal(root):
    with pytest.raises(PlaybookError) as caught:
        load_playbook("gpt-5.5", root)
    assert caught.value.exit_code == 2
    assert caught.value.next_step
    return caught.value.message


def test_shipped_playbook_loads():
    playbook = load_playbook("gpt-5.5")
    assert (playbook.name, playbook.target) == ("gpt-5.5", "gpt-5.5")
    assert playbook.catalogue.models["gpt-5.5"].standing is Standing.TARGET
    assert playbook.string_only_families == ("gpt-5.4",)
    assert "openai" in [each.id for each in playbook.libraries]


def test_snapshots_share_the_facts_of_their_id():
    models = load_playbook("gpt-5.5").catalogue.models
    dated = models["gpt-4o-2024-08-06"]
    assert dated.snapshot_of == "gpt-4o"
    assert dated.shutdown == models["gpt-4o"].shutdown == "2027-01-14"
    assert models["gpt-4o-2024-05-13"].shutdown == "2026-10-23"


def test_small_reasoning_model_has_both_family_and_tier():
    model = load_playbook("gpt-5.5").catalogue.models["o4-mini"]
    assert (model.family, model.tier, model.reasons) == ("reasoning", Tier.SMALL, True)


def test_default_effort_none_does_not_reason():
    models = load_playbook("gpt-5.5").catalogue.models
    assert not models["gpt-5.4"].reasons
    assert models["gpt-5.5"].reasons


def test_facts_carry_address_and_read_date():
    fact = next(each for each in load_playbook("gpt-5.5").parameters if each.rule == "R10")
    assert fact.severity is Severity.BLOCKS
    assert fact.size is not None
    assert (fact.size.kind, fact.size.edits) == (SizeKind.PARAMETER, 1)
    assert fact.source.startswith("https://")
    assert fact.source.endswith("(read 2026-07-31)")


def test_unavailable_surface_tells_why():
    surface = load_playbook("gpt-5.5").surface("assistants")
    assert surface.library == "openai"
    assert surface.unavailable is not None
    assert "2026-08-26" in surface.unavailable.message
    assert load_playbook("gpt-5.5").surface("responses").unavailable is None


def test_every_certain_parameter_rule_is_there():
    rules = {each.rule for each in load_playbook("gpt-5.5").parameters}
    assert {"R05", "R06", *(f"R{number}" for number in range(10, 19))} <= rules


def test_digest_covers_names_and_bytes(root):
    before = load_playbook("gpt-5.5", root).digest
    assert before == load_playbook("gpt-5.5").digest
    (root / "gpt-5.5" / "README.md").write_text("other", encoding="utf-8")
    changed = load_playbook("gpt-5.5", root).digest
    (root / "gpt-5.5" / "README.md").rename(root / "gpt-5.5" / "NOTES.md")
    assert len({before, changed, load_playbook("gpt-5.5", root).digest}) == 3


def test_playbooks_are_listed(root, tmp_path):
    shutil.copytree(root / "gpt-5.5", root / "gpt-6")
    assert find_playbooks(root) == ("gpt-5.5", "gpt-6")
    assert find_playbooks(tmp_path / "nowhere") == ()
    assert "gpt-5.5" in find_playbooks()


def test_unknown_target_names_the_known_ones():
    with pytest.raises(PlaybookError) as caught:
        load_playbook("gpt-5,5")
    assert "did you mean `gpt-5.5`?" in caught.value.message
    assert "gpt-5.5" in caught.value.next_step


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        (
            "playbook.toml",
            "target =",
            "targte =",
            "playbook.toml: targte: no such key; did you mean `target`?",
        ),
        (
            "playbook.toml",
            "short_prompt_words = 120",
            'short_prompt_words = "120"',
            "thresholds.short_prompt_words: must be a whole number",
        ),
        (
            "playbook.toml",
            'read = "2026-04-25"',
            'read = "April"',
            "sources[0].read: must be a date",
        ),
        (
            "playbook.toml",
            'id = "upgrading"',
            'id = "using"',
            "sources[1].id: `using` is there twice",
        ),
        (
            "playbook.toml",
            '["gpt-5.4"]',
            '["gpt-5.44"]',
            "string_only_families[0]: models.toml knows no `gpt-5.44`; did you mean `gpt-5.4`?",
        ),
        (
            "playbook.toml",
            'newer = ["gpt-5.6-sol"',
            'newer = ["gpt-5.6-sun"',
            "newer[0]: models.toml knows no `gpt-5.6-sun`",
        ),
        ("playbook.toml", "[thresholds]", "[thresholds", "playbook.toml: is not TOML"),
        (
            "models.toml",
            'tier = "mainline"',
            'tier = "manline"',
            "models.toml: models[0].tier: must be one of mainline, small",
        ),
        ("models.toml", 'family = "gpt-5.5"\n', "", "models[0].family: is missing"),
        (
            "models.toml",
            "price = [5.0, 30.0]",
            "price = [5.0]",
            "models[0].price: must have 2 items, not 1",
        ),
        (
            "models.toml",
            'ids = ["gpt-5.5-pro"]',
            'ids = ["gpt-5.5"]',
            "models[1].ids: `gpt-5.5` is there twice",
        ),
        (
            "models.toml",
            'effort_default = "medium"',
            'effort_default = "max"',
            "models[0].effort_default: `max` is not among",
        ),
        (
            "models.toml",
            'replacement = "gpt-5.6-sol"',
            'replacement = "gpt-5.6-sola"',
            "replacement: there is no id `gpt-5.6-sola`; did you mean `gpt-5.6-sol`?",
        ),
        (
            "models.toml",
            'standing = "target"',
            'standing = "newer"',
            "models: no entry has the id `gpt-5.5` and standing target",
        ),
        (
            "models.toml",
            'source = "using"',
            'source = "usign"',
            "models[0].source: playbook.toml has no source `usign`; did you mean `using`?",
        ),
        (
            "models.toml",
            'shutdown = "2027-02-01"',
            'shutdown = "2027-13-01"',
            "shutdown: must be a date",
        ),
        (
            "models.toml",
            'route = "gateway"',
            'route = "gate"',
            "prefixes[0].route: must be one of direct",
        ),
        (
            "models.toml",
            "'computer-use-preview'",
            "'computer-(use)-preview'",
            "grammar.shapes[16]: must not capture",
        ),
        (
            "models.toml",
            "'computer-use-preview'",
            "'computer|use'",
            "grammar.shapes[16]: must have no `|` outside parentheses",
        ),
        (
            "models.toml",
            "'computer-use-preview'",
            "'computer['",
            "grammar.shapes[16]: is no regular expression",
        ),
        (
            "parameters.toml",
            'severity = "blocks"',
            'severity = "block"',
            "parameters.toml: facts[0].severity: must be one of",
        ),
        (
            "parameters.toml",
            'name = "reasoning_effort"',
            'name = "reasoning_effrot"',
            "facts[0].name: there is no `reasoning_effrot`; did you mean `reasoning_effort`?",
        ),
        (
            "parameters.toml",
            'surfaces = ["chat_completions"]',
            'surfaces = ["chat"]',
            "facts[0].surfaces[0]: there is no `chat`",
        ),
        (
            "parameters.toml",
            "edits = 1 }",
            'edits = "1" }',
            "facts[0].size.edits: must be a whole number",
        ),
        (
            "parameters.toml",
            'values = ["minimal"]',
            "values = [[1]]",
            "facts[0].values[0]: must be text, a number, true or false, not a list",
        ),
        (
            "surfaces/openai.toml",
            'markers = ["openai", "braintrust", "langsmith"]',
            'markers = "openai"',
            "surfaces/openai.toml: markers: must be a list",
        ),
        (
            "surfaces/openai.toml",
            'effort = "reasoning.effort"',
            'effort = "reasoning"',
            "surfaces[0].effort: there is no `reasoning`",
        ),
        (
            "surfaces/openai.toml",
            'surface = "responses"',
            'surface = "response"',
            "shapes[0].surface: there is no `response`; did you mean `responses`?",
        ),
        (
            "surfaces/openai.toml",
            'form = "text"',
            'form = "txt"',
            "surfaces[0].prompts[0].form: there is no `txt`",
        ),
        (
            "surfaces/openai.toml",
            'source = "deprecations"',
            'source = "nowhere"',
            "surfaces[2].unavailable.source: playbook.toml has no source",
        ),
    ],
)
def test_every_mistake_names_file_and_key(root, name, before, after, told):
    change(root, name, before, after)
    message = refusal(root)
    assert message.startswith(f"{name}: ") or name in message
    assert told in message


def test_missing_file_is_named(root):
    (root / "gpt-5.5" / "models.toml").unlink()
    assert refusal(root) == "models.toml: is missing"


def test_file_that_is_not_utf8_is_named(root):
    (root / "gpt-5.5" / "parameters.toml").write_bytes(b"\xff")
    assert refusal(root).startswith("parameters.toml: is not TOML")
