"""The starting effort: keep what is visible, add nothing, say what silence means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrator.domain.catalogue import Model, Standing, Tier
from migrator.domain.site import ABSENT, Setting, SettingState
from migrator.stages.effort import recommend_effort

ALL = ("none", "low", "medium", "high", "xhigh")


def model(name, efforts=(), default=None):
    return Model(
        id=name,
        family=name,
        tier=Tier.MAINLINE,
        kind="text",
        standing=Standing.SOURCE,
        efforts=efforts,
        effort_default=default,
    )


TARGET = model("gpt-5.5", ALL, "medium")
FIXED = replace(model("o1-mini"), fixed_effort=True)


def explicit(value):
    return Setting(state=SettingState.EXPLICIT, value=value)


@pytest.mark.parametrize(
    ("source", "meaning", "becomes"),
    [
        (model("gpt-4"), "gpt-4 does not reason, gpt-5.5 reasons at medium", "medium"),
        (FIXED, "o1-mini reasons as it will, gpt-5.5 at medium", ""),
        (model("gpt-4o"), "gpt-4o does not reason, gpt-5.5 reasons at medium", "medium"),
        (model("o3", ("low", "medium", "high"), "medium"), "the default stays medium", ""),
        (model("gpt-5", ("minimal", "low"), "medium"), "the default stays medium", ""),
        (
            model("gpt-5-pro", ("high",), "high"),
            "the default changes from high to medium",
            "medium",
        ),
        (model("gpt-5.1", ALL, "none"), "the default changes from none to medium", "medium"),
        (model("gpt-5.2", ALL, "none"), "the default changes from none to medium", "medium"),
        (model("gpt-5.4", ALL, "none"), "the default changes from none to medium", "medium"),
        (
            model("gpt-5.3-codex", ALL),
            "sources disagree on the default of gpt-5.3-codex, gpt-5.5 reasons at medium",
            "",
        ),
        (TARGET, "the default stays medium", ""),
        (None, "gpt-5.5 reasons at medium when nothing is set", ""),
    ],
    ids=lambda each: each.id if isinstance(each, Model) else "",
)  # fmt: skip
def test_silence_is_explained_per_family(source, meaning, becomes):
    effort = recommend_effort("reasoning.effort", ABSENT, source, TARGET)
    assert effort.current == "not set"
    assert effort.recommendation == f"add no setting; {meaning}"
    assert effort.becomes == becomes


@pytest.mark.parametrize("value", ALL)
def test_a_visible_effort_is_kept(value):
    effort = recommend_effort("reasoning.effort", explicit(value), model("gpt-5.2"), TARGET)
    assert (effort.current, effort.recommendation) == (value, f"{value}: keep it")
    assert effort.becomes == ""


@pytest.mark.parametrize("value", ["minimal", "max"])
def test_an_effort_that_the_target_rejects_is_not_recommended(value):
    effort = recommend_effort("reasoning_effort", explicit(value), model("gpt-5"), TARGET)
    assert "keep" not in effort.recommendation
    assert "gpt-5.5 does not accept it" in effort.recommendation


def test_an_effort_of_none_object_is_the_same_as_silence():
    effort = recommend_effort("reasoning_effort", explicit(None), model("gpt-4o"), TARGET)
    assert effort.becomes == "medium"


def test_an_effort_that_cannot_be_seen_is_left_alone():
    hidden = Setting(state=SettingState.UNRESOLVED)
    effort = recommend_effort("reasoning_effort", hidden, model("gpt-5.4", ALL, "none"), TARGET)
    assert effort.recommendation == "keep whatever it resolves to"
    assert effort.becomes == ""


def test_a_surface_without_the_setting_says_so():
    effort = recommend_effort(None, ABSENT, model("gpt-4o"), TARGET)
    assert effort.current == "no such setting here"
