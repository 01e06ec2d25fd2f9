"""A library that a repository publishes is told from a package that has its name alone."""

from __future__ import annotations

import pytest

from migrator.adapters.own_libraries import OwnLibraries
from migrator.adapters.plain_folder import PlainFolder
from migrator.playbook import load_playbook

NAMED = '[project]\nname = "crewai"\n'
HOME = "lib/crewai/src/crewai/__init__.py"


@pytest.mark.parametrize(
    ("manifest", "near", "held"),
    [
        (NAMED, "lib/crewai/tests/test_crew.py", True),
        (NAMED, "examples/crew.py", True),
        (NAMED, "lib/crewai/src/crewai/agent.py", False),
        ('[tool.poetry]\nname = "CrewAI"\n', "examples/crew.py", True),
        ('[project]\nname = "desk"\n', "examples/crew.py", False),
        ("[project\n", "examples/crew.py", False),
    ],
)
def test_the_nearest_manifest_names_the_distribution(tmp_path, manifest, near, held):
    (tmp_path / "lib/crewai/src/crewai").mkdir(parents=True)
    (tmp_path / HOME).write_text("")
    (tmp_path / "lib/crewai/pyproject.toml").write_text(manifest)
    libraries = OwnLibraries.of(load_playbook("gpt-5.5"))
    assert libraries.holds(PlainFolder(tmp_path), "crewai", HOME, near) is held
