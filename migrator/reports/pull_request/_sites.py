"""Fold one section per site, under the guide's nine headings «workflow.7.1 to workflow.7.9»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.domain.edit import EditKind
from migrator.domain.edit_words import in_words
from migrator.domain.plan import PlanEdit
from migrator.domain.plan_site import Assessment, PlanPlace, PlanSite, PromptEdit
from migrator.domain.site import Outcome
from migrator.domain.summary import model_id, place
from migrator.domain.wording import listed, plural
from migrator.reports.pull_request._markdown import clip, code, escape, folded, prose, tag_code
from migrator.reports.pull_request._story import Story
from migrator.reports.pull_request._validation import validated_at

CLAUSES = (
    "workflow.7",
    "workflow.7.1",
    "workflow.7.2",
    "workflow.7.3",
    "workflow.7.4",
    "workflow.7.5",
    "workflow.7.6",
    "workflow.7.7",
    "workflow.7.8",
)

# An address, and what may stand behind it, such as the day on which it was read.
_LINKED = re.compile(r"(https://[^<>\s]+)( \([^()]*\))?")
_PROMPT_EDITS = {
    PromptEdit.EDITED: "edited",
    PromptEdit.NONE_OBSERVED: "nothing to add",
    PromptEdit.ALREADY_COVERED: "nothing to add, the prompt covers what was observed",
    PromptEdit.HELD: "held",
    PromptEdit.NO_BLOCK: "left as it is",
}


def site_sections(story: Story) -> Iterator[str]:
    """Give the sections by outcome; the first of an outcome brings its title."""
    for outcome in Outcome:
        title = f"#### {outcome.replace('_', ' ')}\n\n"
        for site in story.summary.sites(*story.summary.lanes):
            if site.outcome is outcome:
                yield title + _section(site, story) + "\n"
                title = ""


def _section(site: PlanSite, story: Story) -> str:
    state = "changed" if story.result else "to change"
    name = f"{tag_code(place(site))} {tag_code(model_id(site))}"
    summary = f"{name} {state if site.id in story.changed else 'left'}"
    assessments = site.assessments
    headings = {
        "Current model usage": _usage(site),
        "Model-string updates": _updates(site, story),
        "Reasoning-effort handling": _effort(site),
        "Prompt updates": _prompts(site, story),
        "Structured output and formatting assessment": _assessment(assessments.structured_output),
        "Tool-use assessment": _assessment(assessments.tools),
        "Phase assessment": _assessment(assessments.phase),
        "Compatibility check": _compatibility(site, story),
        "Validation performed": validated_at(site, story),
    }
    body = "".join(f"- **{heading}**: {text}\n" for heading, text in headings.items())
    return folded(summary, body + _proposed(site))


def _usage(site: PlanSite) -> str:
    known = (site.model.family and f"family {site.model.family}", site.model.tier)
    kind = ", ".join(escape(each) for each in known if each)
    call = f"called by {code(site.call)}" if site.call else "reaches no call that is seen"
    text = f"{code(model_id(site))} ({kind or 'unknown'}), {call} at {code(place(site))}"
    for reference in site.references:
        via = [f"{hop.what} at {code(f'{hop.path}:{hop.line}')}" for hop in reference.via]
        text += f"; written at {code(f'{reference.path}:{reference.line}')}"
        text += f" and followed through {listed(via, 6)}" if via else ""
    return f"{text}. Role: {site.role}, because {prose(clip(site.why_role))}."


def _updates(site: PlanSite, story: Story) -> str:
    edits = [_edit(each) for each in _edits(site, story, EditKind.MODEL)]
    if edits:
        others = f"; {plural(len(site.moves_with), 'site')} more with it" if site.moves_with else ""
        return listed(edits, 6) + others
    if site.id in story.changed:
        return f"moves to {code(story.plan.target)} with the definition that it shares"
    return f"none: {prose(clip(story.left_because(site)))}"


def _edit(edit: PlanEdit) -> str:
    where = code(f"{edit.path}:{edit.line}")
    return f"{where} {code(clip(edit.before))} → {code(clip(edit.after))}"


def _effort(site: PlanSite) -> str:
    return f"now {prose(site.effort.current)}. Start with: {prose(site.effort.recommendation)}."


def _prompts(site: PlanSite, story: Story) -> str:
    parts = [
        f"{each.speaker} text, {each.kind}, {each.confidence}, {code(f'{each.path}:{each.line}')}"
        for each in site.prompts
    ]
    edits = [_words(each) for each in _edits(site, story, EditKind.PROMPT)]
    fate = _PROMPT_EDITS[site.prompt_edit] if site.prompt_edit else "none"
    fate += f": {prose(clip(site.prompt_why))}" if site.prompt_why else ""
    found = f" Prompt: {listed(parts, 6)}." if parts else " No prompt text was found for it."
    return f"{fate}.{found}" + (f" Edits: {listed(edits, 6)}." if edits else "")


def _words(edit: PlanEdit) -> str:
    where, blocks = (
        code(f"{edit.path}:{edit.line}"),
        listed([code(each) for each in edit.blocks], 3),
    )
    return f"{where} gets {plural(edit.words, 'word')} of {blocks}"


def _edits(site: PlanSite, story: Story, kind: EditKind) -> list[PlanEdit]:
    if site.id not in story.changed:
        return []
    return [edit for edit in story.edits if edit.id in site.edits and edit.kind is kind]


def _assessment(assessment: Assessment) -> str:
    evidence = escape(clip("; ".join(assessment.evidence)))
    return escape(assessment.answer) + (f" ({evidence})" if evidence else "") + "."


def _compatibility(site: PlanSite, story: Story) -> str:
    verdict = f"{code(site.outcome)}, because {prose(clip(site.why))} «{escape(site.clause)}»."
    if site.if_confirmed:
        verdict += f" Once confirmed: {code(site.if_confirmed)}."
    return verdict + _findings(site) + _outside(site, story) + _checklist(site)


def _outside(site: PlanSite, story: Story) -> str:
    freed = story.freed.get(site.id)
    if freed is None or not (story.result is None or site.id in story.changed):
        return ""
    edits = [
        f"{code(f'{each.path}:{each.line}')} {code(clip(in_words(each)))}"
        for each in story.outside
        if each.id in freed.edits
    ]
    if not edits:
        return ""
    then = f"then {code(freed.outcome)}, because {prose(clip(freed.why))}"
    return f"\n  - Outside the guide: {listed(edits, 6)}; {then}"


def _findings(site: PlanSite) -> str:
    lines = ""
    for each in site.findings:
        accepted = ", accepted in the code" if each.accepted else ""
        lines += (
            f"\n  - {escape(each.rule)} «{escape(each.clause)}» {each.severity}{accepted}: "
            f"{prose(clip(each.message))} at {code(_at(each.at))}"
        )
        lines += f". Source: {_source(each.source)}" if each.source else ""
    return lines


def _source(source: str) -> str:
    found = _LINKED.fullmatch(source)
    return f"<{found[1]}>{escape(found[2] or '')}" if found else escape(source)


def _checklist(site: PlanSite) -> str:
    if not site.checklist:
        return ""
    answers = ", ".join(f"{each.item} {each.answer.replace('_', ' ')}" for each in site.checklist)
    unclear = sum(each.answer == "unclear" for each in site.checklist)
    doubt = f" ({plural(unclear, 'answer')} unclear)" if unclear else ""
    return f"\n  - Checklist{doubt}: {escape(answers)}"


def _proposed(site: PlanSite) -> str:
    if not site.validation_proposed:
        return ""
    return f"\nProposed, not run: {prose(clip('; '.join(site.validation_proposed), 600))}.\n"


def _at(at: PlanPlace) -> str:
    return f"{at.path}:{at.line}"
