"""Tell the role that a path alone speaks for."""

from __future__ import annotations

import re
from itertools import pairwise

from migrator.domain.config import Role
from migrator.domain.roles import is_test, is_test_folder
from migrator.stages.classify import _words

_WORKFLOW = re.compile(r"(?:^|/)\.(?:github/workflows|gitlab|circleci)/")
_CHECKS = frozenset({"test", "tests", "ci", "e2e", "integration"})


def role_of_path(path: str) -> tuple[Role, str] | None:
    """Give the role and the evidence for it in a few words; None where nothing speaks.

    A test wins over the folder that it is a test of; else the outermost folder that says a role.
    """
    *folders, name = path.split("/")
    if _words.compares_models(name.partition(".")[0]):
        return Role.COMPARISON, f"the file is called {name}"
    tested = next((each for each in folders if is_test_folder(each)), None)
    if tested is not None:
        return Role.TEST, f"in {tested}/"
    if is_test(path):
        return Role.TEST, f"the file is called {name}"
    for folder in folders:
        role = _folder_role(folder)
        if role:
            return role, f"in {folder}/"
    role = _checks_role(path) or _file_role(name.lower())
    return (role, f"the file is called {name}") if role else None


def _folder_role(folder: str) -> Role | None:
    plain = folder.lower().replace("-", "_")
    last = plain.rpartition("_")[2]
    known = (
        (Role.TEST, _words.TEST_DATA_FOLDERS),
        (Role.DOCS, _words.DOCS_FOLDERS),
        (Role.EXAMPLE, _words.EXAMPLE_FOLDERS),
        (Role.EVAL, _words.EVAL_FOLDERS),
        (Role.COMPARISON, _words.COMPARISON_FOLDERS),
    )
    exact = next((role for role, folders in known if plain in folders), None)
    return exact or next((role for role, folders in known[2:4] if last in folders), None)


def _checks_role(path: str) -> Role | None:
    """Tell a workflow that runs the checks: what its models are for, the checks decide."""
    name = path.rpartition("/")[2].partition(".")[0]
    checks = _WORKFLOW.search(path) and _CHECKS.intersection(_words.words(name))
    return Role.TEST if checks else None


def _file_role(name: str) -> Role | None:
    stem, _, rest = name.partition(".")
    if stem == "readme" or rest.endswith(("md", "mdx", "rst")):
        return Role.DOCS
    if _is_example_file(stem) or rest.endswith("ipynb"):
        return Role.EXAMPLE
    return Role.EVAL if _is_eval_file(stem) else None


def _is_eval_file(stem: str) -> bool:
    """Whether a file is named an eval, or what makes the data of one: `generate_eval_data`."""
    words = [each for each in _words.words(stem) if not each.isdecimal()]
    ends = _words.EVAL_WORDS.intersection((*words[:1], *words[-1:]))
    return bool(ends) or any(
        one in _words.EVAL_WORDS and other in _words.EVAL_DATA_WORDS
        for one, other in pairwise(words)
    )


def _is_example_file(stem: str) -> bool:
    starts = stem.startswith(("example_", "demo_"))
    return starts or stem.endswith(("_example", "_examples")) or stem in _words.EXAMPLE_STEMS
