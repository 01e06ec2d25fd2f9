"""`migrate explain` leads from a name to its reasons."""

from __future__ import annotations

import pytest

from migrator import rules
from migrator.domain.rule import Rule
from migrator.playbook import load_playbook
from migrator.plugins import plugins
from tests.repositories import Repository
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


PLAIN_PROMPT = """\
You answer questions of the staff.

## Rules
- Be kind.
- Use the tool.

{{ question }}
"""


def test_a_block_tells_what_calls_for_it_what_it_says_and_its_source():
    shown = " ".join(migrate("explain", "research").out.split())
    assert "R60 research-workflow: answers rest on what is looked up" in shown
    assert "missing (16 words): Where the material leaves a question open, say so" in shown
    assert "https://developers.openai.com/api/docs/guides/prompt-guidance" in shown


def test_a_block_is_tried_on_a_file_of_text_in_the_form_of_the_file(tmp_path):
    file = tmp_path / "prompt.md"
    file.write_text(PLAIN_PROMPT)
    shown = migrate("explain", "research", "--on", str(file)).out
    assert "behind line 5:\n      - Rest factual claims" in shown


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.prompt", "You answer questions of the staff.\n", 1),
        ("untold", "You answer questions of the staff.\n", 1),
        (
            "a.j2",
            "You answer the questions of the staff of {{ town }}, kindly and well.",
            1,
        ),
        ("a.yaml", "name: staff\nsystem: You answer questions of the staff.\n", 2),
        ("a.json", '{"name": "staff",\n "system": "You answer questions of the staff."}\n', 2),
        ("a.prompty", "---\nname: x\n---\nsystem:\nYou answer questions of the staff.\n", 5),
    ],
)
def test_a_block_is_tried_on_each_text_of_a_file_that_no_call_reads(tmp_path, name, text, line):
    file = tmp_path / name
    file.write_text(text)
    shown = " ".join(migrate("explain", "research", "--on", str(file)).out.split())
    assert f"The text at line {line} by itself, if its workflow showed research: 30 words" in shown


def test_a_call_whose_prompt_a_block_does_not_fit_says_why(desk):
    german = 'instructions="Du beantwortest Fragen.", tools=[{"type": "web_search"}]'
    call = f'OpenAI().responses.create(model="gpt-5.4", input="", {german})'
    desk.commit({"late.py": f"from openai import OpenAI\n\n{call}\n".encode()})
    shown = " ".join(migrate("explain", "research", "--on", "late.py").out.split())
    assert "nothing: the call offers the tool `web_search`; the prompt is not in English" in shown


def test_the_text_of_a_rule_is_broken_where_the_screen_ends():
    shown = migrate("explain", "R31").out
    assert "an allowlist refuses it" in " ".join(shown.split())
    assert "\n    refuses" not in shown


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Du beantwortest Fragen von Kunden zu unserem Handbuch, freundlich.", "not in English"),
        ("Ask for approval before you send anything to a customer.", "covered: the text says"),
        ("Send the letters at once and do not ask for anything.", "contradicted: the prompt forb"),
        ("The letters:\n\n{{ letters }}\n", "made of what is woven in"),
    ],
)
def test_a_block_tried_on_a_file_that_needs_or_takes_none_says_why(tmp_path, text, why):
    file = tmp_path / "prompt.txt"
    file.write_text(text)
    shown = " ".join(migrate("explain", "side-effects", "--on", str(file)).out.split())
    assert "showed side-effects: nothing" in shown
    assert why in shown


def test_a_block_is_tried_in_the_repository_of_the_file_wherever_it_is_asked(desk, monkeypatch):
    inside = migrate("explain", "research", "--on", "support_desk/tagging.py").out
    other = Repository.made(desk.root.parent / "other")
    other.commit({"broken.py": b"import openai\n(", "support_desk/tagging.py": b""})
    monkeypatch.chdir(desk.root.parent)
    outside = migrate("explain", "research", "--on", "desk/support_desk/tagging.py")
    assert outside.out == inside


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("R10", "--on", "pyproject.toml"), "--on needs a prompt block"),
        (("researcher", "--on", "pyproject.toml"), "did you mean"),
        (("research", "--on", "nowhere.txt"), "cannot read nowhere.txt"),
        (("research", "--on", "support_desk/europe.toml"), "cannot read"),
        (("research", "--on", "support_desk/tagging.py"), "nothing, since this site does not move"),
    ],
)
def test_what_cannot_be_tried_is_said(words, says):
    shown = migrate("explain", *words)
    assert says in shown.err + shown.out


def test_every_code_of_a_finding_can_be_asked_for():
    playbook = load_playbook("gpt-5.5")
    codes = {code for rule in plugins(rules, "RULE", Rule) for code in rule.codes}
    codes |= {fact.rule for fact in (*playbook.parameters, *playbook.risks)}
    unknown = {code for code in codes if migrate("explain", code).code != 0}
    assert not unknown
    assert {"R03", "R20", "R60"} <= codes


def test_a_code_that_a_rule_reports_beside_its_own_leads_to_that_rule():
    shown = " ".join(migrate("explain", "R03").out.split())
    assert shown.startswith("R03 function-tools-on-chat-completions")
    assert "an absent or unread effort leaves the site unsettled" in shown


def test_a_risk_tells_its_clause_and_where_to_read_more():
    shown = " ".join(migrate("explain", "R61").out.split())
    assert shown.startswith("R61 tool-heavy-workflow")
    assert "clause «light." in shown
    assert "migrate explain workflow-risk" in shown


def test_a_rule_whose_findings_bear_codes_of_the_playbook_has_none_itself():
    shown = " ".join(migrate("explain", "rejected-parameter").out.split())
    assert shown.startswith("rejected-parameter Parameters that the target does not accept")
    assert shown.endswith("Its findings bear the codes of the playbook's facts.")
