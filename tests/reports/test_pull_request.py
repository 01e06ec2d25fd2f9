"""What a reviewer reads: claims that hold, nothing that acts, and never over GitHub's limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrator.domain.finding import Severity
from migrator.domain.plan import SkippedFile
from migrator.domain.plan_site import Assessment, PlanPlace
from migrator.domain.report import View
from migrator.domain.result import Committed, Dropped, Result, Validated, Verdict
from migrator.domain.site import Outcome
from migrator.reports.pull_request import REPORT

# ruff: noqa: E501 - a summary is compared as GitHub gets it, and its lines are long.
WHOLE = """\
<!-- migrate: pull-request summary -->
## Upgrade to `gpt-5.5`

| outcome | sites | to change | held | left |
| --- | --- | --- | --- | --- |
| `string_only` | 1 | 1 | 0 | 0 |
| `light_rewrite` | 0 | 0 | 0 | 0 |
| `blocked` | 1 | 0 | 0 | 1 |
| `unknown` | 0 | 0 | 0 | 0 |
| `confirmation_needed` | 0 | 0 | 0 | 0 |
| `no_change` | 0 | 0 | 0 | 0 |
| all | 2 | 1 | 0 | 1 |

**Claimed.** Nothing is changed yet. Applying this plan changes 1 site by 1 edit in 1 file. Each edit replaces exactly the bytes that the plan names.

**Not claimed.** That answers stay as good, as long, as fast or as cheap: none of it was measured, and no token saving is claimed. 1 site is left as found; why is below.

**Validated.** None; nothing was run.

**Expect.** No change of default reasoning effort is known.

**Complete.** 15 mentions of model ids: site 9, unbound 0, catalogue 4, prose 2, comment 0, out of scope 0, unrecognised id 0, ignored 0; residual 0; unread 1 file.

