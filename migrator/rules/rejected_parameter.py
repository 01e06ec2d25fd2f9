"""Report parameters that the target rejects, renames or reads in another way.

What it checks
    Every parameter fact of the playbook against the settings of a call: a literal value that the
    fact covers, on any path, is reported with the fact's own code. A value that is sent but cannot
    be read leaves the site unsettled. `None`, "not given" and default values are no finding.

Why
    A request that worked with the source model fails outright with the target, whatever the
    prompt says, and mending it is a change of parameters.

Example
    `client.chat.completions.create(model="gpt-4o", temperature=0.2, max_tokens=400)` has two.

Source
    `parameters.toml` of the playbook; each finding cites its fact's own source.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from migrator.domain.expression import Expression, Series
from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import ParameterFact, Playbook
from migrator.domain.rule import Rule
from migrator.domain.sent import Literal, Possible, effort, hidden, members, possible
from migrator.domain.site import BoundCall, ClassifiedSite


class Verdict(Enum):
    """What can be said of one value under one fact."""

    FINE = 0
    OPEN = 1
    COVERED = 2


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Compare the settings of a call with every fact of its surface."""
    call = site.call
    if call is None:
        return
    open_names: set[str] = set()
    for fact in playbook.parameters:
        name = call.surface.setting_for(fact.surfaces, fact.name)
        if name is None or hidden(call, name):
            continue
        verdict = _judge(fact, possible(call.setting(name)), effort(call))
        # Where the id is not known, code that decides by it may still leave the parameter out.
        maybe_gone = site.bound.reference is None and possible(call.setting(name)).nothing
        if verdict is Verdict.COVERED and maybe_gone:
            verdict = Verdict.OPEN
        if verdict is Verdict.COVERED:
            yield _covered(fact, call, name)
        elif verdict is Verdict.OPEN and _matters(fact) and name not in open_names:
            open_names.add(name)
            yield _unread(fact, call, name)


def _judge(fact: ParameterFact, sent: Possible, seen_effort: Possible) -> Verdict:
    if fact.unless_effort and seen_effort.always(fact.unless_effort):
        return Verdict.FINE
    verdicts = [_literal(fact, each) for each in sent.literals]
    verdicts += [_shape(fact, each) for each in sent.shapes]
    worst = max(verdicts, key=lambda each: each.value, default=Verdict.FINE)
    if worst is Verdict.COVERED:
        # The exempting effort may be sent, but that cannot be seen: no longer certain.
        maybe_exempt = fact.unless_effort and seen_effort.unread
        return Verdict.OPEN if maybe_exempt else Verdict.COVERED
    return Verdict.OPEN if sent.unread else worst


def _literal(fact: ParameterFact, value: Literal) -> Verdict:
    listed = not fact.values or value in fact.values
    return Verdict.COVERED if listed and value not in fact.defaults else Verdict.FINE


def _shape(fact: ParameterFact, shape: Expression) -> Verdict:
    inside = members(shape) if isinstance(shape, Series) else None
    if inside is not None and fact.values:
        return max((_literal(fact, each) for each in inside), key=_rank, default=Verdict.FINE)
    if inside and all(each in fact.defaults for each in inside):
        return Verdict.FINE
    return Verdict.OPEN if fact.values or fact.defaults else Verdict.COVERED


def _rank(verdict: Verdict) -> int:
    return verdict.value


def _matters(fact: ParameterFact) -> bool:
    return fact.severity in {Severity.BLOCKS, Severity.UNSETTLED}


def _covered(fact: ParameterFact, call: BoundCall, name: str) -> Finding:
    return Finding(
        rule=fact.rule,
        clause=fact.clause,
        severity=fact.severity,
        message=fact.message,
        at=call.setting(name).at or call.place,
        size=fact.size,
        follow_up=fact.follow_up,
        source=fact.source,
    )


def _unread(fact: ParameterFact, call: BoundCall, name: str) -> Finding:
    setting = call.setting(name)
    sent = possible(setting)
    origin = f" ({setting.reason})" if setting.reason else ""
    exempt = " or ".join(f"`{each}`" for each in fact.unless_effort)
    if sent.unread or sent.shapes:
        message = f"`{name}` is sent with a value that cannot be read here{origin}"
    else:
        message = f"`{name}` is accepted only with the effort {exempt}, which cannot be read"
    return Finding(
        rule=fact.rule,
        clause="workflow.5.5",
        severity=Severity.UNSETTLED,
        message=f"{message}: {fact.message}",
        at=setting.at or call.place,
        follow_up=f"Show which values `{name}` and the effort can take, or stop sending it.",
        source=fact.source,
    )


RULE = Rule(
    code="R00",
    slug="rejected-parameter",
    title="Parameters that the target does not accept",
    clause="blocked.2",
    check=check,
)
