"""Facts come back from bytes as they were, and bytes can do nothing but be facts."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from migrator import frontends
from migrator.adapters.bulk_reading import FACTS
from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
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
