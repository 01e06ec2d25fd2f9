"""Report parameters that a library sends although nobody wrote them, and the target refuses.

What it checks
    Calls of agents and chains that add a parameter of their own, such as the `stop` words of a
    ReAct agent, against the parameter facts of the API that the request goes to.

Why
    The code looks clean, and yet the request is refused.

Example
    `create_react_agent(llm, tools, prompt)` of LangChain binds stop words of its own.

Source
    The `treatments` of the playbook's libraries, and the fact on the parameter.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import ParameterFact, Playbook
from migrator.domain.rule import Rule
from migrator.domain.sent import effort, kept_away
from migrator.domain.site import BoundCall, ClassifiedSite
from migrator.domain.treatment import Effect, Treated


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Hold what a library adds against the facts on that parameter."""
    call = site.call
    for each in call.treated if call else ():
        if call is None or each.treatment.effect is not Effect.ADDS:
            continue
        for fact in playbook.parameters:
            if _speaks_of(fact, each, call) and not _is_exempt(fact, call):
                yield _finding(each, fact, call)


def _speaks_of(fact: ParameterFact, added: Treated, call: BoundCall) -> bool:
    """Whether a fact blocks what is added, of which only the name is known."""
    named = fact.name in added.treatment.parameters and call.surface.api in fact.surfaces
    of_any = fact.unconditional or bool(fact.defaults)
    return named and of_any and fact.severity is Severity.BLOCKS


def _is_exempt(fact: ParameterFact, call: BoundCall) -> bool:
    return kept_away(call, fact.name) is not None or (
        bool(fact.unless_effort) and effort(call).always(fact.unless_effort)
    )


def _finding(added: Treated, fact: ParameterFact, call: BoundCall) -> Finding:
    return Finding(
        rule=RULE.code,
        clause=fact.clause,
        severity=Severity.BLOCKS,
        message=f"{added.treatment.message}: {added.distribution}; {fact.message}",
        at=call.place,
        size=added.treatment.size,
        follow_up=added.treatment.follow_up,
        source=added.treatment.source,
    )


RULE = Rule(
    code="R48",
    slug="added-by-library",
    title="Parameters that a library adds by itself",
    clause="blocked.2",
    check=check,
)
