"""The first screen, compared verbatim."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest

from migrator.domain.finding import Severity
from migrator.domain.plan import RepositoryStamp
from migrator.domain.report import View
from migrator.domain.site import Ask, Hold, Outcome
from migrator.reports.terminal import REPORT

WIDE = """\
Plan for gpt-5.5: 10 sites in 8 files (commit 3f2a91c4d2)

Moves now: 3 sites by 2 edits in 2 files
  app/config.py:3   gpt-4o -> gpt-5.5   2 sites, light_rewrite
  app/summary.py:9  gpt-5.4 -> gpt-5.5  1 site, string_only
  Light rewrites have no prompt block yet: prompts stay as they are.

One line away: 1 site
  Rename max_tokens to max_completion_tokens (R10): 1 site, frees 2
    app/triage.py:30

Needs work: 1 site
  stop is rejected (R15): app/legacy.py:7

Unknown: 1 site
  the model comes from MODEL, which has no default: app/worker.py:5

Needs an answer: 1 id, 1 site
  gpt-4o-mini: 1 call (small)
    OpenAI names gpt-6-luna as the replacement

Not production: 1 site
  test  1 site  gpt-4o

Stays as it is: 1 site
  already gpt-5.5: 1 site

Accounted for: 15 mentions = site 9, unbound 0, catalogue 4, prose 2, comment 0,
  out of scope 0, unrecognised id 0, ignored 0; unread 1 file; residual 0

Held: 1 site in 1 definition
  app/triage.py:4  o3
    waits: app/triage.py:15
    holds: app/triage.py:30 blocked: max_tokens is rejected
    frees: Rename max_tokens to max_completion_tokens at app/triage.py:30

Before you decide
  o3 shuts down on 2026-12-11 (20 days left): 2 sites
  Reasoning effort: 2 sites set no effort and will run at medium (gpt-4o 2)
  List price, USD per million tokens in/out, read 2026-09-01: gpt-4o 2.5/10 ->
    gpt-5.5 5/30
  MODEL in .env.production:3 wins over the default in the code

Notices
  1 untracked file mentions a model id and was not read.

Next
  migrate plan -v                one line per site
  migrate plan --save plan.json  keep this plan
  migrate apply plan.json        perform it on branch migrate/gpt-5.5
  migrate plan --confirm small   say yes to what asks
"""
NARROW = """\
Plan for gpt-5.5: 10 sites in 8 files
  (commit 3f2a91c4d2)

Moves now: 3 sites by 2 edits in 2 files
  app/config.py:3   gpt-4o -> gpt-5.5
    2 sites, light_rewrite
  app/summary.py:9  gpt-5.4 -> gpt-5.5
    1 site, string_only
  Light rewrites have no prompt block
    yet: prompts stay as they are.

One line away: 1 site
  Rename max_tokens to
    max_completion_tokens (R10): 1 site,
    frees 2
    app/triage.py:30

Needs work: 1 site
  stop is rejected (R15): 1 site
    app/legacy.py:7

Unknown: 1 site
  the model comes from MODEL, which has
    no default: 1 site
    app/worker.py:5

Needs an answer: 1 id, 1 site
  gpt-4o-mini: 1 call (small)
    OpenAI names gpt-6-luna as the
      replacement

Not production: 1 site
  test  1 site  gpt-4o

Stays as it is: 1 site
  already gpt-5.5: 1 site

Accounted for: 15 mentions = site 9,
  unbound 0, catalogue 4, prose 2,
  comment 0, out of scope 0,
  unrecognised id 0, ignored 0; unread 1
  file; residual 0

Held: 1 site in 1 definition
  app/triage.py:4  o3
    waits: app/triage.py:15
    holds: app/triage.py:30 blocked:
      max_tokens is rejected
    frees: Rename max_tokens to
      max_completion_tokens at
      app/triage.py:30

Before you decide
  o3 shuts down on 2026-12-11: 2 sites
  Reasoning effort: 2 sites set no
    effort and will run at medium
    (gpt-4o 2)
  List price, USD per million tokens
    in/out, read 2026-09-01: gpt-4o
    2.5/10 -> gpt-5.5 5/30
  MODEL in .env.production:3 wins over
    the default in the code

Notices
  1 untracked file mentions a model id
    and was not read.

Next
  migrate plan -v
    one line per site
  migrate plan --save plan.json
    keep this plan
  migrate apply plan.json
    perform it on branch migrate/gpt-5.5
  migrate plan --confirm small
    say yes to what asks
"""
EMPTY = """\
Plan for gpt-5.5: 0 sites in 0 files (commit 3f2a91c4d2)

Moves now: nothing

Accounted for: 0 mentions = site 0, unbound 0, catalogue 0, prose 0, comment 0,
  out of scope 0, unrecognised id 0, ignored 0; unread 0 files; residual 0

Next: there is nothing to apply
  No model usage was found here.
