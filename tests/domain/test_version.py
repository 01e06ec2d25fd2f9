from __future__ import annotations

import pytest

from migrator.domain.distribution import Distribution
from migrator.domain.source import Place
from migrator.domain.version import range_of, version_of


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("==1.1.0", "1.1", "1.1.1"),
        ("1.2.3", "1.2.3", "1.2.4"),
        (">=0.3,<0.4", "0.3.99", "0.4"),
        ("~=1.4", "1.9", "2.0"),
        ("~=1.4.2", "1.4.9", "1.5"),
        ("^0.3", "0.3.7", "0.4"),
        ("^1.2", "1.9", "2.0"),
        ("~1.2", "1.2.9", "1.3"),
        ("1.2.*", "1.2.7", "1.3"),
        (">0.3.1", "0.3.2", "0.3.1"),
        ("<=0.3.1", "0.3.1", "0.3.2"),
        (">=1.0, !=1.4", "1.4", "0.9"),
    ],
)
def test_a_range_knows_its_versions(text, inside, outside):
    found = range_of(text)
    assert found is not None
    assert found.holds(version_of(inside))
    assert not found.holds(version_of(outside))


def test_what_is_no_range_is_none():
    assert range_of(">=1||<0.5") is None
    assert range_of("@ git+https://example.org/fork") is None
    assert version_of("main") is None


@pytest.mark.parametrize(
    ("written", "wanted", "answer"),
    [
        (">=0.2", ">=0.3.29", True),  # the newest gets installed
        (">=0.2,<0.3", ">=0.3.29", False),
        ("<0.3.30", ">=0.3.29", True),
        ("==0.3.28", ">=0.3.29", False),
        ("", ">=0.3.29", True),
        ("", "<1", False),
    ],
)
def test_of_a_range_the_newest_version_counts(written, wanted, answer):
    assert Distribution(name="langchain-openai", written=written).within(wanted) is answer


@pytest.mark.parametrize(
    ("written", "answer"),
    [("==0.24.0", True), (">=0.18", True), (">=0.17", False), ("<0.30", False), ("", False)],
)
def test_a_version_is_sure_where_every_one_allowed_is_in_range(written, answer):
    assert Distribution(name="openai-agents", written=written).surely(">=0.18.0") is answer


def test_a_version_is_said_with_its_place():
    at = Place("uv.lock", 7)
    locked = Distribution(name="litellm", written="1.80.0", exact=True, at=at)
    assert str(locked) == "litellm 1.80.0 (uv.lock:7)"
    below = Distribution(name="litellm", written="<2", at=at)
    assert str(below) == "litellm (uv.lock:7, the newest that `<2` allows)"
    loose = Distribution(name="litellm", written=">=1", at=at)
    assert str(loose) == "litellm (uv.lock:7, not pinned: the newest)"
    assert str(Distribution(name="litellm")) == "litellm (not pinned here: the newest is meant)"
