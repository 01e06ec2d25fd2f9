"""Who speaks in a part of a prompt decides whether words may be put there."""

from __future__ import annotations

from shutil import copytree

import pytest

from tests.planning import FIXTURES, planned


@pytest.mark.parametrize(
    ("case", "path", "speakers"),
    [
        ("prompt-in-prompty", "prompts/orders.prompty", ["system", "user"]),
        ("langchain-prompts", "greet.prompty", ["system", "user"]),
    ],
)
def test_speakers_named_in_a_file_speak_in_its_messages(case, path, speakers, tmp_path):
    document = planned(copytree(FIXTURES / case / "before", tmp_path / case))
    parts = [each for site in document["sites"] for each in site["prompts"]]
    assert [each["speaker"] for each in parts if each["path"] == path] == speakers
