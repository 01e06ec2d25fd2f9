"""Every way in which a project or a command line cannot be used: a clear line, an exit code."""

from __future__ import annotations

import json
import os

import pytest

from tests.cli.conftest import CALL
from tests.running import migrate

OPTIONS = [
    (("plan", "--format", "jsn"), "there is no format 'jsn'; did you mean json?"),
    (("plan", "--output", "html=x"), "there is no format 'html'"),
    (("plan", "--output", "json"), "--output json names no file"),
    (("plan", "--fail-on", "bloked"), "there is no outcome 'bloked'; did you mean blocked?"),
    (("plan", "--confirm", "smal"), "there is no question 'smal'; did you mean small?"),
    (("plan", "--target", "gpt-5.6"), "there is no playbook for `gpt-5.6`"),
    (("plan", "--from", "gpt4o"), "there is no model or family 'gpt4o'; did you mean gpt-4o?"),
    (("plan", "--today", "soon"), "--today soon is not a date"),
    (("apply", "--only", "light"), "there is no outcome 'light'"),
    (("apply", "--yes", "--commit-per", "site"), "there is no way to commit 'site'"),
    (("apply", "--yes", "--branch", "a..b"), "'a..b' cannot name a branch"),
    (("apply", "--yes", "--site", "app.py:9"), "the plan has no site app.py:9"),
    (("apply", "--yes", "--confirm", "smal"), "there is no question 'smal'"),
    (("apply",), "nobody is here to be asked"),
    (("apply", "gone.json", "--yes"), "cannot read gone.json: No such file or directory"),
    (("apply", "app.py", "--yes"), "app.py is not JSON"),
    (("plan", "app.py"), "app.py is a file"),
    (("plan", "gone"), "cannot open gone: No such file or directory"),
    (("plan", "--save", "gone/plan.json"), "cannot write gone/plan.json"),
    (("report", "gone.json"), "cannot read gone.json"),
]


@pytest.mark.parametrize(("words", "message"), OPTIONS, ids=[" ".join(o[0]) for o in OPTIONS])
def test_command_line_that_cannot_be_meant(small, words, message):
    before = small.state()
    ran = migrate(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("migrate: ")
    assert message in ran.err
    assert "  next: " in ran.err
    assert small.state() == before


CONFIGURATIONS = [
    (b"tokens = 1\n", "migrate.toml: tokens: unknown key"),
    (b"target = 5\n", "migrate.toml: target: must be a string"),
    (b"target = \n", "migrate.toml: not valid TOML"),
    (b"target = 'gpt-9'\n", "there is no playbook for `gpt-9`"),
    (b"from = ['gpt4o']\n", "there is no model or family 'gpt4o'"),
    (b"confirm = ['smal']\n", "migrate.toml: confirm: 'smal' is not one of"),
    (b"\xff\n", "migrate.toml: not UTF-8 (at line 1)"),
]


@pytest.mark.parametrize(("content", "message"), CONFIGURATIONS, ids=[c[1] for c in CONFIGURATIONS])
@pytest.mark.parametrize("verb", [("plan",), ("apply", "--yes")], ids=["plan", "apply"])
def test_configuration_that_cannot_be_used(small, verb, content, message):
    small.write({"migrate.toml": content})
    before = small.state()
    ran = migrate(*verb)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert small.state() == before


def broken(change):
    document = json.loads(migrate("plan", "--format", "json").out)
    change(document)
    return json.dumps(document)


PLANS = [
    (lambda plan: plan.update(schema="migrate.plan/9"), "schema: says 'migrate.plan/9'"),
    (lambda plan: plan.pop("schema"), "schema: is missing"),
    (lambda plan: plan["sites"][0].update(line="3"), "sites[0].line: "),
    (lambda plan: plan["edits"][0].pop("after"), "edits[0].after: "),
    (lambda plan: plan.update(extra=1), "extra: unknown key"),
    (lambda plan: plan["edits"][0].update(group="none"), "belongs to no group of the plan"),
]


@pytest.mark.parametrize(("change", "message"), PLANS, ids=[p[1] for p in PLANS])
def test_saved_plan_that_is_broken_names_the_place(small, change, message):
    (small.root.parent / "plan.json").write_text(broken(change))
    before = small.state()
    ran = migrate("apply", "../plan.json", "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert small.state() == before


def test_saved_plan_takes_no_options_that_plan(small):
    migrate("plan", "--save", "../plan.json")
    ran = migrate("apply", "../plan.json", "--yes", "--all")
    assert ran.code == 2
    assert "applied as it is" in ran.err


FILES = [
    (b'M = "gpt-4o"\ndef f(:\n', "bad.py"),
    (b'# gpt-4o\nprint "gpt-4o"\n', "bad.py"),
    (b'# \xe9t\xe9\nM = "gpt-4o"\n', "bad.py"),
    (b"\x00" + CALL, "bad.py"),
]


@pytest.mark.parametrize(
    "content", [each[0] for each in FILES], ids=["syntax", "python 2", "latin-1", "binary"]
)
def test_file_that_cannot_be_read_is_named_and_the_rest_goes_on(small, content):
    small.commit({"bad.py": content})
    document = json.loads(migrate("plan", "--format", "json").out)
    assert len(document["edits"]) == 1
    assert document["accounting"]["residual"] == 0
    named = {each["path"] for each in document["skipped"]}
    assert named == (set() if content.startswith(b"\x00") else {"bad.py"})


@pytest.mark.parametrize("verb", [("plan",), ("plan", "--check")])
def test_strict_refuses_a_file_that_was_not_read(small, verb):
    small.commit({"bad.py": b'M = "gpt-4o"\ndef f(:\n'})
    assert migrate(*verb).code in {0, 1}
    ran = migrate(*verb, "--strict")
    assert (ran.code, ran.out) == (3, "")
    assert "bad.py: " in ran.err


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root reads everything")
def test_file_without_the_right_to_read_it_is_named(small):
    small.commit({"closed.py": CALL})
    (small.root / "closed.py").chmod(0)
    document = json.loads(migrate("plan", "--format", "json").out)
    assert [each["path"] for each in document["skipped"]] == ["closed.py"]
    assert document["accounting"]["unread"] == 1


def test_folder_in_the_place_of_a_tracked_file_stops_nothing(small):
    small.commit({"gone.py": CALL})
    (small.root / "gone.py").unlink()
    (small.root / "gone.py").mkdir()
    ran = migrate("plan")
    assert (ran.code, ran.err) == (0, "")
    assert "Moves now: 1 site" in ran.out


def test_a_deployment_of_a_model_that_there_is_not_names_file_and_key(small):
    text = '[aliases]\nfast = { model = "gpt-4.2", becomes = "fast-next" }\n'
    small.write({"migrate.toml": text.encode()})
    answer = migrate("plan")
    assert answer.code == 2
    assert "migrate.toml: aliases.fast.model: there is no model 'gpt-4.2'" in answer.err


@pytest.mark.parametrize(
    ("declared", "says"),
    [
        ('sends = "respones"', "sends: there is no API 'respones'; did you mean responses?"),
        (
            'sends = "responses"\nsettings = { temprature = "heat" }',
            "settings.temprature: Responses has no such parameter; did you mean temperature?",
        ),
    ],
)
def test_a_wrapper_of_what_is_not_known_names_its_key(tmp_path, declared, says):
    (tmp_path / "migrate.toml").write_text(f'[wrappers."desk.ask"]\n{declared}\n')
    answer = migrate("plan", str(tmp_path))
    assert answer.code == 2
    assert f"migrate.toml: wrappers.desk.ask.{says}" in answer.err
