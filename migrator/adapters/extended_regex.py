"""Widen a Perl-like regular expression to a POSIX extended one, for a git without PCRE."""

from __future__ import annotations

import re

_CLASSES = {"d": "0-9", "w": "A-Za-z0-9_", "s": " \t\r\f\v"}
_TOKEN = re.compile(
    r"(?P<look>\(\?<?[=!])|(?P<plain>\(\?:)|(?P<odd>\(\?)|(?P<escape>\\.)"
    r"|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<count>[*+?}])[?+]|(?P<other>.)",
    re.DOTALL,
)


def extended(pattern: str) -> str | None:
    """Give an extended expression that matches at least wherever `pattern` does.

    Conditions on the surroundings are dropped, so the caller filters what is found. None when the
    pattern holds something that has no such form.
    """
    pieces: list[str] = []
    at = 0
    while at < len(pattern):
        token = _TOKEN.match(pattern, at)
        if token is None or token.lastgroup == "odd":
            return None
        if token.lastgroup == "look":
            at = _after_group(pattern, token.end())
            continue
        piece = _translated(token)
        if piece is None:
            return None
        pieces.append(piece)
        at = token.end()
    return "".join(pieces)


def _translated(token: re.Match[str]) -> str | None:
    match token.lastgroup:
        case "plain":
            return "("
        case "escape":
            return _escape(token.group()[1])
        case "set":
            return _set(token.group())
        case "count":
            return token["count"]
        case _:
            return token.group()


def _escape(letter: str) -> str | None:
    if letter in _CLASSES:
        return f"[{_CLASSES[letter]}]"
    if letter == "b":
        return ""
    return None if letter.isalnum() else f"\\{letter}"


def _set(text: str) -> str | None:
    """Rewrite a bracket set, in which POSIX takes a backslash for itself."""
    start = "[^" if text.startswith("[^") else "["
    members = [_member(each) for each in re.findall(r"\\.|[^\\]", text[len(start) : -1])]
    if None in members:
        return None
    body = "".join(each for each in members if each)
    # POSIX wants `]` first and `-` last to stand for themselves.
    first = "]" if "\\]" in text or text.startswith((start + "]",)) else ""
    last = "-" if "\\-" in text or text.endswith("-]") else ""
    return f"{start}{first}{body}{last}]"


def _member(piece: str) -> str | None:
    if len(piece) == 1:
        return "" if piece == "]" else piece
    letter = piece[1]
    if letter in _CLASSES:
        return _CLASSES[letter]
    if letter in "]-":
        return ""
    return None if letter.isalnum() else letter


def _after_group(pattern: str, at: int) -> int:
    depth = 1
    while at < len(pattern) and depth:
        token = _TOKEN.match(pattern, at)
        if token is None:
            return len(pattern)
        if token.lastgroup in {"look", "plain", "odd"} or token.group() == "(":
            depth += 1
        elif token.group() == ")":
            depth -= 1
        at = token.end()
    return at
