"""Tell the files that configure the environment of a program, and which programs these are."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from migrator.domain.roles import aside, is_test

SUFFIXES = (".yml", ".yaml", ".env", ".toml", ".ini", ".cfg", ".tf", ".sh", ".json", ".properties")
NAMES = ("Dockerfile", "Procfile", "Makefile", ".env")
# Less usual ones, for which no search is made.
_MORE = (
    ".conf", ".service", ".tfvars", ".hcl", ".bash", ".zsh", ".fish", ".ps1", ".bat", ".cmd",
    ".nix", ".j2", ".tpl", ".tmpl", ".mk", ".groovy", ".dockerfile", ".Dockerfile", ".jsonc",
    ".json5",
)  # fmt: skip
_MORE_NAMES = (
    "Containerfile", "Jenkinsfile", "justfile", "Justfile", "makefile", "GNUmakefile",
    "Tiltfile", "Vagrantfile", "Earthfile", "ecosystem.config", "docker-bake",
)  # fmt: skip

# Patterns of the same paths, for a search.
PATHS = (
    *(f"*{each}" for each in SUFFIXES),
    *(f"{start}{each}*" for each in NAMES for start in ("", "*/")),
)
_TEMPLATE = re.compile(r"(?:^|[._-])(?:example|sample|template|dist|default|defaults)(?:[._-]|$)")
_OF_TESTS = re.compile(r"(?:^|[._-])(?:tests?|testing|pytest|tox)(?:[._-]|$)")
# Folders that say how what stands beside them is run.
_DEPLOYING = re.compile(
    r"\.?(?:deploy(?:ment)?s?|infra(?:structure)?|k8s|kubernetes|kube|helm|charts?|terraform|tf|ops"
    r"|devops|manifests|ansible|docker|compose|containers?|ci|configs?|conf|envs?|environments?"
    r"|github|workflows|gitlab|circleci|devcontainer|vscode|scripts|bin|systemd|cloud|iac)"
)
_MANIFESTS = (
    "pyproject.toml", "setup.py", "requirements.txt", "package.json", "go.mod", "Cargo.toml",
    "pom.xml", "build.gradle", "Gemfile", "composer.json",
)  # fmt: skip


def configures_environment(path: str) -> bool:
    """Tell whether a file may set environment variables of the project's programs."""
    name = path.rpartition("/")[2]
    return name.endswith(SUFFIXES) or name.startswith(NAMES)


def may_configure_environment(path: str) -> bool:
    """Tell the same, the less usual files included."""
    name = path.rpartition("/")[2]
    more = name.endswith(_MORE) or name.startswith(_MORE_NAMES) or ".env." in name
    return more or configures_environment(path)


def is_template(path: str) -> bool:
    """Tell whether a file shows how to write another, so that what it holds may be a stand-in."""
    return _TEMPLATE.search(path.rpartition("/")[2].lower()) is not None


def is_of_tests(path: str) -> bool:
    """Tell whether only tests run under what a file sets."""
    return is_test(path) or _OF_TESTS.search(path.rpartition("/")[2].lower()) is not None


def project_of(path: str, paths: AbstractSet[str], folders: AbstractSet[str]) -> str:
    """Give the folder of the programs that a file speaks of; empty for the root.

    That is the nearest folder around it that is one of `folders`, those with programs, or a project
    of its own by the `paths` of the tree. What documentation or an example says stays there.
    """
    limit = aside(path).rstrip("/")
    folder = path.rpartition("/")[0]
    while folder and folder != limit and folder not in folders:
        name = folder.rpartition("/")[2]
        own = any(f"{folder}/{each}" in paths for each in _MANIFESTS)
        if own and not _DEPLOYING.fullmatch(name.lower()):
            return folder
        folder = folder.rpartition("/")[0]
    return folder
