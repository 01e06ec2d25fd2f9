from __future__ import annotations

import pytest

from migrator.domain.source import Skipped, SourceFile
from migrator.stages.installed import Manifests

LOCKED = '[[package]]\nname = "litellm"\nversion = "1.75.2"\n'
FILES = [
    ("requirements.txt", "lite-llm\nLiteLLM[a]==1.80.0 ; extra\n", "==1.80.0", True, 2),
    ("requirements-dev.txt", "litellm >=1.70,<2  # later\n", ">=1.70,<2", False, 1),
    ("requirements/base.in", "litellm\n", "", False, 1),
    ("poetry.lock", f'{LOCKED}description = "x"\n', "1.75.2", True, 2),
    ("uv.lock", f"version = 1\n{LOCKED}", "1.75.2", True, 3),
    ("pdm.lock", LOCKED, "1.75.2", True, 2),
    ("pylock.toml", LOCKED.replace("package", "packages"), "1.75.2", True, 2),
    (
        "Pipfile.lock",
        '{\n"litellm": {"hashes": [],\n"version": "==1.75.2"}}',
        "==1.75.2",
        True,
        2,
    ),
    ("pyproject.toml", 'dependencies = [\n  "litellm[proxy]>=1.70",\n]', ">=1.70", False, 2),
    ("pyproject.toml", '[tool.poetry.dependencies]\nlitellm = "^1.70"\n', "^1.70", False, 2),
    ("Pipfile", 'litellm = {extras = ["x"], version = "~=1.70"}\n', "~=1.70", False, 1),
    ("setup.py", 'install_requires=["litellm==1.70.0"]', "==1.70.0", True, 1),
    ("environment.yml", "  - pip:\n    - litellm==1.70.0\n", "==1.70.0", True, 2),
]


class Files:
    def __init__(self, texts):
        self.texts = texts

    def paths(self):
        return tuple(sorted(self.texts))

    def read_made(self, path):
        if path not in self.texts:
            return Skipped(path, "no such file")
        return SourceFile(path, self.texts[path].encode())


@pytest.mark.parametrize(("path", "text", "written", "exact", "line"), FILES)
def test_a_version_is_read_from_each_kind_of_file(path, text, written, exact, line):
    found = Manifests(Files({path: text})).find(("litellm",), "app/desk.py")
    assert (found.written, found.exact) == (written, exact)
    assert found.at is not None
    assert (found.at.path, found.at.line) == (path, line)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("requirements.txt", "litellm-proxy==1.0\n# litellm==2.0\n"),
        ("uv.lock", '[[package]]\nname = "x"\ndependencies = [{ name = "litellm" }]\n'),
        ("pyproject.toml", 'dependencies = ["my-litellm>=1"]'),
        ("notes.txt", "litellm==1.0\n"),
    ],
)
def test_another_package_is_not_taken_for_it(path, text):
    found = Manifests(Files({path: text})).find(("litellm",), "desk.py")
    assert found.at is None


def test_the_nearest_exact_version_wins():
    tree = Files(
        {
            "uv.lock": LOCKED,
            "apps/desk/pyproject.toml": 'dependencies = ["litellm>=1.70"]',
            "apps/kiosk/requirements.txt": "litellm==1.60.0\n",
            "apps/other/requirements.txt": "litellm==1.50.0\n",
        }
    )
    manifests = Manifests(tree)
    assert manifests.find(("litellm",), "apps/desk/main.py").written == "1.75.2"
    assert manifests.find(("litellm",), "apps/kiosk/app/main.py").written == "==1.60.0"
    assert manifests.find(("litellm",), "tools/main.py").written == "1.75.2"


def test_a_package_may_be_installed_under_another_name():
    tree = Files({"requirements.txt": "pydantic-ai==1.2.0\n"})
    found = Manifests(tree).find(("pydantic-ai-slim", "pydantic-ai"), "desk.py")
    assert (found.name, found.written) == ("pydantic-ai", "==1.2.0")
