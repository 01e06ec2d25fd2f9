"""Build small plans by hand."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from migrator import __version__
from migrator.domain.config import Role
from migrator.domain.edit import EditKind
from migrator.domain.plan import (
    SCHEMA,
    ConfigStamp,
    FileDigest,
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
    PlanModel,
    PlanReference,
    PlanSite,
)
from migrator.domain.site import Hold, Outcome


def edit(content: bytes, before: str, after: str = "gpt-5.5", *, path="app.py", **fields):
    """Replace the first `before` in the content."""
    start = content.index(before.encode())
    group = fields.pop("group", "g1")
    return PlanEdit(
        **{
            "id": f"e-{group}-{start}",
            "path": path,
            "line": content.count(b"\n", 0, start) + 1,
            "start": start,
            "end": start + len(before.encode()),
            "before": before,
            "after": after,
            "kind": EditKind.MODEL,
            "group": group,
            **fields,
        }
    )


def site(name: str, path: str = "app.py", edits=(), **fields) -> PlanSite:
    unclear = Assessment(answer="unclear")
    made = PlanSite(
        id=name,
        path=path,
        line=1,
        column=1,
        call="client.responses.create",
        language="python",
        surface="responses",
        role=Role.PRODUCTION,
        why_role="no sign of another role",
        model=PlanModel(
            written="gpt-4o", resolved="gpt-4o", family="gpt-4o", tier="mainline", shutdown=None
        ),
        references=(PlanReference(path=path, line=1, column=9, text="gpt-4o", prefix="", via=()),),
        prompts=(),
        settings={},
        outcome=Outcome.LIGHT_REWRITE,
        why="nothing is in the way",
        clause="light.1",
        if_confirmed=None,
        asks=(),
        hold=Hold.MOVES,
        prompt_edit=None,
        moves_with=(),
        findings=(),
        checklist=(),
        assessments=Assessments(structured_output=unclear, tools=unclear, phase=unclear),
        effort=Effort(current="absent", recommendation="add none"),
        validation_proposed=(),
        edits=tuple(edits),
    )
    return replace(made, **fields)


def plan(files: dict[str, bytes], edits=(), sites=None, **fields) -> Plan:
    """A plan of these files in which each group that has an edit has one site."""
    groups = tuple(dict.fromkeys(each.group for each in edits))
    if sites is None:
        sites = tuple(_site_of(group, edits) for group in groups)
    made = Plan(
        schema=SCHEMA,
        tool=__version__,
        target="gpt-5.5",
        playbook=PlaybookStamp(name="gpt-5.5", digest="p" * 64),
        config=ConfigStamp(digest="c" * 64),
        repository=RepositoryStamp(commit=None, dirty=False),
        files=tuple(
            FileDigest(path=path, sha256=hashlib.sha256(content).hexdigest())
            for path, content in sorted(files.items())
        ),
        totals={"light_rewrite": Total(sites=len(sites), edited=len(sites), held=0)},
        accounting={"site": len(sites), "residual": 0},
        mentions=(),
        prompts=(),
        sites=tuple(sites),
        groups=tuple(_group_of(group, edits, sites) for group in groups),
        edits=tuple(edits),
        follow_ups=(),
        skipped=(),
    )
    return replace(made, **fields)


def _site_of(group, edits):
    own = [each for each in edits if each.group == group]
    return site(f"s-{group}", own[0].path, [each.id for each in own])


def _group_of(group, edits, sites):
    own = [each for each in edits if each.group == group]
    ids = {each.id for each in own}
    return PlanGroup(
        id=group,
        references=tuple(f"{each.path}:{each.line}" for each in own),
        sites=tuple(each.id for each in sites if ids & set(each.edits)),
        held_by=(),
        moves=True,
    )
