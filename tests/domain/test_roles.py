from __future__ import annotations

import pytest

from migrator.domain.environment_files import configures_environment
from migrator.domain.roles import is_test


@pytest.mark.parametrize(
    "path",
    [
        "tests/desk.py",
        "app/Tests/desk.py",
        "load_tests/desk.py",
        "app/test_desk.py",
        "app/desk_test.py",
        "app/desk.test.ts",
        "app/desk.spec.tsx",
        "conftest.py",
        "e2e/desk.ts",
    ],
)
def test_tests_are_told_by_their_path(path):
    assert is_test(path)


@pytest.mark.parametrize("path", ["app/latest.py", "contest.py", "app/attest/desk.py", "spec.py"])
def test_no_other_path_is_a_test(path):
    assert not is_test(path)


@pytest.mark.parametrize("path", ["Dockerfile", "ops/Dockerfile.dev", ".env.local", "a/b.yaml"])
def test_files_that_configure_an_environment(path):
    assert configures_environment(path)


@pytest.mark.parametrize("path", ["app/desk.py", "README.md", "docs/env.rst"])
def test_other_files_configure_no_environment(path):
    assert not configures_environment(path)
