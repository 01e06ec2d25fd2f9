"""Report parameters that the library in between leaves out or renames for the target.

What it checks
    Settings that a parameter fact covers and that the installed version of the library does not
    send as written: what it leaves out is a warning, what it renames is noted. A default of the
    library's own that takes the place of the API's is a warning as well.

Why
    The request succeeds, but not as it is written: a temperature that nobody sends any more changes
    the answers, and a reader of the code would not know.

Example
    `ChatOpenAI(model="gpt-4o", temperature=0)` sends no temperature for gpt-5 models.

Source
    The `treatments` of the playbook's libraries; each finding cites its own page.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.covered import Verdict, judge_value
from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.sent import effort, hidden, kept_away, possible
from migrator.domain.site import ClassifiedSite
from migrator.domain.source import Place
from migrator.domain.treatment import Effect, Treated


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Say what becomes of each covered setting that is kept from the API."""
    call = site.call
    for each in call.treated if call else ():
        if call is not None and each.treatment.effect is Effect.SETS:
            yield _finding(each, call.place, Severity.WARNS)
    for fact in playbook.parameters if call else ():
        name = call.surface.setting_for(fact.surfaces, fact.name) if call else None
        treated = kept_away(call, fact.name) if call else None
        if call is None or name is None or treated is None or hidden(call, name):
            continue
        verdict = judge_value(fact, possible(call.setting(name)), effort(call))
        if verdict not in {Verdict.COVERED, Verdict.OPEN}:
            continue
        drops = treated.treatment.effect is Effect.DROPS
        at = call.setting(name).at or call.place
        yield _finding(treated, at, Severity.WARNS if drops else Severity.NOTES)


def _finding(treated: Treated, at: Place, severity: Severity) -> Finding:
    return Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=severity,
        message=f"{treated.treatment.message}: {treated.distribution}",
        at=at,
        follow_up=treated.treatment.follow_up,
        source=treated.treatment.source,
    )


RULE = Rule(
    code="R47",
    slug="changed-by-library",
    title="Parameters that the library does not send as written",
    clause="checklist.3",
    check=check,
)
