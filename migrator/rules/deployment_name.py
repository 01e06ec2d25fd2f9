"""Report calls whose model is served by somebody else, under a name of theirs.

What it checks
    Azure clients and hosts, prefixes of hosts and gateways (`azure/`, `openrouter/` …) and clients
    that are pointed away from api.openai.com by a literal or by a value that cannot be read.

Why
    On Azure, Bedrock or Databricks the model argument names a deployment that somebody has to
    create first. What a gateway or another host offers is not written in the repository.

Example
    `AzureOpenAI(azure_endpoint=…).chat.completions.create(model="gpt-4o", …)`

Source
    https://learn.microsoft.com/azure/ai-foundry/openai/how-to/reasoning
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.hosting import Host, hosting
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.serving import Serving, ServingKind
from migrator.domain.site import ClassifiedSite
from migrator.domain.source import Place

_SOURCE = "https://learn.microsoft.com/azure/ai-foundry/openai/how-to/reasoning"


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Report every sign of another host: a deployment blocks, the rest cannot be told.

    Where the configuration says what a name serves, its word stands for all signs.
    """
    found = tuple(hosting(site))
    reference = site.bound.reference
    model = reference.recognised.model if reference else None
    if found and model is not None and model.serving is not None:
        yield _declared(model.serving, found[0].at, playbook.target)
        return
    for each in found:
        report = _deployment if each.host is Host.DEPLOYMENT else _elsewhere
        yield report(each.why, each.at, playbook.target)


def _declared(serving: Serving, at: Place, target: str) -> Finding:
    """Say what the configuration says of the name: its word stands for what cannot be seen."""
    told = f"{serving.kind} `{serving.name}` serves {serving.model}; `{serving.becomes}`"
    if serving.ready:
        return Finding(
            rule=RULE.code,
            clause="checklist.1",
            severity=Severity.NOTES,
            message=f"{told} is declared ready for {target}",
            at=at,
        )
    return Finding(
        rule=RULE.code,
        clause="blocked.5",
        severity=Severity.BLOCKS,
        message=f"{told} is not ready for {target} yet",
        at=at,
        size=Size(SizeKind.DEPLOYMENT, 1),
        follow_up=(
            f"Make `{serving.becomes}` serve {target}, then set `ready = true` "
            f"for `{serving.name}` in the configuration; no code changes."
        ),
        source=_SOURCE if serving.kind is ServingKind.DEPLOYMENT else "",
    )


def _deployment(why: str, at: Place, target: str) -> Finding:
    return Finding(
        rule=RULE.code,
        clause="blocked.5",
        severity=Severity.BLOCKS,
        message=f"{why}; one for {target} has to exist before the name can change",
        at=at,
        size=Size(SizeKind.DEPLOYMENT, 1),
        follow_up=(
            f"Create a deployment of {target} with the host, then name both under `deployments` "
            "in the configuration."
        ),
        source=_SOURCE,
    )


def _elsewhere(why: str, at: Place, target: str) -> Finding:
    return Finding(
        rule=RULE.code,
        clause="workflow.5.5",
        severity=Severity.UNSETTLED,
        message=f"{why}; whether {target} is offered there is not in the repository",
        at=at,
        follow_up=f"Ask that host for {target} once, then confirm this site.",
    )


RULE = Rule(
    code="R27",
    slug="deployment-name",
    title="Models served under a deployment's or a gateway's name",
    clause="blocked.5",
    check=check,
)
