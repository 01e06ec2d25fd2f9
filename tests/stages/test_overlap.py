from __future__ import annotations

from dataclasses import replace

from migrator.stages.overlap import overlapping
from tests.plans import edit

CONTENT = b"0123456789"


def at(group, start, end, path="app.py"):
    made = edit(CONTENT, "0", group=group, path=path)
    return replace(made, start=start, end=end, id=f"{group}{start}")


def groups(*edits):
    by_group = {}
    for each in edits:
        by_group.setdefault(each.group, []).append(each)
    return [each.group for each in overlapping(by_group)]


def test_neighbours_do_not_overlap():
    assert groups(at("a", 0, 3), at("b", 3, 5), at("c", 5, 5)) == []


def test_both_groups_are_dropped_and_told_of_the_other():
    dropped = overlapping({"b": [at("b", 2, 5)], "a": [at("a", 0, 3)]})
    assert [each.group for each in dropped] == ["b", "a"]
    assert "of a" in dropped[0].reason
    assert dropped[0].reason.startswith("overlap: ")


def test_long_edit_meets_every_edit_inside_it():
    assert groups(at("a", 0, 9), at("b", 1, 2), at("c", 5, 6)) == ["a", "b", "c"]


def test_same_bytes_of_different_files_do_not_meet():
    assert groups(at("a", 0, 3), at("b", 0, 3, "other.py")) == []


def test_two_insertions_at_one_point_overlap():
    assert groups(at("a", 4, 4), at("b", 4, 4)) == ["a", "b"]


def test_group_does_not_overlap_itself():
    assert groups(at("a", 0, 3), at("a", 2, 5)) == []
