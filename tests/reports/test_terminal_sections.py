"""The first screen, section by section."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrator.domain.finding import Severity
from migrator.domain.plan import PlanGroup, RepositoryStamp
from migrator.domain.report import View
from migrator.domain.site import Ask, Hold, Outcome
from migrator.reports.terminal import REPORT


def screen(plan, **view):
    return REPORT.render(plan, View(**view))


def test_a_long_path_keeps_its_ends_and_whole_folders(plan, site):
    deep = site(1, "src/" + "a_package/" * 12 + "chat.py", 9, outcome=Outcome.UNKNOWN)
    assert "    src/.../a_package/a_package/" in screen(plan(deep))
    assert "/a_package/chat.py:9\n" in screen(plan(deep))


def test_what_a_repository_wrote_cannot_steer_the_terminal(plan, site):
    evil = site(
        1, "a\x1b[31m.py", 3, "[red]gpt[/red]", outcome=Outcome.UNKNOWN, why="b\n\x07c\u202e"
    )
    text = screen(plan(evil), verbose=True)
    assert "\x1b" not in text
    assert "a\\x1b[31m.py:3" in text
    assert "[red]gpt[/red]" in text
    assert "b\\n\\x07c\\u202e" in text


def test_only_blocked_names_the_ways_on_and_no_apply(plan, site, finding):
    cap = finding("R10", Severity.BLOCKS, "max_tokens is rejected", edits=1, follow_up="Rename it")
    blocked = {"outcome": Outcome.BLOCKED, "hold": Hold.HOLDS, "findings": (cap,)}
    text = screen(plan(site(1, "a.py", 1, **blocked), site(2, "b.py", 2, **blocked)))
    assert "Moves now: nothing\n" in text
    assert "One line away: 2 sites\n  Rename it (R10, parameter): 2 sites: a.py:1, b.py:2\n" in text
    assert "Make the changes named above, then plan again.\n" in text
    assert "apply plan.json" not in text


def test_two_blockers_are_not_one_line_away(plan, site, finding):
    both = tuple(finding(rule, Severity.BLOCKS, "no", edits=1) for rule in ("R10", "R15"))
    text = screen(plan(site(1, "a.py", 1, outcome=Outcome.BLOCKED, findings=both)))
    assert "One line away" not in text
    assert "Needs work: 1 site\n  Both of these steps, for 1 site: a.py:1\n" in text
    assert "    - no (R10, parameter)\n    - no (R15, parameter)\n" in text


def test_an_accepted_finding_does_not_count(plan, site, finding):
    stop = finding("R15", Severity.BLOCKS, "no", edits=1, accepted=True)
    cap = finding("R10", Severity.BLOCKS, "cap", edits=1)
    text = screen(plan(site(1, "a.py", 1, outcome=Outcome.BLOCKED, findings=(stop, cap))))
    assert "One line away: 1 site\n  cap (R10, parameter): a.py:1\n" in text


def test_questions_are_asked_per_id_and_count_calls(plan, site):
    asks = {"outcome": Outcome.CONFIRMATION_NEEDED, "asks": (Ask.SMALL,), "hold": Hold.HOLDS}
    sites = [site(each, "a.py", each, "gpt-4o-mini", **asks) for each in range(1, 8)]
    loose = site(9, "b.py", 1, "o1-mini", **{**asks, "asks": (Ask.UNBOUND,)}, call=None)
    text = screen(plan(*sites, loose))
    assert "Needs an answer: 2 ids, 8 sites\n" in text
    assert "  gpt-4o-mini: 7 calls (small)\n" in text
    assert "  o1-mini: 1 reference (unbound)\n" in text
    assert "migrate plan --confirm small,unbound" in text


def test_what_is_shut_down_soonest_comes_first(plan, site, finding):
    def blocked(number, rule, shutdown):
        found = finding(rule, Severity.BLOCKS, rule.lower(), edits=2)
        return site(
            number, "a.py", number, outcome=Outcome.BLOCKED, findings=(found,), shutdown=shutdown
        )

    text = screen(
        plan(blocked(1, "R1", None), blocked(2, "R2", "2027-01-14"), blocked(3, "R3", "2026-10-23"))
    )
    assert text.index("(R3,") < text.index("(R2,") < text.index("(R1,")


@pytest.mark.parametrize(
    ("today", "says"),
    [
        ("2026-12-10", "1 day left"),
        ("2026-12-11", "today"),
        ("2026-12-12", "1 day ago"),
        ("2026-12-31", "20 days ago"),
    ],
)
def test_days_are_counted_from_the_given_date(desk, today, says):
    assert f"  2026-12-11  o3  2 sites, {says}\n" in screen(desk, today=today)


def test_a_plan_outside_git_cannot_be_applied(desk):
    bare = replace(desk, repository=RepositoryStamp(commit=None, dirty=False))
    text = screen(bare)
    assert "migrate apply" not in text
    assert "Applying needs a git repository with a commit." in text


def test_the_next_commands_keep_the_path(desk):
    stamp = RepositoryStamp(commit="a" * 40, dirty=True, scope="my app")
    text = screen(replace(desk, repository=stamp), width=120)
    assert "under my app (commit aaaaaaaaaa, with uncommitted changes)" in text
    assert "migrate plan 'my app' --save plan.json" in text


def test_no_price_is_told_when_the_target_has_none(desk):
    unpriced = replace(desk, playbook=replace(desk.playbook, price=None))
    assert "List price" not in screen(unpriced)


def test_many_edits_are_counted_rather_than_listed(plan, site, edit):
    sites = [site(n, f"a{n:02}.py", 1, edits=(f"e{n}",)) for n in range(11)]
    edits = tuple(edit(n, f"a{n:02}.py", 1, f"g{n}") for n in range(11))
    text = screen(plan(*sites, edits=edits))
    assert "a07.py:1" in text
    assert "a08.py:1" not in text
    assert "and 3 more edits\n" in text


def test_warnings_on_moving_sites_are_told_once_with_their_places(plan, site, edit, finding):
    warns = finding("R19", Severity.WARNS, "the cap now covers reasoning")
    sites = [site(n, "a.py", n, edits=("e1",), findings=(warns,)) for n in (1, 2)]
    text = screen(plan(*sites, edits=(edit(1, "a.py", 1, "g1"),)))
    assert text.count("the cap now covers reasoning (R19): app/chat.py:14\n") == 1


def test_first_screen_of_many_sites_can_be_read_in_one_go(plan, site, finding):
    stop = finding("R10", Severity.BLOCKS, "cap", edits=1)
    kinds = (
        {"outcome": Outcome.BLOCKED, "findings": (stop,)},
        {"outcome": Outcome.CONFIRMATION_NEEDED, "asks": (Ask.UNBOUND,)},
        {"outcome": Outcome.UNKNOWN},
        {"outcome": Outcome.NO_CHANGE},
    )
    sites = [
        site(n, f"{n:03}.py", n, f"gpt-{n}", **kinds[n % 4], why=f"w{n}", shutdown="2027-01-14")
        for n in range(400)
    ]
    text = screen(plan(*sites))
    assert text.count("\n") <= 60
    assert (
        "One line away: 100 sites\n  cap (R10, parameter): 100 sites:\n    000.py:0, 004.py:4, "
        in text
    )
    assert "  and 392 more ids\n" in text
    assert "more id" not in screen(plan(*sites), verbose=True)


def test_one_more_than_the_list_takes_is_shown_and_not_counted(plan, site):
    sites = [site(n, "a.py", n, f"o{n}", shutdown="2027-01-14") for n in range(1, 10)]
    assert "  2027-01-14  o9  1 site\n" in screen(plan(*sites))
    assert "more id" not in screen(plan(*sites))


def test_what_work_leaves_open_is_named(plan, site, finding):
    found = (finding("R29", Severity.BLOCKS, "port"), finding("R33", Severity.UNSETTLED, "id"))
    text = screen(plan(site(1, "a.py", 1, outcome=Outcome.BLOCKED, findings=found)))
    assert "  port (R29): a.py:1\n    then still to settle: R33\n" in text


def test_a_line_frees_those_that_wait_for_it_alone(desk):
    assert "1 site, frees 2:" in screen(desk)
    held = replace(desk.groups[2], held_by=("s5", "s8"))
    assert "frees 2" not in screen(replace(desk, groups=(*desk.groups[:2], held)))


def test_holders_with_one_reason_share_a_row(plan, site):
    waits = site(1, "a.py", 1, outcome=Outcome.LIGHT_REWRITE, hold=Hold.MOVES)
    holders = [
        site(n, "b.py", n, outcome=Outcome.BLOCKED, hold=Hold.HOLDS, why="R10: no `max_tokens`")
        for n in (2, 3)
    ]
    group = PlanGroup(
        id="g1",
        references=("c.py:1",),
        sites=tuple(each.id for each in (waits, *holders)),
        held_by=tuple(each.id for each in holders),
        moves=False,
        release=("b.py:2, b.py:3: Rename it.",),
    )
    text = screen(plan(waits, *holders, groups=(group,)))
    assert "    holds: b.py:2, b.py:3 blocked: R10: no `max_tokens`\n" in text
    assert text.count("    frees: b.py:2, b.py:3: Rename it.\n") == 1
