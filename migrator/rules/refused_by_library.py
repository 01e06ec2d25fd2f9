"""Report libraries whose installed version does not take the target's id.

What it checks
    The version that a lock file, a requirements file or pyproject.toml names, against the versions
    of the library that raise for the id; nothing pinned means the newest.

Why
    Some libraries look every model up in a table of their own and raise for one that is not in it,
    before anything is sent. The string alone then breaks the call.

Example
    `OpenAI(model="gpt-4o")` of llama-index-llms-openai, from before it knew gpt-5.5.

Source
    The `treatments` of the playbook's libraries; each finding cites its own page.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite
from migrator.domain.treatment import Effect

_EFFECTS = (Effect.REFUSES, Effect.OUTDATES)


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Turn each refusal into a finding at the place that names the version."""
    del playbook
    call = site.call
    for each in call.treated if call else ():
        if call is not None and each.treatment.effect in _EFFECTS:
            yield Finding(
                rule=RULE.code,
                clause=RULE.clause,
                severity=Severity.BLOCKS,
                message=f"{each.treatment.message}: {each.distribution}",
                at=each.distribution.at or call.place,
                size=each.treatment.size,
                follow_up=each.treatment.follow_up,
                source=each.treatment.source,
            )


RULE = Rule(
    code="R46",
    slug="refused-by-library",
    title="Library versions that do not take the target",
    clause="blocked.1",
    check=check,
)
