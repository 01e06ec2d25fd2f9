"""`migrate explain` leads from a name to its reasons."""

from __future__ import annotations

import pytest

from tests.running import migrate

pytestmark = pytest.mark.usefixtures("desk")


def test_a_rule_tells_what_it_checks_why_an_example_and_its_source():
    shown = migrate("explain", "R31").out
    assert shown.splitlines()[0] == "R31  gated-by-id"
    for heading in ("What it checks", "Why", "Example", "Source"):
        assert f"  {heading}\n" in shown
    assert "«checklist.1»" in shown


def test_a_rule_is_known_by_its_slug_in_any_case():
    assert migrate("explain", "gated-by-id").out == migrate("explain", "r31").out


def test_a_parameter_tells_every_fact_with_the_answer_of_the_api():
    shown = migrate("explain", "R10").out
    assert "`max_tokens` on chat_completions: blocks" in shown
    assert "the API answers: Unsupported parameter: 'max_tokens'" in shown
    assert "read 2026-" in shown


def test_a_site_is_told_from_its_bytes_to_its_verdict():
    shown = migrate("explain", "support_desk/escalation.py:22").out
    assert "support_desk/config.py:6:20  `gpt-4o`" in shown
    assert "R10 blocks: gpt-5.5 rejects `max_tokens` on Chat Completions" in shown
    assert "confirmation_needed (a person has to say yes first): no" in shown
    assert "blocked: yes." in shown


def test_a_site_names_the_one_fact_that_would_change_its_verdict():
    shown = migrate("explain", "support_desk/escalation.py:22").out
    last = " ".join(shown.split("What would change the verdict\n")[1].split())
    assert last == (
        "without R10: gpt-5.5 rejects `max_tokens` on Chat Completions "
        "(support_desk/escalation.py:24): light_rewrite"
    )


def test_a_reference_stands_for_all_the_sites_that_it_feeds():
    shown = migrate("explain", "support_desk/config.py:6").out
    assert "support_desk/escalation.py:11" in shown
    assert "held by support_desk/escalation.py:22" in shown


def test_a_saved_plan_answers_without_the_repository(tmp_path, monkeypatch):
    saved = tmp_path / "plan.json"
    migrate("plan", "--save", str(saved))
    fresh = migrate("explain", "support_desk/tagging.py:9").out
    monkeypatch.chdir(tmp_path)
    assert migrate("explain", "support_desk/tagging.py:9", str(saved)).out == fresh


def test_a_name_that_is_none_gets_the_nearest_one():
    answer = migrate("explain", "gated-by-ids")
    assert answer.code == 2
    assert "did you mean gated-by-id?" in answer.err
