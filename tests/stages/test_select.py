from __future__ import annotations

from dataclasses import replace

from migrator.domain.edit import EditKind
from migrator.domain.site import Hold, Outcome
from migrator.stages.select import Choice, contradictions, select, unknown_sites
from tests.plans import edit, plan, site

CONTENT = b"a='gpt-4o'\nb='gpt-5.4'\n"
ONE = edit(CONTENT, "gpt-4o", group="g1")
TWO = edit(CONTENT, "gpt-5.4", group="g2")


def made(*sites):
    return plan({"app.py": CONTENT}, [ONE, TWO], sites or None)


def test_without_a_wish_every_group_with_an_edit_is_chosen():
    chosen = select(made(), Choice())
    assert chosen.edits == {"g1": (ONE,), "g2": (TWO,)}
    assert chosen.dropped == ()


def test_outcome_chooses_groups_and_drops_nothing_by_name():
    first = site("s1", edits=[ONE.id], outcome=Outcome.STRING_ONLY)
    second = site("s2", edits=[TWO.id])
    chosen = select(made(first, second), Choice(outcomes=(Outcome.STRING_ONLY,)))
    assert (chosen.edits, chosen.dropped) == ({"g1": (ONE,)}, ())


def test_group_chosen_in_part_is_left_out_and_named():
    three = [
        site("s1", edits=[ONE.id]),
        site("s2", edits=[ONE.id], line=7),
        site("s3", edits=[TWO.id]),
    ]
    chosen = select(made(*three), Choice(sites=("s1", "s3")))
    assert list(chosen.edits) == ["g2"]
    assert [each.group for each in chosen.dropped] == ["g1"]
    assert chosen.dropped[0].reason.startswith("partly-chosen: it also moves app.py:7 ")


def test_site_that_only_follows_needs_no_choice_of_its_own():
    follower = site("s2", edits=[ONE.id], hold=Hold.FOLLOWS, outcome=Outcome.CONFIRMATION_NEEDED)
    chosen = select(made(site("s1", edits=[ONE.id]), follower), Choice(sites=("s1",)))
    assert list(chosen.edits) == ["g1"]


def test_unblock_edits_are_left_out_until_asked_for():
    unblock = replace(TWO, kind=EditKind.UNBLOCK)
    document = plan({"app.py": CONTENT}, [ONE, unblock])
    assert list(select(document, Choice()).edits) == ["g1"]
    assert list(select(document, Choice(unblock=True)).edits) == ["g1", "g2"]


def test_unknown_sites_are_named():
    assert unknown_sites(made(), Choice(sites=("s-g1", "nope"))) == ("nope",)


def test_contradictions_of_a_plan_are_named():
    good = made()
    held = replace(good, groups=(replace(good.groups[0], moves=False), good.groups[1]))
    assert contradictions(good) == ()
    assert "does not move" in contradictions(held)[0]
    assert len(contradictions(replace(good, groups=()))) == 2
    assert "does not list" in contradictions(replace(good, files=()))[0]