**Basis.** [Upgrading to GPT-5.5](https://example.com/guide), read 2026-04-24. Playbook `gpt-5.5` `abababababab`, configuration `cdcdcdcdcdcd`, tool `0.1.0`, commit `3f2a91c4d23f2a91c4d23f2a91c4d23f2a91c4d2`.

**Undo.** Nothing was changed, so there is nothing to undo.

### Sites to change

| place | from → to | outcome | rule and clause | prompt edit | tests |
| --- | --- | --- | --- | --- | --- |
| `app/summary.py:9` | `gpt-5.4` → `gpt-5.5` | `string_only` | workflow.4.1 | none | not run |

### Site by site

#### string only

<details><summary><code>app/summary.py:9</code> <code>gpt-5.4</code> to change</summary>

- **Current model usage**: `gpt-5.4` (family gpt-5.4, mainline), called by `client.responses.create` at `app/summary.py:9`. Role: production, because no sign of another role.
- **Model-string updates**: `app/summary.py:9` `gpt-5.4` → `gpt-5.5`
- **Reasoning-effort handling**: now not set. Start with: add no setting.
- **Prompt updates**: none. No prompt text was found for it.
- **Structured output and formatting assessment**: none seen.
- **Tool-use assessment**: none seen.
- **Phase assessment**: none seen.
- **Compatibility check**: `string_only`, because GPT-5.4 with a short, explicit prompt «workflow.4.1».
- **Validation performed**: none; nothing was run for it.

</details>

#### blocked

<details><summary><code>app/triage.py:30</code> <code>o3</code> left</summary>

- **Current model usage**: `o3` (family o3, mainline), called by `client.responses.create` at `app/triage.py:30`. Role: production, because no sign of another role.
- **Model-string updates**: none: max\\_tokens is rejected
- **Reasoning-effort handling**: now not set. Start with: add no setting.
- **Prompt updates**: none. No prompt text was found for it.
- **Structured output and formatting assessment**: none seen.
- **Tool-use assessment**: none seen.
- **Phase assessment**: none seen.
- **Compatibility check**: `blocked`, because max\\_tokens is rejected «workflow.4.2».
  - R10 «posture.5» blocks: max\\_tokens is rejected at `app/chat.py:14`. Source: <https://example.com/fact>
- **Validation performed**: none; nothing was run for it.

</details>


### Left as they are

| place | model | outcome | why | what frees it |
| --- | --- | --- | --- | --- |
| `app/triage.py:30` | `o3` | `blocked` | max\\_tokens is rejected | Rename max\\_tokens to max\\_completion\\_tokens |

### Follow-up tasks

1. Rename max\\_tokens to max\\_completion\\_tokens (R10). 1 site needs it; it frees 2. Done when this exits 0: `migrate plan shows app/triage.py:30 without R10`

"""
RESULT = Result(
    schema="migrate.result/1",
    tool="0.1.0",
    plan="ef" * 32,
    base="3f2a91c4d2" * 4,
    branch="migrate/gpt-5.5",
    commits=(
        Committed(
            commit="a" * 40, subject="Move", kind="model", groups=("g1",), sites=("s1", "s2")
        ),
        Committed(commit="b" * 40, subject="Add", kind="prompt", groups=("g1",), sites=("s1",)),
    ),
    dropped=(Dropped(group="g2", reason="uncommitted: app/summary.py differs"),),
    validation=(Validated(command="pytest -q", verdict=Verdict.PASSED, detail="12 passed"),),
)
NINE = (
    "Current model usage",
    "Model-string updates",
    "Reasoning-effort handling",
    "Prompt updates",
    "Structured output and formatting assessment",
    "Tool-use assessment",
    "Phase assessment",
    "Compatibility check",
    "Validation performed",
)


def summary(plan, result=None):
    return REPORT.render(plan, View(result=result))


def statement(text, name):
    return text.split(f"**{name}.** ")[1].split("\n\n**")[0].split("\n\n###")[0]


def test_the_whole_summary_before_apply(desk):
    small = replace(
        desk,
        sites=tuple(each for each in desk.sites if each.id in {"s3", "s5"}),
        edits=desk.edits[1:],
        overrides=(),
        notices=(),
    )
    assert summary(small) == WHOLE


def test_every_site_has_the_nine_headings_in_order(desk):
    sections = summary(desk).split("<details>")[1:]
    assert len(sections) == len(desk.sites)
    for section in sections:
        places = [section.index(f"- **{heading}**: ") for heading in NINE]
        assert places == sorted(places)


def test_after_apply_only_what_was_committed_is_claimed(desk):
    text = summary(desk, RESULT)
    claimed = statement(text, "Claimed")
    assert claimed.startswith(
        "Changed: 2 sites by 1 edit in 1 file, as 2 commits on `migrate/gpt-5.5`."
    )
    assert "Dropped 1 group: `app/summary.py:9` (uncommitted: app/summary.py differs)." in claimed
    assert "| `string_only` | 1 | 0 | 0 | 1 |" in text
    assert "planned, then dropped: uncommitted: app/summary.py differs |" in text


def test_undo_reverts_the_newest_commit_of_a_group_first(desk):
    undo = statement(summary(desk, RESULT), "Undo")
    assert f"git revert --no-edit {'b' * 40} {'a' * 40}  # app/config.py:3\n" in undo


def test_only_what_ran_is_validated(desk):
    ran = statement(summary(desk, RESULT), "Validated")
    assert "`pytest -q`: passed (12 passed)." in ran
    assert statement(summary(desk), "Validated") == "None; nothing was run."
    silent = replace(RESULT, validation=())
    assert statement(summary(desk, silent), "Validated") == "None; nothing was run."


def test_prompt_that_is_left_says_why(desk):
    assert "- **Prompt updates**: left as it is: it is not in English." in summary(desk)


def test_expectations_are_facts_and_claim_no_saving(desk):
    text = summary(desk)
    assert "2 sites set no effort and will run at medium (`gpt-4o` 2)" in statement(text, "Expect")
    assert "read 2026-09-01: `gpt-4o` 2.5/10 → 5/30" in statement(text, "Expect")
    assert "no token saving is claimed" in statement(text, "Not claimed")


def test_a_held_site_is_left_with_its_holder_and_what_frees_it(desk):
    left = summary(desk).split("### Left as they are")[1]
    row = next(line for line in left.splitlines() if line.startswith("| `app/triage.py:15`"))
    assert "held by app/triage.py:30: max\\_tokens is rejected" in row
    assert "Rename max\\_tokens to max\\_completion\\_tokens at app/triage.py:30" in row


def test_skipped_files_are_named(desk):
    skipped = replace(desk, skipped=(SkippedFile(path="old.py", reason="Python 2"),))
    assert "Skipped: `old.py` (Python 2)." in statement(summary(skipped), "Complete")


def test_an_empty_plan_claims_nothing(plan):
    text = summary(plan())
    assert "Nothing is changed, and this plan changes nothing." in text
    assert text.count("None.\n") == 4


def test_nothing_from_a_repository_acts_as_markup_or_mention(plan, site, finding):
    words = "| <b>x</b> `y` @octocat #12 GH-3 [l](https://e.vil) :tada: $a$ *b*\n- c"
    evil = site(
        1,
        "a|b`c.py",
        2,
        "<img>",
        outcome=Outcome.BLOCKED,
        why=words,
        findings=(finding("R10", Severity.BLOCKS, words),),
    )
    text = summary(plan(evil))
    assert "<b>" not in text
    assert "<img>" not in text.replace("`<img>`", "")
    for acting in ("@octocat", "#12", "GH-3", "](https://e.vil", ":tada:", "*b*", "$a$"):
        assert acting not in text
    row = next(
        line for line in text.splitlines() if line.startswith("| <code>a\\|b\\`c.py:2</code>")
    )
    assert row.replace("\\|", "").count("|") == 6


def test_a_pipe_in_a_path_stays_in_its_cell(plan, site, edit):
    piped = site(1, "a|b.py", 2, edits=("e1",))
    text = summary(plan(piped, edits=(edit(1, "a|b.py", 2, "g1"),)))
    assert "| <code>a\\|b.py:2</code> | `gpt-4o` → `gpt-5.5` |" in text


def many(site, count, **changes):
    return [site(each, f"app/module_{each:05}.py", 7, **changes) for each in range(count)]


def test_a_long_summary_drops_sections_from_the_end_and_says_how_many(plan, site):
    long = Assessment(answer="x" * 250)
    sites = many(site, 120)
    sites = [replace(each, assessments=replace(each.assessments, tools=long)) for each in sites]
    text = summary(plan(*sites))
    kept = text.count("<details>")
    assert 60_000 < len(text) <= 65_536
    assert 0 < kept < 120
    assert f"Left out here: {120 - kept} of 120 site sections. Nothing is lost" in text
    assert "module_00000.py:7</code>" in text
    assert "module_00119.py:7</code>" not in text
    assert "| `app/module_00119.py:7` |" in text


def test_when_sections_are_not_enough_rows_go_too_and_changed_sites_go_last(plan, site, edit):
    changed = many(site, 100, edits=("e1",))
    blocked = [
        replace(each, id=f"b{each.id}", edits=(), outcome=Outcome.BLOCKED, why="w" * 290)
        for each in many(site, 900)
    ]
    text = summary(plan(*changed, *blocked, edits=(edit(1, "app/module_00000.py", 7, "g1"),)))
    assert len(text) <= 65_536
    assert "1000 of 1000 site sections" in text
    assert "of 900 rows of sites left" in text
    assert text.count("| not run |") == 100


@pytest.mark.parametrize("count", [3000])
def test_even_a_huge_plan_stays_within_the_limit(plan, desk, site, count):
    (task,) = desk.follow_ups
    task = replace(task, task="t" * 400, acceptance="a" * 400, sites=("other",))
    text = summary(plan(*many(site, count, edits=("e1",)), follow_ups=(task,) * 300))
    assert len(text) <= 65_536
    assert "300 of 300 follow-up tasks" in text
    assert "rows of changed sites" in text


def test_a_site_links_its_findings_to_their_sources(plan, site, finding):
    warns = finding("R19", Severity.WARNS, "cap", at=PlanPlace(path="a.py", line=3))
    text = summary(plan(site(1, "a.py", 2, findings=(warns,))))
    assert "R19 «posture.5» warns: cap at `a.py:3`. Source: <https://example.com/fact>" in text
