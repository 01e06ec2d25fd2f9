from __future__ import annotations

import pytest

from migrator.domain.finding import Severity
from migrator.domain.prompt import PromptKind, Speaker
from migrator.domain.trail import Confidence
from migrator.rules.unidentified_prompt import RULE
from tests.playbooks import playbook
from tests.sites import classified, prompt, wordless


@pytest.mark.parametrize(
    ("link", "fires"),
    [
        (wordless(PromptKind.UNKNOWN), True),
        (wordless(PromptKind.HOSTED), True),
        (prompt(confidence=Confidence.WEAK), True),
        (wordless(PromptKind.RUNTIME), False),
        (wordless(PromptKind.RUNTIME, speaker=Speaker.INSTRUCTIONS), True),
        (wordless(PromptKind.RUNTIME, speaker=Speaker.UNKNOWN), True),
        (wordless(PromptKind.NONE), False),
        (prompt(confidence=Confidence.LIKELY), False),
    ],
)
def test_prompt_that_cannot_be_identified_is_unsettled(link, fires):
    found = list(RULE.check(classified(prompts=(prompt(), link)), playbook()))
    assert [each.severity for each in found] == [Severity.UNSETTLED] * fires


def test_hosted_prompt_names_its_end():
    (only,) = RULE.check(classified(prompts=(wordless(PromptKind.HOSTED),)), playbook())
    assert "2026-11-30" in only.follow_up
