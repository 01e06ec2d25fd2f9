from __future__ import annotations

import json
import os
import stat
from dataclasses import replace

import jsonschema
import pytest

from migrator.adapters.plan_file import (
    dump_plan,
    dump_result,
    load_plan,
    plan_digest,
    plan_schema,
    result_schema,
    write_atomically,
)
from migrator.domain.errors import UsageError
from migrator.domain.plan_site import PlanSetting
from migrator.domain.result import Committed, Result
from migrator.domain.site import SettingState
from tests.plans import edit, plan, site

CONTENT = 'MODEL = "gpt-4o"  # née\n'.encode()


def made():
    values = {
        name: PlanSetting(state=SettingState.EXPLICIT, value=value, at=None)
        for name, value in (("a", True), ("b", 1), ("c", 1.5), ("d", 'x"\\\n\u2028é'), ("e", None))
    }
    one = edit(CONTENT, "gpt-4o")
    return plan({"app.py": CONTENT}, [one], [site("s1", edits=[one.id], settings=values)])


def saved(tmp_path, change=lambda document: None):
    document = json.loads(dump_plan(made()))
    change(document)
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document))
    return path


def refusal(path):
    with pytest.raises(UsageError) as caught:
        load_plan(path)
    assert str(path) in caught.value.message
    assert caught.value.next_step
    return caught.value.message


def test_saved_plan_is_read_back_equal(tmp_path):
    path = tmp_path / "plan.json"
    path.write_bytes(dump_plan(made()))
    assert load_plan(path) == made()


def test_text_is_the_one_that_json_itself_writes():
    text = dump_plan(made()).decode()
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"
    assert text.startswith('{\n  "schema": "migrate.plan/1",\n  "tool"')


def test_values_without_a_json_form_stay_readable(tmp_path):
    odd = PlanSetting(state=SettingState.EXPLICIT, value=float("inf"), at=None)
    half = PlanSetting(state=SettingState.EXPLICIT, value="\udc00", at=None)
    content = dump_plan(plan({}, (), [site("s1", settings={"a": odd, "b": half})]))
    settings = json.loads(content)["sites"][0]["settings"]
    assert [settings[name]["value"] for name in "ab"] == ["Infinity", "\\udc00"]


def test_plan_matches_its_schema():
    schema = plan_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "migrate.plan/1"
    validator = jsonschema.Draft202012Validator(schema)
    assert not list(validator.iter_errors(json.loads(dump_plan(made()))))


@pytest.mark.parametrize("key", ["sites", "notices", "schema"])
def test_schema_refuses_a_missing_key_and_a_foreign_one(key):
    validator = jsonschema.Draft202012Validator(plan_schema())
    document = json.loads(dump_plan(made()))
    assert not validator.is_valid({**document, "extra": 1})
    del document[key]
    assert not validator.is_valid(document)


def test_result_matches_its_schema():
    commit = Committed(commit="1", subject="S", kind="model", groups=("g",), sites=("s",))
    result = Result(
        schema="migrate.result/1", tool="0", plan="d", base="b", branch="x",
        commits=(commit,), dropped=(), validation=(),
    )  # fmt: skip
    assert jsonschema.Draft202012Validator(result_schema()).is_valid(
        json.loads(dump_result(result))
    )


def test_missing_file_and_broken_json_are_refused(tmp_path):
    assert "No such file" in refusal(tmp_path / "gone.json")
    (tmp_path / "plan.json").write_text("{")
    assert "not JSON" in refusal(tmp_path / "plan.json")
    (tmp_path / "plan.json").write_text("[]")
    assert "not a plan" in refusal(tmp_path / "plan.json")


def test_other_schema_version_is_named(tmp_path):
    path = saved(tmp_path, lambda document: document.update(schema="migrate.plan/9"))
    assert "'migrate.plan/9'" in refusal(path)


def test_unknown_key_is_named_with_its_place(tmp_path):
    path = saved(tmp_path, lambda document: document["edits"][0].update(colour=1))
    assert "edits[0].colour: unknown key" in refusal(path)


def test_missing_key_is_named_even_where_it_has_a_default(tmp_path):
    path = saved(tmp_path, lambda document: document["groups"][0].pop("release"))
    assert "groups[0].release: missing key" in refusal(path)


def test_wrong_value_is_named_with_its_place(tmp_path):
    path = saved(tmp_path, lambda document: document["edits"][0].update(start="3"))
    assert "edits[0].start: " in refusal(path)
    path = saved(tmp_path, lambda document: document["edits"][0].update(kind="paint"))
    assert "edits[0].kind: " in refusal(path)


def test_digest_is_sha256():
    assert plan_digest(b"").startswith("e3b0c44298fc1c14")


def test_file_is_replaced_whole_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text("old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["plan.json"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"gone/plan\.json"):
        write_atomically(tmp_path / "gone" / "plan.json", b"")


def test_large_plan_is_written_as_one_text():
    many = [site(f"s{number}") for number in range(300)]
    assert len(json.loads(dump_plan(replace(made(), sites=tuple(many))))["sites"]) == 300
