"""Files that configure the environment: of whom, and whether only tests run under them."""

from __future__ import annotations

import pytest

from migrator.domain.environment_files import (
    configures_environment,
    is_of_tests,
    is_template,
    may_configure_environment,
    project_of,
)


@pytest.mark.parametrize(
    "path", ["a/compose.yaml", ".env.local", "Dockerfile.prod", "infra/main.tf", "app.json"]
)
def test_usual_files_configure_the_environment(path):
    assert configures_environment(path)


@pytest.mark.parametrize("path", ["desk.service", "prod.env.enc", "ops/Jenkinsfile", "prod.tfvars"])
def test_less_usual_files_may_as_well(path):
    assert may_configure_environment(path)
    assert not configures_environment(path)


@pytest.mark.parametrize("path", ["README.md", "app.py", "src/index.ts", "notes.txt"])
def test_programs_and_prose_do_not(path):
    assert not may_configure_environment(path)


def test_template_is_told_by_its_name():
    assert is_template("a/.env.example")
    assert is_template("settings.sample.yaml")
    assert not is_template("example/.env")


@pytest.mark.parametrize("path", ["pytest.ini", ".env.test", "compose.test.yaml", "tests/app.yaml"])
def test_environment_of_tests_is_told_by_its_path(path):
    assert is_of_tests(path)


def test_environment_of_the_product_is_not_that_of_tests():
    assert not is_of_tests("latest/compose.yaml")


@pytest.mark.parametrize(
    ("path", "home"),
    [
        (".env", ""),
        ("deploy/app.yaml", ""),
        ("mail/.env", "mail"),
        ("mail/deploy/prod/app.yaml", "mail"),
        ("web/.env", "web"),
        ("infra/main.tf", ""),
        ("examples/chat/.env", "examples"),
    ],
)
def test_file_speaks_of_the_programs_around_it(path, home):
    paths = frozenset({"mail/send.py", "web/package.json", "infra/package.json", "examples/a.py"})
    assert project_of(path, paths, frozenset({"mail"})) == home
