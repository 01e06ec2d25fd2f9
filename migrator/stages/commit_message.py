"""Word the commits: what changed, at which sites, and which clause decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from migrator.domain.edit import EditKind
from migrator.domain.edit_words import in_words
from migrator.domain.plan import Plan, PlanEdit
from migrator.domain.plan_site import PlanSite
from migrator.domain.wording import plural

_ASKED = "Outside the upgrade guide, as asked with --unblock:"


@dataclass(frozen=True, slots=True)
class Message:
    """A commit's subject and body, and the sites that change with it."""

    subject: str
    body: str
    sites: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole message."""
        return f"{self.subject}\n\n{self.body}\n"


def word_commit(plan: Plan, edits: Sequence[PlanEdit]) -> Message:
    """Word the commit of these edits, with a trailer per site and per deciding clause or rule."""
    sites = _changed(plan, edits)
    outside = [edit for edit in edits if edit.kind is EditKind.UNBLOCK]
    lines = [_words(edit) for edit in edits if edit.kind is EditKind.PROMPT]
    if len(outside) < len(edits):
        lines += [_line(site, plan.target) for site in sites]
    asked = [_ASKED, *(f"- {each.path}:{each.line}: {in_words(each)}" for each in outside)]
    trailers = [f"Migrate-Site: {site.id}" for site in sites]
    trailers += [f"Migrate-Rule: {rule}" for rule in _rules(sites, edits)]
    parts = (lines, asked if outside else [], trailers)
    body = "\n\n".join("\n".join(part) for part in parts if part)
    return Message(_subject(plan.target, edits), body, tuple(site.id for site in sites))


def kind_of(edits: Sequence[PlanEdit]) -> EditKind:
    """Give the layer a commit belongs to: the model's, when it mixes several."""
    kinds = {edit.kind for edit in edits}
    return kinds.pop() if len(kinds) == 1 else EditKind.MODEL


def _subject(target: str, edits: Sequence[PlanEdit]) -> str:
    files = list(dict.fromkeys(edit.path for edit in edits))
    lines = {edit.line for edit in edits}
    where = files[0] if len(files) == 1 else f"{files[0]} and {len(files) - 1} more"
    if len(files) == len(lines) == 1:
        where += f":{edits[0].line}"
    match kind_of(edits):
        case EditKind.MODEL:
            return f"Upgrade {_ids(edits)} to {target} in {where}"
        case EditKind.PROMPT:
            return f"prompt: Adapt to {target} in {where}"
        case EditKind.UNBLOCK:
            return f"unblock: Make ready for {target} in {where}"


def _ids(edits: Sequence[PlanEdit]) -> str:
    ids = list(dict.fromkeys(each.before for each in edits if each.kind is EditKind.MODEL))
    return ids[0] if len(ids) == 1 else f"{len(ids)} models"


def _changed(plan: Plan, edits: Sequence[PlanEdit]) -> tuple[PlanSite, ...]:
    """Give the sites that name one of the edits; else all sites of the groups."""
    made = {edit.id for edit in edits}
    direct = tuple(site for site in plan.sites if made & set(site.edits))
    if direct:
        return direct
    groups = {edit.group for edit in edits}
    members = {each for group in plan.groups if group.id in groups for each in group.sites}
    return tuple(site for site in plan.sites if site.id in members)


def _words(edit: PlanEdit) -> str:
    blocks = " and ".join(edit.blocks) or "its own"
    return f"- {edit.path}:{edit.line} prompt: {plural(edit.words, 'word')} of {blocks}"


def _line(site: PlanSite, target: str) -> str:
    what = f"{site.path}:{site.line} {site.call or 'reference'}"
    return f"- {what}: {site.model.written or 'model'} -> {target} ({site.outcome})"


def _rules(sites: Sequence[PlanSite], edits: Sequence[PlanEdit]) -> list[str]:
    """Name the clauses that decided, and the rules whose findings edits outside the guide lift."""
    clauses = {site.clause for site in sites if site.clause}
    return sorted(clauses | {rule for edit in edits for rule in edit.rules})
