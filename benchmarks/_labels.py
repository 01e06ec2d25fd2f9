"""Read a labelled corpus: JSON lines, each of which says what is right for one line of a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migrator.domain.site import Outcome

NOT_A_SITE = "not_a_site"
_OUTCOMES = frozenset(each.value for each in Outcome)
_KEYS = frozenset({"repository", "path", "line", "expected", "prompt", "may_edit"})
_PLACE = re.compile(r"(?P<path>.+):(?P<line>[1-9][0-9]*)")


class LabelError(Exception):
    """A label that cannot be used; the message names the file and the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What is right for one line.

    `line` is where a call begins, or where an id is written. `expected` holds the outcomes that
    are right, the best first; empty when nothing there is a site. `prompt` is `path:line`, None
    when the repository holds no prompt of that call; not judged unless `pairs`.
    """

    repository: Path
    path: str
    line: int
    expected: tuple[str, ...]
    prompt: str | None
    pairs: bool
    may_edit: bool

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands in its repository."""
        return self.path, self.line


def read_labels(corpus: Path, root: Path | None) -> tuple[Label, ...]:
    """Read a corpus.

    A relative `repository` is looked up from `root`, else from the folder of the corpus; a label
    without one is of `root` itself. Raises LabelError for what cannot be used.
    """
    try:
        lines = corpus.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LabelError(f"{corpus}: cannot be read: {error}") from None
    labels = []
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            labels.append(_label(json.loads(text), corpus, root))
        except ValueError as error:
            raise LabelError(f"{corpus}:{number}: {error}") from None
    if not labels:
        raise LabelError(f"{corpus}: holds no label")
    return tuple(labels)


def _label(found: object, corpus: Path, root: Path | None) -> Label:
    if not isinstance(found, dict):
        raise ValueError("is no JSON object")  # noqa: TRY004 - of the corpus, not of the caller
    _check_keys(found)
    repository = _repository(found, corpus, root)
    place = repository / found["path"]
    _need(place.is_file(), f"there is no file {found['path']} in {repository}")
    _need(
        found["line"] <= place.read_bytes().count(b"\n") + 1,
        f"{found['path']} has no line {found['line']}",
    )
    return Label(
        repository=repository,
        path=found["path"],
        line=found["line"],
        expected=tuple(_expected(found["expected"])),
        prompt=_prompt(found),
        pairs="prompt" in found and found["expected"] != NOT_A_SITE,
        may_edit=found["may_edit"],
    )


def _check_keys(found: Mapping[str, Any]) -> None:
    for each in sorted(found.keys() - _KEYS):
        _need(holds=False, otherwise=f"unknown key {each!r}; there are {', '.join(sorted(_KEYS))}")
    for each in ("path", "line", "expected", "may_edit"):
        _need(each in found, f"{each!r} is missing")
    path, line = found["path"], found["line"]
    _need(isinstance(path, str) and path != "", "'path' must be a path inside the repository")
    _need(type(line) is int and line > 0, "'line' must be a number from 1")
    _need(isinstance(found["may_edit"], bool), "'may_edit' must be true or false")


def _need(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - a condition, not a switch
    if not holds:
        raise ValueError(otherwise)


def _repository(found: Mapping[str, Any], corpus: Path, root: Path | None) -> Path:
    named = found.get("repository")
    if named is None:
        if root is None:
            raise ValueError("names no 'repository', and there is no --root")
        return root.resolve()
    if not isinstance(named, str) or not named:
        raise ValueError("'repository' must be a path")
    repository = ((root or corpus.parent) / named).resolve()
    if not repository.is_dir():
        raise ValueError(f"there is no repository {repository}")
    return repository


def _expected(found: object) -> Iterator[str]:
    if found in (NOT_A_SITE, [NOT_A_SITE]):
        return
    if not isinstance(found, list) or not found:
        raise ValueError(f"'expected' must be a list of outcomes, or {NOT_A_SITE!r}")
    for each in found:
        if each not in _OUTCOMES:
            listed = ", ".join(sorted(_OUTCOMES))
            raise ValueError(f"there is no outcome {each!r}; there are {listed}")
        yield each


def _prompt(found: Mapping[str, Any]) -> str | None:
    prompt = found.get("prompt")
    if prompt is None or (isinstance(prompt, str) and _PLACE.fullmatch(prompt)):
        return prompt
    raise ValueError("'prompt' must be \"path:line\" or null")
