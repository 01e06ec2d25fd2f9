"""Report parameters that the target rejects, renames or reads in another way.

What it checks
    Every parameter fact of the playbook against the settings of a call: a literal value that the
    fact covers, on any path, is reported with the fact's own code. A value that is sent but cannot
    be read leaves the site unsettled. `None`, "not given" and default values are no finding. Where
    the effort exempts the value, that is noted. A host other than OpenAI's or Azure's may not pass
    the parameter on: there the site is unsettled.
    What a library in between does not send as written is R47's.

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
from dataclasses import replace

from migrator.domain.configured import Configured, configured
from migrator.domain.covered import Verdict, judge_value
from migrator.domain.finding import Finding, Severity
from migrator.domain.hosting import served_elsewhere
from migrator.domain.playbook import ParameterFact, Playbook
from migrator.domain.remedy import Remedy, RemedyKind
from migrator.domain.rule import Rule
from migrator.domain.sent import effort, hidden, kept_away, possible
from migrator.domain.site import BoundCall, ClassifiedSite, SettingState
from migrator.domain.treatment import Treated, keeping

# What is sent in the body as it stands.
BODY = "extra_body"


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Compare the settings of a call with every fact of its surface."""
    call = site.call
    if call is None:
        return
    open_names: set[str] = set()
    elsewhere = served_elsewhere(site)
    for fact in playbook.parameters:
        name = call.surface.setting_for(fact.surfaces, fact.name)
        if name is None or hidden(call, name) or kept_away(call, fact.name):
            continue
        sent = possible(call.setting(name))
        verdict = judge_value(fact, sent, effort(call))
        # Where the id is not known, code that decides by it may still leave the parameter out.
        if verdict is Verdict.COVERED and site.bound.reference is None and sent.nothing:
            verdict = Verdict.OPEN
        if verdict is Verdict.COVERED:
            yield _weighed(_covered(fact, call, name), fact, call, name, elsewhere=elsewhere)
        elif verdict is Verdict.EXEMPT:
            yield _exempt(fact, call, name)
        elif verdict is Verdict.OPEN and _matters(fact) and name not in open_names:
            open_names.add(name)
            yield _unread(fact, call, name)


def _matters(fact: ParameterFact) -> bool:
    return fact.severity in {Severity.BLOCKS, Severity.UNSETTLED}


def _covered(fact: ParameterFact, call: BoundCall, name: str) -> Finding:
    setting = call.setting(name)
    key = configured(setting)
    through = keeping(call.missed, fact.name)
    follow_up = fact.follow_up if key is None else _in_configuration(fact, call, name, key)
    return Finding(
        rule=fact.rule,
        clause=fact.clause,
        severity=fact.severity,
        message=fact.message if through is None else f"{fact.message}; {_sends(through)}",
        at=setting.at or call.place,
        size=fact.size,
        follow_up=_raising(follow_up, through),
        source=fact.source,
        remedies=tuple(_remedies(fact, call, name)),
        root=None if key is None else key.at,
    )


def _sends(through: Treated) -> str:
    return f"{through.distribution} sends it as it is written"


def _raising(follow_up: str, through: Treated | None) -> str:
    if through is None:
        return follow_up
    wanted = f"{through.distribution.name} {through.treatment.versions}"
    return f"{follow_up} Or install {wanted}: there {through.treatment.message}."


def _in_configuration(fact: ParameterFact, call: BoundCall, name: str, key: Configured) -> str:
    """Say what to change in a file of configuration, and whether that alone is enough.

    Where the code itself names the parameter, dropping the key does not stop it from being sent.
    """
    where = f"{key.at.path}:{key.at.line}"
    named = f"`{key.key}` in {where}" if key.key else where
    if not _written(call, name) or fact.values:
        return f"{fact.follow_up} It is set as {named}: no code changes."
    if fact.defaults:
        return f"Set {named} to {fact.defaults[0]}, which is always accepted: no code changes."
    return f"{fact.follow_up} Its value is {named}; the code names the parameter."


def _weighed(
    finding: Finding, fact: ParameterFact, call: BoundCall, name: str, *, elsewhere: bool
) -> Finding:
    """Weaken a finding that is less than certain.

    A host in between may not pass the parameter on; what no model takes, and the call does not
    write itself, may be no part of it.
    """
    if not _matters(fact):
        return finding
    if fact.any_model and not _written(call, name):
        return _doubted(finding, "this call cannot work as it reads, or it was misread")
    if elsewhere:
        return _doubted(finding, "whether the host in between passes it on is not known")
    return finding


def _written(call: BoundCall, name: str) -> bool:
    own = {each.name for each in call.invocation.call.keywords}
    return name.partition(".")[0] in own or BODY in own


def _doubted(finding: Finding, why: str) -> Finding:
    return replace(
        finding,
        clause="workflow.5.5",
        severity=Severity.UNSETTLED,
        size=None,
        message=f"{finding.message}; {why}",
        remedies=(),
    )


def _remedies(fact: ParameterFact, call: BoundCall, name: str) -> Iterator[Remedy]:
    """Give the fact's remedies in the words of this call; those that it has no words for are out.

    A value that comes from a table or a splat is edited where it stands: `setting` still names it.
    """
    for each in fact.remedies:
        if each.do is RemedyKind.EFFORT:
            if call.surface.effort is not None:
                yield replace(each, setting=call.surface.effort)
            continue
        to = call.surface.setting_for(fact.surfaces, each.to) if each.to else ""
        if to is not None:
            yield replace(each, setting=name, to=to)


def _exempt(fact: ParameterFact, call: BoundCall, name: str) -> Finding:
    literal = " or ".join(f"`{each}`" for each in fact.unless_effort)
    written = call.setting(call.surface.effort).state is not SettingState.ABSENT
    why = "is literally" if written else "that the library sends is"
    return Finding(
        rule=fact.rule,
        clause="checklist.3",
        severity=Severity.NOTES,
        message=f"`{name}` stays accepted, as the effort {why} {literal}",
        at=call.setting(name).at or call.place,
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
        remedies=tuple(
            each for each in _remedies(fact, call, name) if each.do is not RemedyKind.REPLACE
        ),
    )


RULE = Rule(
    slug="rejected-parameter",
    title="Parameters that the target does not accept",
    clause="blocked.2",
    check=check,
)
