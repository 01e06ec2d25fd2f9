from __future__ import annotations

import pytest

from migrator.domain.finding import Severity, SizeKind
from migrator.rules.deployment_name import RULE
from tests.playbooks import AZURE, OPENAI, playbook
from tests.sites import sent, site_of, unread


def found(model="gpt-4.1", base_url=None, receiver=OPENAI):
    client = {"base_url": base_url} if base_url else {}
    site = site_of({}, model=model, receiver=receiver, client=client)
    return list(RULE.check(site, playbook()))


def severities(**given):
    return [each.severity for each in found(**given)]


def test_azure_client_blocks_on_a_deployment():
    (only,) = found(receiver=AZURE)
    assert only.severity is Severity.BLOCKS
    assert only.size is not None
    assert only.size.kind is SizeKind.DEPLOYMENT


def test_plain_client_is_silent():
    assert not found()


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("azure/gpt-4.1", [Severity.BLOCKS]),
        ("openrouter/openai/gpt-4.1", [Severity.UNSETTLED]),
        ("openai/gpt-4.1", []),
    ],
)
def test_prefix_tells_who_serves(model, expected):
    assert severities(model=model) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.openai.com/v1", []),
        ("https://openrouter.ai/api/v1", [Severity.UNSETTLED]),
        ("http://localhost:8000/v1", [Severity.UNSETTLED]),
        ("https://desk.openai.azure.com/openai/v1/", [Severity.BLOCKS]),
        ("https://api.openai.com.example.org/v1", [Severity.UNSETTLED]),
    ],
)
def test_base_url_tells_who_serves(url, expected):
    assert severities(base_url=sent(url)) == expected


def test_base_url_from_elsewhere_is_unsettled_and_says_where_from():
    (only,) = found(base_url=unread("LLM_URL has no default"))
    assert only.severity is Severity.UNSETTLED
    assert "LLM_URL" in only.message


def test_base_url_of_none_is_silent():
    assert not found(base_url=sent(None))
