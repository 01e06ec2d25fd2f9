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

import re
from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.sent import possible
from migrator.domain.serving import Serving, ServingKind
from migrator.domain.site import ABSENT, BoundCall, ClassifiedSite
from migrator.domain.source import Place

_SOURCE = "https://learn.microsoft.com/azure/ai-foundry/openai/how-to/reasoning"
_AZURE = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Look at the prefix of the id, at the kind of client and at where the client points."""
    found = [*_of_prefix(site, playbook.target)]
    if site.call is not None:
        found += _of_client(site.call, playbook.target)
    reference = site.bound.reference
    model = reference.recognised.model if reference else None
    if found and model is not None and model.serving is not None:
        yield _declared(model.serving, found[0].at, playbook.target)
    else:
        yield from found


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


def _of_prefix(site: ClassifiedSite, target: str) -> Iterator[Finding]:
    reference = site.bound.reference
    provider = reference.recognised.provider if reference else None
    if reference is None or provider is None:
        return
    if provider.route == "deployment":
        yield _deployment(f"`{provider.text}` names a deployment", reference.place, target)
    elif provider.route == "gateway":
        yield _elsewhere(f"{provider.provider} serves this call", reference.place, target)


def _of_client(call: BoundCall, target: str) -> Iterator[Finding]:
    if call.redirected is not None:
        yield _elsewhere("the calls of the library are redirected here", call.redirected, target)
    receiver = call.receiver
    if receiver is None:
        return
    if receiver.host != "openai" and len(call.hosts) > 1:
        yield _elsewhere(
            "the client may be one of Azure's, as the program runs", call.place, target
        )
        return
    if receiver.host != "openai":
        yield _deployment("on Azure the model names a deployment", call.place, target)
        return
    for name in receiver.base_url:
        setting = call.client.get(name, ABSENT)
        sent = possible(setting)
        at = setting.at or call.place
        hosts = [host for host in map(_host, sent.literals) if host != "api.openai.com"]
        if any(host.endswith(_AZURE) for host in hosts):
            yield _deployment("the client points to an Azure host", at, target)
        elif hosts:
            yield _elsewhere(f"the client points to {hosts[0]}", at, target)
        elif sent.unread or sent.shapes:
            origin = f" ({setting.reason})" if setting.reason else ""
            yield _elsewhere(f"where `{name}` points cannot be read{origin}", at, target)


def _host(url: object) -> str:
    found = re.match(r"(?:[a-z]+://)?(?:[^@/]*@)?([^:/?#]+)", str(url).lower())
    return found.group(1) if found else str(url)


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
