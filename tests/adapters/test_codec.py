"""Facts and plans come back from bytes as they were, and bytes can do nothing else."""

from __future__ import annotations

import os
import pickle
import shutil
from dataclasses import is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from migrator import frontends
from migrator.adapters.bulk_reading import FACTS
from migrator.adapters.kept_plans import PLANS
from migrator.adapters.plan_file import dump_plan
from migrator.commands.options import PlanOptions
from migrator.commands.plan import make_plan
from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
from migrator.domain.plan import Plan
from migrator.domain.source import Skipped, SourceFile
from migrator.plugins import plugins

FIXTURES = Path(__file__).parents[2] / "fixtures"
FRONT_ENDS = plugins(frontends, "FRONT_END", FrontEnd)


def read(path):
    front_end = next((f for f in FRONT_ENDS if path.name.endswith(f.suffixes)), None)
    return front_end.read(SourceFile(path.name, path.read_bytes())) if front_end else None


def test_facts_of_every_fixture_come_back_as_they_were():
    files = [each for each in sorted(FIXTURES.glob("*/before/**/*")) if each.is_file()]
    facts = [each for each in map(read, files) if each is not None]
    assert sum(isinstance(each, FileFacts) for each in facts) > 100
    assert [FACTS.decode(FACTS.encode(each)) for each in facts] == facts


def test_a_skipped_file_comes_back_too():
    skipped = Skipped("a.py", "not Python 3", unread=True)
    assert FACTS.decode(FACTS.encode(skipped)) == skipped


def reached(kind):
    """Give the types of the project that values of a type are made of."""
    found, left = set(), [kind]
    while left:
        each = left.pop()
        left += get_args(each)
        if isinstance(each, type) and each.__module__.startswith("migrator.") and each not in found:
            found.add(each)
            left += get_type_hints(each).values() if is_dataclass(each) else ()
    return found


def test_every_type_that_a_plan_is_made_of_is_known():
    kinds = reached(Plan)
    assert len(kinds) > 40
    assert {each.__module__ for each in kinds} <= {each.__name__ for each in PLANS.modules}


def test_the_plan_of_the_demo_comes_back_as_it_was(tmp_path):
    desk = shutil.copytree(FIXTURES / "support-desk" / "before", tmp_path / "desk")
    plan = make_plan(desk, PlanOptions()).plan
    content = PLANS.encode(plan)
    again = PLANS.decode(content)
    assert again == plan
    assert dump_plan(again) == dump_plan(plan)
    assert PLANS.decode(content[:-3]) is None
    assert FACTS.decode(content) is None


class Attack:
    def __reduce__(self):
        return os.mkdir, (os.environ["ATTACKED"],)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no pickle",
        FACTS.encode(Skipped("a.py", "x"))[:-3],
        pickle.dumps(("a", "tuple")),
        pickle.dumps(SourceFile("a.py", b"")),
        pickle.dumps({"path": "a.py"}),
        pickle.dumps(print),
        b"cbuiltins\neval\n(S'1'\ntR.",
        b"\x80\x04\x8c\x15migrator.domain.source\x8c\x10hashlib.sha256\x93.",
    ],
)
def test_bytes_that_are_no_facts_give_none(content):
    assert FACTS.decode(content) is None


def test_bytes_that_would_run_code_run_none(tmp_path, monkeypatch):
    monkeypatch.setenv("ATTACKED", str(tmp_path / "attacked"))
    content = pickle.dumps(Attack())
    assert FACTS.decode(content) is None
    assert not (tmp_path / "attacked").exists()
    pickle.loads(content)
    assert (tmp_path / "attacked").exists()  # what an ordinary unpickler would have done
