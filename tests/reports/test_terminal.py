"""The first screen, compared verbatim."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest

from migrator.domain.report import View
from migrator.domain.site import Outcome
from migrator.reports.terminal import REPORT

WIDE = """\
Plan for gpt-5.5: 10 sites in 8 files (commit 3f2a91c4d2)

Moves now: 3 sites by 2 edits in 2 files
  2 light_rewrite, 1 string_only
  app/config.py:3   gpt-4o -> gpt-5.5   2 sites
  app/summary.py:9  gpt-5.4 -> gpt-5.5  1 site
  Prompts of light rewrites: left to you 2

One line away: 1 site
  Rename max_tokens to max_completion_tokens (R10, parameter): 1 site, frees 2:
    app/triage.py:30

Needs work: 1 site
  stop is rejected (R15, parameter: 3 edits): app/legacy.py:7

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

Calls fail from these days on, if nothing is done
  2026-12-11  o3  2 sites, 20 days left

Before you decide
  Reasoning effort: 2 sites set no effort and will run at medium (gpt-4o 2)
  List price, USD per million tokens in/out, read 2026-09-01: gpt-4o 2.5/10 ->
    gpt-5.5 5/30
  MODEL is also set elsewhere, which wins over the default in the code:
    .env.production:3

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
  2 light_rewrite, 1 string_only
  app/config.py:3   gpt-4o -> gpt-5.5
    2 sites
  app/summary.py:9  gpt-5.4 -> gpt-5.5
    1 site
  Prompts of light rewrites: left to you
    2

One line away: 1 site
  Rename max_tokens to
    max_completion_tokens (R10,
    parameter): 1 site, frees 2:
    app/triage.py:30

Needs work: 1 site
  stop is rejected (R15, parameter: 3
    edits): app/legacy.py:7

Unknown: 1 site
  the model comes from MODEL, which has
    no default: app/worker.py:5

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

Calls fail from these days on, if
  nothing is done
  2026-12-11  o3  2 sites

Before you decide
  Reasoning effort: 2 sites set no
    effort and will run at medium
    (gpt-4o 2)
  List price, USD per million tokens
    in/out, read 2026-09-01: gpt-4o
    2.5/10 -> gpt-5.5 5/30
  MODEL is also set elsewhere, which
    wins over the default in the code:
    .env.production:3

Notices
  1 untracked file mentions a model id
    and was not read.

Next
  migrate plan -v  one line per site
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
