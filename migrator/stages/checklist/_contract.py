"""Tell whether what reads the answer rests on an explicit contract «checklist.6, workflow.7.5»."""

from __future__ import annotations

from migrator.domain.expression import Item, Member, Name, dotted
from migrator.domain.forced import forced_tool
from migrator.domain.plan_site import Assessment, ChecklistItem
from migrator.domain.site import BoundCall, BoundSite, SettingState
from migrator.stages.checklist._answers import NO, UNCLEAR, YES, item, seen, telling

_ANSWERS = {
    YES: "an explicit contract shapes the answer; it stays as it is",
    NO: "code takes free text apart, and only the prompt's words shape it",
    UNCLEAR: "no contract and no parser is seen here; what callers do with the text is not",
}


def contract(site: BoundSite) -> ChecklistItem:
    """Answer question 6: a format, a forced function, a validating parser, or none of them."""
    call = site.call
    if call is None:
        return item(6, UNCLEAR, "no call is seen that this id reaches")
    name, setting = telling(call, call.surface.output_format)
    if setting.state is SettingState.EXPLICIT:
        return item(6, YES, f"{name} states the format", setting.at)
    if setting.state is SettingState.UNRESOLVED:
        named = _type(call, name)
        if named:
            return item(6, YES, f"{name} states the format: the type `{named}`", setting.at)
        return item(6, UNCLEAR, f"{name} cannot be read here", setting.at)
    forced = forced_tool(call)
    if forced:
        at = call.setting(forced).at
        return item(6, YES, f"{forced} forces a function, whose schema is the contract", at)
    for each in site.parsed:
        if each.validates:
            return item(6, YES, f"`{each.by}` validates the shape of the answer", each.at)
    for each in site.parsed[:1]:
        return item(6, NO, f"`{each.by}` takes free text apart", each.at)
    return item(6, UNCLEAR, "no output format is set, and no parser is seen in this function")


def _type(call: BoundCall, name: str) -> str:
    """Give the name of the class that is written for a format, empty for anything else.

    A class is told by its capital letter, wherever it is defined (`Reply`, `list[Reply]`).
    """
    given = call.arguments.get(name)
    written = given.expression if given else None
    inner = written.key if isinstance(written, Item) else written
    named = dotted(inner) or "" if isinstance(inner, Name | Member) else ""
    return named if named.rpartition(".")[2][:1].isupper() else ""


def assess_contract(site: BoundSite) -> Assessment:
    """Assess structured output and formatting."""
    call = site.call
    if call is None:
        return Assessment(answer="cannot tell: no call is seen")
    answer = contract(site)
    name, setting = telling(call, call.surface.output_format)
    unread = setting.state is SettingState.UNRESOLVED and answer.answer == UNCLEAR
    told = (
        f"{name} is set to something that cannot be read here"
        if unread
        else _ANSWERS[answer.answer]
    )
    parsers = tuple(f"{each.by} at {each.at.path}:{each.at.line}" for each in site.parsed)
    where = f" at {answer.at.path}:{answer.at.line}" if answer.at else ""
    found = f"{answer.evidence}{where}"
    return Assessment(
        answer=told,
        evidence=(found, *seen(call, call.surface.output_format), *parsers),
    )
