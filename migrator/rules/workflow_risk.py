"""Report what a workflow leans on and a change of model may upset.

What it checks
    The evidence for each workflow risk of the playbook: research, tools, side effects, code and
    terminal, several agents, batches, long horizons, strict formats, long answers. Only strong
    evidence is reported, with the risk's own code; weak evidence stands in the plan and moves
    nothing.

Why
    The guide moves by the string alone only what leans on none of these; where one is seen, it
    asks for the smallest addition to the prompt that answers it.

Example
    `client.responses.create(model="gpt-5.4", tools=[{"type": "web_search"}], input=question)`

Source
    Upgrade guide, clauses string-only.3 and light.1 to light.5; `risks.toml` of the playbook.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.block import RiskEvidence, RiskFact, Strength
from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite
from migrator.domain.wording import plural


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Report each risk with its first piece of strong evidence."""
    for fact in playbook.risks:
        found = [each for each in site.risks if each.risk is fact.id]
        strong = [each for each in found if each.strength is Strength.STRONG]
        if strong:
            yield _finding(fact, strong)


def _finding(fact: RiskFact, found: list[RiskEvidence]) -> Finding:
    first = found[0]
    more = f" (and {plural(len(found) - 1, 'more sign')})" if len(found) > 1 else ""
    return Finding(
        rule=fact.rule,
        clause=fact.clause,
        severity=Severity.RISK,
        message=f"{fact.message}: {first.what}{more}",
        at=first.at,
        source=fact.source,
    )


RULE = Rule(
    slug="workflow-risk",
    title="Workflows that lean on more than the model's id",
    clause="light.1",
    check=check,
)
