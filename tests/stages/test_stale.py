from __future__ import annotations

from dataclasses import replace

from migrator.domain.plan_site import PlanHop, PlanPlace, PlanReference, PlanSetting
from migrator.domain.site import SettingState
from migrator.domain.trail import Confidence, HopKind
from migrator.stages.stale import Basis, basis_differences, compare_files, drop_uncommitted
from tests.plans import edit, plan, site

CONTENT = b"a='gpt-4o'\n"
ONE = edit(CONTENT, "gpt-4o")
PLAN = plan({"app.py": CONTENT}, [ONE])
PLANNED = PLAN.files[0].sha256
NOW = Basis(tool=PLAN.tool, playbook=PLAN.playbook.digest, config=PLAN.config.digest)


def test_same_basis_has_no_difference():
    assert basis_differences(PLAN, NOW) == ()


def test_every_part_of_the_basis_counts_and_is_named():
    for part, name in (("tool", "tool version"), ("playbook", "playbook"), ("config", "config")):
        (found,) = basis_differences(PLAN, replace(NOW, **{part: "other"}))
        assert found.startswith(name)


def compared(head, working):
    found = compare_files(PLAN, {"app.py": head}, {"app.py": working})
    return bool(found.stale), bool(found.uncommitted)


def test_file_is_stale_only_when_neither_head_nor_working_tree_is_as_planned():
    assert compared(PLANNED, PLANNED) == (False, False)
    assert compared("x", PLANNED) == (False, True)
    assert compared(None, PLANNED) == (False, True)
    assert compared(PLANNED, "x") == (False, True)
    assert compared("x", "x") == (True, False)
    assert compared(None, "x") == (True, True)
    assert compared(None, None) == (True, False)


def uncommitted(path, **fields):
    document = plan({"app.py": CONTENT}, [ONE], [site("s1", edits=[ONE.id], **fields)])
    return [each.group for each in drop_uncommitted(document, {"g1": (ONE,)}, {path}, {path})]


def test_group_rests_on_every_file_its_verdict_read():
    hop = PlanHop(path="hop.py", line=1, what=HopKind.IMPORT, confidence=Confidence.CERTAIN)
    reference = PlanReference(path="ref.py", line=1, column=1, text="x", prefix="", via=(hop,))
    setting = PlanSetting(state=SettingState.EXPLICIT, value=1, at=PlanPlace(path="set.py", line=1))
    read = {"references": (reference,), "settings": {"top_p": setting}}
    for path in ("app.py", "hop.py", "ref.py", "set.py"):
        assert uncommitted(path, **read) == ["g1"]
    assert uncommitted("elsewhere.py", **read) == []
