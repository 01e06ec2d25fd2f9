"""Build plans by hand: small, complete, and readable where they differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrator.domain.config import Role
from migrator.domain.edit import EditKind
from migrator.domain.finding import Severity, Size, SizeKind
from migrator.domain.mention import Bucket
from migrator.domain.plan import (
    SCHEMA,
    BasisSource,
    ConfigStamp,
    FollowUp,
    Override,
    Plan,
    PlanEdit,
    PlanGroup,
    PlaybookStamp,
    RepositoryStamp,
    Total,
)
from migrator.domain.plan_site import (
    Assessment,
    Assessments,
    Effort,
    PlanFinding,
    PlanModel,
    PlanPlace,
    PlanReference,
    PlanSite,
    PromptEdit,
)
from migrator.domain.site import Ask, Hold, Outcome

NONE_SEEN = Assessment(answer="none seen")
SITE = PlanSite(
    id="s0",
    path="app/chat.py",
    line=12,
    column=12,
    call="client.responses.create",
    language="python",
    surface="openai.responses",
    role=Role.PRODUCTION,
    why_role="no sign of another role",
    model=PlanModel(
        written="gpt-4o", resolved="gpt-4o", family="gpt-4o", tier="mainline", shutdown=None
    ),
    references=(),
    prompts=(),
    settings={},
    outcome=Outcome.LIGHT_REWRITE,
    why="gpt-4o is not of the GPT-5.4 family",
    clause="workflow.4.2",
    if_confirmed=None,
    asks=(),
    hold=Hold.MOVES,
    prompt_edit=None,
    moves_with=(),
    findings=(),
    checklist=(),
    assessments=Assessments(structured_output=NONE_SEEN, tools=NONE_SEEN, phase=NONE_SEEN),
    effort=Effort(current="not set", recommendation="add no setting"),
    validation_proposed=(),
    edits=(),
)
PLAN = Plan(
    schema=SCHEMA,
    tool="0.1.0",
    target="gpt-5.5",
    playbook=PlaybookStamp(
        name="gpt-5.5",
        digest="ab" * 32,
        sources=(
            BasisSource(
                title="Upgrading to GPT-5.5", url="https://example.com/guide", read="2026-04-24"
            ),
        ),
        price=(5.0, 30.0),
        price_read="2026-09-01",
    ),
    config=ConfigStamp(digest="cd" * 32),
    repository=RepositoryStamp(commit="3f2a91c4d2" * 4, dirty=False),
    files=(),
    totals={},
    accounting={**dict.fromkeys(Bucket, 0), "unread": 0, "residual": 0},
    mentions=(),
    prompts=(),
    sites=(),
    groups=(),
    edits=(),
    follow_ups=(),
    skipped=(),
)


def make_site(number, path, line, model="gpt-4o", **changes):
    found = PlanModel(
        written=model,
        resolved=model,
        family=model,
        tier="mainline",
        shutdown=changes.pop("shutdown", None),
        price=changes.pop("price", None),
    )
    return replace(SITE, id=f"s{number}", path=path, line=line, model=found, **changes)


def make_finding(rule, severity, message, **changes):
    edits = changes.pop("edits", None)
    size = Size(SizeKind.PARAMETER, edits) if edits else None
    base = PlanFinding(
        rule=rule,
        clause="posture.5",
        severity=severity,
        message=message,
        at=PlanPlace(path="app/chat.py", line=14),
        size=size,
        follow_up="",
        source="https://example.com/fact",
    )
    return replace(base, **changes)


def make_edit(number, path, line, group, before="gpt-4o"):
    return PlanEdit(
        id=f"e{number}",
        path=path,
        line=line,
        start=10,
        end=10 + len(before),
        before=before,
        after="gpt-5.5",
        kind=EditKind.MODEL,
        group=group,
    )


def make_group(name, reference, *sites):
    return PlanGroup(id=name, references=(reference,), sites=sites, held_by=(), moves=True)


def counted(sites):
    return {
        outcome: Total(
            sites=sum(site.outcome is outcome for site in sites),
            edited=sum(site.outcome is outcome and bool(site.edits) for site in sites),
            held=sum(
                site.outcome is outcome and site.hold is Hold.MOVES and not site.edits
                for site in sites
            ),
        )
        for outcome in Outcome
    }


@pytest.fixture
def site():
    return make_site


@pytest.fixture
def finding():
    return make_finding


@pytest.fixture
def edit():
    return make_edit


@pytest.fixture
def plan():
    """Make a plan of some sites; totals are counted from them."""

    def make(*sites, **changes):
        return replace(PLAN, sites=sites, totals=counted(sites), **changes)

    return make


CAP = {
    "edits": 1,
    "follow_up": "Rename max_tokens to max_completion_tokens",
}
MOVED = {
    "edits": ("e1",),
    "prompt_edit": PromptEdit.NO_BLOCK,
    "prompt_why": "it is not in English",
    "price": (2.5, 10.0),
}
SILENT = Effort(current="not set", recommendation="add no setting", becomes="medium")


def desk_sites():
    cap = make_finding("R10", Severity.BLOCKS, "max_tokens is rejected", **CAP)
    stop = make_finding("R15", Severity.BLOCKS, "stop is rejected", edits=3)
    small = make_finding("R24", Severity.ASKS, "OpenAI names gpt-6-luna as the replacement")
    reference = PlanReference(
        path="app/config.py", line=3, column=10, text="gpt-4o", prefix="", via=()
    )
    asks = {"outcome": Outcome.CONFIRMATION_NEEDED, "hold": Hold.HOLDS}
    role = {**asks, "hold": Hold.FOLLOWS, "why": "the site is a test", "asks": (Ask.TEST,)}
    blocked = {"outcome": Outcome.BLOCKED, "hold": Hold.HOLDS}
    return (
        make_site(1, "app/answer.py", 20, **MOVED, effort=SILENT, references=(reference,)),
        make_site(2, "app/answer.py", 41, **MOVED, effort=SILENT, references=(reference,)),
        make_site(3, "app/summary.py", 9, "gpt-5.4", outcome=Outcome.STRING_ONLY, edits=("e2",),
                  why="GPT-5.4 with a short, explicit prompt", clause="workflow.4.1"),
        make_site(4, "app/triage.py", 15, "o3", shutdown="2026-12-11",
                  why="o3 is not of the GPT-5.4 family"),
        make_site(5, "app/triage.py", 30, "o3", **blocked, findings=(cap,), shutdown="2026-12-11",
                  why="max_tokens is rejected"),
        make_site(6, "app/legacy.py", 7, **blocked, findings=(stop,), why="stop is rejected"),
        make_site(7, "app/route.py", 8, "gpt-4o-mini", **asks, asks=(Ask.SMALL,),
                  findings=(small,), why="gpt-4o-mini is a small tier"),
        make_site(8, "app/worker.py", 5, outcome=Outcome.UNKNOWN, hold=Hold.REPORTS,
                  why="the model comes from MODEL, which has no default"),
        make_site(9, "tests/test_chat.py", 6, **role, role=Role.TEST),
        make_site(10, "app/new.py", 2, "gpt-5.5", outcome=Outcome.NO_CHANGE, hold=Hold.REPORTS,
                  why="already gpt-5.5"),
    )  # fmt: skip


@pytest.fixture
def desk(plan):
    """A plan with a site in every lane and one held definition."""
    sites = desk_sites()
    groups = (
        make_group("g1", "app/config.py:3", "s1", "s2"),
        make_group("g2", "app/summary.py:9", "s3"),
        PlanGroup(
            id="g3",
            references=("app/triage.py:4",),
            sites=("s4", "s5"),
            held_by=("s5",),
            moves=False,
            release=("Rename max_tokens to max_completion_tokens at app/triage.py:30",),
        ),
    )  # fmt: skip
    return plan(
        *sites,
        groups=groups,
        edits=(
            make_edit(1, "app/config.py", 3, "g1"),
            make_edit(2, "app/summary.py", 9, "g2", "gpt-5.4"),
        ),
        follow_ups=(
            FollowUp(
                id="t1",
                task="Rename max_tokens to max_completion_tokens",
                rule="R10",
                clause="blocked.2",
                why="gpt-5.5 rejects max_tokens",
                place="app/triage.py:30",
                shows_at=(),
                keep="every other argument",
                size=Size(SizeKind.PARAMETER, 1),
                sites=("s5",),
                frees=("s4", "s5"),
                acceptance="migrate plan shows app/triage.py:30 without R10",
            ),
        ),
        accounting={
            **dict.fromkeys(Bucket, 0),
            Bucket.SITE: 9, Bucket.CATALOGUE: 4, Bucket.PROSE: 2, "unread": 1, "residual": 0,
        },
        overrides=(Override(path=".env.production", line=3, key="MODEL"),),
        notices=("1 untracked file mentions a model id and was not read.",),
    )  # fmt: skip
