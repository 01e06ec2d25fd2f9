"""Find uses of an id's definition that no judged call stands for.

What it checks
    Where the constant, field, default or table entry that holds the id is also given to code out
    of view, set on another library, or narrowed by a type, validator, enum or list beside it.
    So is a definition whose text makes another id (`f"{MODEL}-mini"`).
    A use is also unseen where the call's arguments are changed by code in another place.

Why
    One edit changes every use. A use that cannot be judged may send the target parameters that it
    rejects, or ask a vendor for a model that it does not have.

Example
    `litellm.completion(model=MODEL, temperature=0)` beside a call of the client with `MODEL`

Source
    Upgrade guide, clauses workflow.5.5 and checklist.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Report each such use of the site's reference."""
    for use in site.bound.uses:
        yield Finding(
            rule=RULE.code,
            clause="checklist.1" if use.refuses else RULE.clause,
            severity=Severity.BLOCKS if use.refuses else Severity.UNSETTLED,
            message=_message(use, playbook.target),
            at=use.at,
            size=Size(SizeKind.GATE, 1) if use.refuses else None,
            follow_up=_follow_up(use, playbook.target),
        )


def _message(use: OtherUse, target: str) -> str:
    match use.kind:
        case UseKind.GIVEN:
            return f"the same definition is also given to `{use.written}`, which cannot be judged"
        case UseKind.STORED:
            return f"the same definition is also set as `{use.written}`, out of view from there"
        case UseKind.TYPED:
            return f"the type of `{use.written}` does not admit {target}"
        case UseKind.VALIDATED:
            return f"`{use.written}` is validated; whether {target} passes is not evaluated"
        case UseKind.ENUMERATED:
            return f"`{use.written}` is made of values from elsewhere, which keep the old id"
        case UseKind.KEYED:
            return f"the table `{use.written}` has the same definition as a key"
        case UseKind.CALLED:
            return f"`{use.written}` may reach this call with arguments that were not judged"
        case UseKind.CHANGED:
            return f"`{use.written}`, which the call is given, is changed in another place"
        case UseKind.DERIVED:
            lost = ", which would name no model" if use.refuses else ""
            return f"`{use.written}` is made of the same definition and would change with it{lost}"
        case UseKind.LISTED:
            name = use.written.partition("#")[0]
            return f"the list `{name}` holds several ids, and the edit may repeat {target}"
        case _:
            assert_never(use.kind)


def _follow_up(use: OtherUse, target: str) -> str:
    line = f"{use.at.path}:{use.at.line}"
    match use.kind:
        case UseKind.TYPED:
            return f"Let the type at {line} admit {target}."
        case UseKind.VALIDATED:
            return f"Make sure that the validator at {line} takes {target}."
        case UseKind.ENUMERATED:
            return f"Make sure that {line} still meets every value after the change."
        case UseKind.KEYED:
            return f"Make sure that what the table at {line} says is true of {target}."
        case UseKind.CALLED:
            return f"Judge the arguments at {line} with {target}."
        case UseKind.CHANGED:
            return f"Judge what the call is given once {line} has run."
        case UseKind.LISTED:
            return f"Decide at {line} which of the ids stay."
        case UseKind.DERIVED:
            return f"Write `{use.written}` at {line} without the definition."
        case UseKind.GIVEN | UseKind.STORED:
            return f"Judge the use at {line} with {target}, or give it a definition of its own."
        case _:
            assert_never(use.kind)


RULE = Rule(
    code="R37",
    slug="used-elsewhere",
    title="Uses of a definition that no judged call stands for",
    clause="workflow.5.5",
    check=check,
)
