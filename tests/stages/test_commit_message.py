from __future__ import annotations

from dataclasses import replace

from migrator.domain.edit import EditKind
from migrator.stages.commit_message import kind_of, word_commit
from tests.plans import edit, plan, site

CONTENT = b"a='gpt-4o'\nb='gpt-5.4'\n"
ONE = edit(CONTENT, "gpt-4o")
TWO = edit(CONTENT, "gpt-5.4", path="b.py")
SITES = (site("s1", edits=[ONE.id]), site("s2", "b.py", edits=[TWO.id], clause="string-only.2"))
PLAN = plan({"app.py": CONTENT, "b.py": CONTENT}, [ONE, TWO], SITES)


def test_message_names_model_place_sites_and_rules():
    assert word_commit(PLAN, [ONE]).text == (
        "Upgrade gpt-4o to gpt-5.5 in app.py:1\n\n"
        "- app.py:1 client.responses.create: gpt-4o -> gpt-5.5 (light_rewrite)\n\n"
        "Migrate-Site: s1\nMigrate-Rule: light.1\n"
    )


def test_several_models_and_files_are_counted():
    message = word_commit(PLAN, [ONE, TWO])
    assert message.subject == "Upgrade 2 models to gpt-5.5 in app.py and 1 more"
    assert message.sites == ("s1", "s2")


def test_prompt_and_unblock_commits_are_marked():
    prompt, unblock = replace(ONE, kind=EditKind.PROMPT), replace(ONE, kind=EditKind.UNBLOCK)
    assert word_commit(PLAN, [prompt]).subject.startswith("prompt: ")
    assert word_commit(PLAN, [unblock]).subject.startswith("unblock: ")
    assert kind_of([prompt, ONE]) is EditKind.MODEL
    assert kind_of([prompt]) is EditKind.PROMPT
