"""Read snippets as if they were files."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from migrator.domain.facts import FileFacts
from migrator.domain.source import Skipped, SourceFile
from migrator.frontends.python import FRONT_END


@pytest.fixture
def read() -> Callable[..., FileFacts]:
    def facts(text: str | bytes, path: str = "app/desk.py") -> FileFacts:
        content = text if isinstance(text, bytes) else dedent(text).encode()
        result = FRONT_END.read(SourceFile(path, content))
        assert not isinstance(result, Skipped), result.reason
        return result

    return facts


@pytest.fixture
def reason() -> Callable[[bytes], str]:
    def skipped(content: bytes) -> str:
        result = FRONT_END.read(SourceFile("app/desk.py", content))
        assert isinstance(result, Skipped)
        assert (result.path, result.unread) == ("app/desk.py", True)
        return result.reason

    return skipped
