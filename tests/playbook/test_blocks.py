"""Blocks and risks are refused with file, place and reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from migrator.domain.block import Risk
from migrator.domain.errors import PlaybookError
from migrator.playbook import load_playbook

SHIPPED = Path(__file__).parents[2] / "playbooks"
BATCH = "blocks/batch.md"


@pytest.fixture
def root(tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "books")
    return tmp_path / "books"


def change(root, name, before, after):
    path = root / "gpt-5.5" / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def refusal(root):
    with pytest.raises(PlaybookError) as caught:
        load_playbook("gpt-5.5", root)
    return caught.value.message


def test_shipped_blocks_answer_every_risk():
    answered = {risk for block in load_playbook("gpt-5.5").blocks for risk in block.risks}
    assert answered == set(Risk)


def test_words_of_a_point_are_joined_to_one_line():
    block = next(each for each in load_playbook("gpt-5.5").blocks if each.id == "batch")
    assert block.points[0].text == (
        "Give a result for every item, in the order given, and leave none out."
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('title = "', 'titel = "', f"{BATCH}: titel: no such key; did you mean `title`?"),
        ('id = "batch"', 'id = "batches"', f"{BATCH}: id: `batches` must be the name of its file"),
        ("budget = 30", "budget = 20", f"{BATCH}: budget: its points have 25 words, not 20"),
        ("rank = 70", "rank = 60", "blocks/strict-format.md: rank: `batch` has the same"),
        ('"batch"]', '"bulk"]', f"{BATCH}: risks[0]: must be one of"),
        ('id = "mark"', 'id = "flag"', f"{BATCH}: points[1]: there is no heading `## flag`"),
        ("## mark", "## flag\n\nFlag it.\n\n## mark", "`## flag` belongs to none of them"),
        ("out.", "{out}.", f"{BATCH}: points[0]: `{{out}}` has no value in `defaults`"),
        ("none out", 'none "out"', "points[0]: '\"' could mean something in a quotation"),
        ("none out", "100% out", "points[0]: '%' could mean something in a quotation"),
        ("'\\b(cannot", "'\\b((cannot", f"{BATCH}: points[1].covered_by[0]: is no regular"),
        ("+++\n", "---\n", f"{BATCH}: must begin with front matter between two lines `+++`"),
        ("## cover", "Say:\n\n## cover", f"{BATCH}: words stand before the first point"),
        ('"prompting"', '"prompted"', "playbook.toml has no source `prompted`; did you mean"),
    ],
)  # fmt: skip
def test_broken_block_is_refused_with_file_and_reason(root, before, after, said):
    change(root, BATCH, before, after)
    assert said in refusal(root)


def test_risk_that_is_missing_or_there_twice_is_refused(root):
    change(root, "risks.toml", 'id = "verbose"', 'id = "batch"')
    assert refusal(root) == "risks.toml: risks[9].id: `batch` is there twice"


def test_broken_sign_of_a_risk_is_refused(root):
    change(root, "risks.toml", "'\\bcite (your", "'\\bcite ((your")
    assert refusal(root).startswith("risks.toml: risks[0].prompt[2]: is no regular expression")
