"""Tell who answers a call: OpenAI, a deployment at another host, or somebody not in view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from migrator.domain.addresses import HOME, host_of, is_home
from migrator.domain.sent import possible
from migrator.domain.site import ABSENT, BoundCall, ClassifiedSite, Setting
from migrator.domain.source import Place
from migrator.domain.trail import HopKind

_AZURE = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")


class Host(StrEnum):
    """Who answers, where it is not OpenAI's own address."""

    DEPLOYMENT = "deployment"  # a name that somebody made: Azure, Bedrock, Databricks
    GATEWAY = "gateway"  # another host, by its name or address
    REGION = "region"  # OpenAI's own host for one region, with the same API
    UNSEEN = "unseen"  # where the client points cannot be read, or depends on the run


@dataclass(frozen=True, slots=True)
class Hosting:
    """One sign of another host: what tells it, and where that is written."""

    host: Host
    why: str
    at: Place


def hosting(site: ClassifiedSite) -> Iterator[Hosting]:
    """Look at the prefix of the id, at the kind of client and at where the client points."""
    reference = site.bound.reference
    provider = reference.recognised.provider if reference else None
    if reference is not None and provider is not None:
        if provider.route == "deployment":
            why = f"`{provider.text}` names a deployment"
            yield Hosting(Host.DEPLOYMENT, why, reference.place)
        elif provider.route == "gateway" and not _is_direct(site.call, provider.text):
            yield Hosting(Host.GATEWAY, f"{provider.provider} serves this call", reference.place)
    if site.call is not None:
        yield from _of_client(site.call)


def served_elsewhere(site: ClassifiedSite) -> bool:
    """Whether a host other than OpenAI's and Azure's certainly answers.

    What the API refuses may then be dropped, translated or taken on the way. A prefix that OpenAI's
    own models bear as well is no such certainty.
    """
    reference = site.bound.reference
    provider = reference.recognised.provider if reference else None
    shared = provider is not None and provider.text in {
        "openai/",
        "responses/",
        "openai/responses/",
    }
    signs = [each for each in hosting(site) if each.host is Host.GATEWAY]
    return len(signs) > shared and not (site.call and site.call.redirected)


def _is_direct(call: BoundCall | None, prefix: str) -> bool:
    """Whether the library of the call means OpenAI itself by a prefix."""
    return call is not None and prefix in call.surface.direct_prefixes


def _of_client(call: BoundCall) -> Iterator[Hosting]:
    if call.redirected is not None:
        why = "the calls of the library are redirected here"
        yield Hosting(Host.UNSEEN, why, call.redirected)
    receiver = call.receiver
    if len(call.hosts) > 1:
        why = "the client may be one of Azure's, as the program runs"
        yield Hosting(Host.UNSEEN, why, call.place)
    elif receiver is not None and receiver.host != "openai":
        yield Hosting(Host.DEPLOYMENT, "on Azure the model names a deployment", call.place)
    if receiver is not None and receiver.host != "openai":
        return
    of_client = receiver.base_url if receiver else ()
    wrapped = (receiver.wraps,) if receiver and receiver.wraps in call.client else ()
    names = tuple(dict.fromkeys((*of_client, *call.surface.base_url, *filter(None, wrapped))))
    for name in names:
        yield from _of_address(call, name)
    if call.pointed is not None and not any(_is_given(call, name) for name in names):
        why = f"`{call.pointed.by}` may point the calls elsewhere"
        yield Hosting(Host.UNSEEN, why, call.pointed.at)


def _is_given(call: BoundCall, name: str) -> bool:
    """Whether an address is certainly given, so that nothing else is looked at."""
    return name in call.client and not possible(call.client[name]).nothing


def _of_address(call: BoundCall, name: str) -> Iterator[Hosting]:
    setting = call.client.get(name, ABSENT)
    sent = possible(setting)
    at = setting.at or call.place
    hosts = [host_of(each) for each in sent.literals if not is_home(each)]
    if any(host.endswith(_AZURE) for host in hosts):
        yield Hosting(Host.DEPLOYMENT, "the client points to an Azure host", at)
    elif any(host.endswith(f".{HOME}") for host in hosts):
        why = f"the client points to {hosts[0]}, a host of OpenAI's for one region"
        yield Hosting(Host.REGION, why, at)
    elif hosts:
        sure = (
            Host.GATEWAY if len(hosts) == len(sent.literals) and not sent.nothing else Host.UNSEEN
        )
        yield Hosting(sure, f"the client points to {hosts[0]}", at)
    elif sent.unread or sent.shapes:
        origin = f" ({setting.reason})" if setting.reason else ""
        yield Hosting(Host.UNSEEN, f"where `{name}` points cannot be read{origin}", at)
    elif sent.nothing and not sent.literals and (variable := _left_open(setting)):
        yield Hosting(Host.UNSEEN, f"`{variable}` says where the client points, if it is set", at)


def _left_open(setting: Setting) -> str:
    """Name the variable that an address is read from, where none is given by default."""
    hops = (hop for end in setting.ends for hop in end.hops)
    return next((hop.detail for hop in hops if hop.kind is HopKind.ENVIRONMENT), "")
