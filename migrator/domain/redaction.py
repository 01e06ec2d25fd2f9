"""Blank what looks like a credential, wherever text leaves the machine's own files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

BLANK = "(redacted)"
SECRET = re.compile(
    r"(?i)((?<![a-z0-9])sk-[a-z0-9_-]{8,}|gh[pousr]_[a-z0-9]{20,}|github_pat_\w{20,}"
    r"|glpat-[\w-]{16,}|hf_[a-z0-9]{20,}|AIza[\w-]{30,}|AKIA[0-9A-Z]{12,}|xox[abpr]-[\w-]+"
    r"|eyJ[\w-]{20,}\.[\w-]+|[a-f0-9]{32,})"
)
SECRET_NAMES = re.compile(
    r"(?i)(api_?key|token$|secret|passw(?:or)?d|authorization|credential|private_?key|dsn$)"
)
_KEY_BLOCK = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END|\Z)", re.DOTALL)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}")
_LOGIN = re.compile(r"(?<=://)[^\s/@:]+:[^\s/@]+(?=@)")
_NAMED = re.compile(
    r"(?i)([\w-]*(?:api[_-]?key|token|secret|password|passwd)[\"']?\s*[=:]\s*[\"']?)[^\s\"',;)]{6,}"
)
_SHORTEST = 6


def redacted(text: str) -> str:
    """Blank anything in a short excerpt that looks like a credential."""
    return SECRET.sub(BLANK, text)


def redacted_output(text: str, environment: Mapping[str, str]) -> str:
    """Blank what looks like a credential in a program's output.

    Values of the environment whose names say that they are secret go, wherever they stand.
    """
    for value in _secret_values(environment):
        text = text.replace(value, BLANK)
    text = _KEY_BLOCK.sub(BLANK, text)
    text = _BEARER.sub(rf"\1 {BLANK}", text)
    text = _LOGIN.sub(BLANK, text)
    text = _NAMED.sub(rf"\1{BLANK}", text)
    return redacted(text)


def _secret_values(environment: Mapping[str, str]) -> Iterable[str]:
    values = {
        value
        for name, value in environment.items()
        if SECRET_NAMES.search(name) and len(value) >= _SHORTEST
    }
    # The longest first: one value may hold another.
    return sorted(values, key=lambda value: (-len(value), value))