"""
LINES = """\
Sites
  app/answer.py:20      light_rewrite        gpt-4o -> gpt-5.5   gpt-4o is not of the GPT-5.4 family
  app/answer.py:41      light_rewrite        gpt-4o -> gpt-5.5   gpt-4o is not of the GPT-5.4 family
  app/legacy.py:7       blocked              gpt-4o              stop is rejected
  app/new.py:2          no_change            gpt-5.5             already gpt-5.5
  app/route.py:8        confirmation_needed  gpt-4o-mini         gpt-4o-mini is a small tier
  app/summary.py:9      string_only          gpt-5.4 -> gpt-5.5  GPT-5.4 with a short, explicit prompt
  app/triage.py:15      light_rewrite        o3 -> gpt-5.5       held by app/triage.py:30: max_tokens is rejected
  app/triage.py:30      blocked              o3                  max_tokens is rejected
  app/worker.py:5       unknown              gpt-4o              the model comes from MODEL, which has no default
  tests/test_chat.py:6  confirmation_needed  gpt-4o              the site is a test
"""  # noqa: E501


def screen(plan, **view):
    return REPORT.render(plan, View(**view))


def plain(text):
    return re.sub("\x1b\\[[0-9]*m", "", text)


def test_the_whole_screen_at_80_columns(desk):
    assert screen(desk, width=80, today="2026-11-21") == WIDE


def test_the_whole_screen_at_40_columns_counts_no_days_without_a_date(desk):
    assert screen(desk, width=40) == NARROW


def test_verbose_gives_one_line_per_site_where_there_is_room(desk):
    assert LINES in screen(desk, width=120, verbose=True)


def test_verbose_does_not_offer_itself(desk):
    assert "migrate plan -v" not in screen(desk, verbose=True)


def test_an_empty_plan_says_so(plan):
    assert screen(plan()) == EMPTY


@pytest.mark.parametrize("verbose", [True, False])
def test_colour_adds_escapes_and_nothing_else(desk, verbose):
    coloured = screen(desk, colour=True, verbose=verbose)
    assert "\x1b[1mMoves now" in coloured
    assert plain(coloured) == screen(desk, verbose=verbose)


@pytest.mark.parametrize("width", [40, 57, 80, 120])
def test_nothing_is_wider_than_the_view(desk, site, width):
    long = site(11, "src/" + "very_long_package/" * 9 + "module.py", 12345, edits=("e1",))
    asian = site(12, "应用/" * 30 + "聊天.py", 3, outcome=Outcome.UNKNOWN, why="w" * 200)
    plan = replace(desk, sites=(*desk.sites, long, asian))
    for line in screen(plan, width=width, verbose=True).splitlines():
        wide = sum(unicodedata.east_asian_width(each) in "WF" for each in line)
        assert len(line) + wide <= width


def test_a_view_narrower_than_40_is_drawn_at_40(desk):
    assert screen(desk, width=10) == NARROW


def test_a_long_path_keeps_its_end(plan, site):
    deep = site(1, "src/" + "a_package/" * 12 + "chat.py", 9, outcome=Outcome.UNKNOWN)
    text = screen(plan(deep))
    assert "..." in text
    assert "chat.py:9" in text


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
    assert "One line away: 2 sites\n  Rename it (R10): 2 sites\n    a.py:1, b.py:2\n" in text
    assert "Make the changes named above, then plan again.\n" in text
    assert "apply plan.json" not in text


def test_two_blockers_are_not_one_line_away(plan, site, finding):
    both = tuple(finding(rule, Severity.BLOCKS, "no", edits=1) for rule in ("R10", "R15"))
    text = screen(plan(site(1, "a.py", 1, outcome=Outcome.BLOCKED, findings=both)))
    assert "One line away" not in text
    assert "Needs work: 1 site\n  no (R10); no (R15): a.py:1\n" in text


def test_an_accepted_finding_does_not_count(plan, site, finding):
    stop = finding("R15", Severity.BLOCKS, "no", edits=1, accepted=True)
    cap = finding("R10", Severity.BLOCKS, "cap", edits=1)
    text = screen(plan(site(1, "a.py", 1, outcome=Outcome.BLOCKED, findings=(stop, cap))))
    assert "One line away: 1 site\n  cap (R10): a.py:1\n" in text


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
    assert text.index("(R3)") < text.index("(R2)") < text.index("(R1)")


@pytest.mark.parametrize(
    ("today", "says"),
    [
        ("2026-12-10", "(1 day left)"),
        ("2026-12-11", "(today)"),
        ("2026-12-12", "(1 day ago)"),
        ("2026-12-31", "(20 days ago)"),
    ],
)
def test_days_are_counted_from_the_given_date(desk, today, says):
    assert f"o3 shuts down on 2026-12-11 {says}: 2 sites" in screen(desk, today=today)


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
    assert "and 3 more edits: migrate plan -v" in text


def test_warnings_on_moving_sites_are_told_once_with_their_places(plan, site, edit, finding):
    warns = finding("R19", Severity.WARNS, "the cap now covers reasoning")
    sites = [site(n, "a.py", n, edits=("e1",), findings=(warns,)) for n in (1, 2)]
    text = screen(plan(*sites, edits=(edit(1, "a.py", 1, "g1"),)))
    assert text.count("the cap now covers reasoning (R19): app/chat.py:14\n") == 1
