"""Read where files of configuration set variables of the environment, and to what.

The forms of dotenv files, shells, Make, Docker, Compose, Kubernetes, Helm, Terraform, systemd,
workflows and manifests in JSON are told by the line alone, so that one reading serves them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from migrator.domain.source import Place

_COMMENT = re.compile(r"\s*(?:#|//|;|--|<!--|::|rem\s)|.*?\s#", re.IGNORECASE)
_SHOWN = re.compile(r"\b(?:echo|printf|print)\b")
_SET = re.compile(r"""["'\]]*\s*(?P<sign>:=|\?=|\+=|=>|=|:)(?![=:])\s*(?P<rest>.*)""")
_DEFAULTED = re.compile(r":?=(?P<rest>[^}]*)\}")  # `: "${KEY:=value}"`
_COMMAND = re.compile(r"(?:^|\s)(?:ENV|ARG|setenv|setx|SetEnv|set\s+-\S+)\s+$")
_STRUCTURE = re.compile(r"""(?:^|.*[{,\[])[\s\-?"']*$""")
_NAMED = re.compile(r"""(?:^|[\s{,"'(-])(?:name|key)["']?\s*[:=]\s*["']?$""", re.IGNORECASE)
_VALUE = re.compile(
    r"""(?:^|.*?[\s{,"'-])value(?P<source>From)?["']?\s*[:=]\s*(?P<rest>.*)""", re.IGNORECASE
)
_SOURCE = re.compile(r"""\s*["']?(?:from\w+|sync|generateValue)["']?\s*:""")
_NEXT = re.compile(r"""\s*-\s|.*?["']?\b(?:name|key)["']?\s*[:=]""", re.IGNORECASE)
_WITHIN = 4  # lines from a name to its value
_BRACED = re.compile(r"\$\{(?!\{)[^}]*\}\S*")
_TEMPLATE = re.compile(r"\$\{\{\s*(?P<kind>\w*)\.(?P<name>\w+)\s*\}\}|\$[({]\{?|\{\{|<%|!\w")
_OWN = re.compile(r"\$\{?(\w+)(?::?[?+][^}]*)?\}?$")
_EITHER = re.compile(r"\$\{\w+:?[-=](.*)\}$")
_ELSEWHERE = re.compile(r"\$|\{\{|<%|!\w|%\w+%|[A-Za-z_]\w*(?:\.[\w\[\]\"-]+)+$|[a-z_]\w*\(")
_NOTHING = frozenset({"", "null", "~", "none", "nil", "undefined"})
_BLOCK = frozenset({"|", ">", "|-", ">-", "|+", ">+"})
_UNQUOTED = re.compile(r"""[^\s,;}\])"'`]*""")


@dataclass(frozen=True, slots=True)
class Assigned:
    """A variable that a line sets. `value` is as written, None where it comes from elsewhere."""

    name: str
    at: Place
    value: str | None


def assigned(path: str, text: str, names: Iterable[str]) -> Iterator[Assigned]:
    """Give where a file sets any of these variables.

    What is left empty, or handed through under its own name, says nothing and is left out.
    """
    any_of = "|".join(sorted(map(re.escape, names)))
    word = re.compile(rf"(?<!\w)(?:{any_of})(?!\w)")
    lines = text.splitlines()
    for index, line in enumerate(lines):
        for found in word.finditer(line) if any_of else ():
            value = _value_at(lines, index, found)
            if value is None or value.lower() not in _NOTHING:
                yield Assigned(found[0], Place(path, index + 1), value)


def _value_at(lines: Sequence[str], index: int, found: re.Match[str]) -> str | None:
    """Read what the name at a place of a line is set to; nothing where it only stands there."""
    line, name = lines[index], found[0]
    before, after = line[: found.start()], line[found.end() :]
    if _COMMENT.match(before) or _SHOWN.search(before):
        return ""
    if before.endswith("${"):
        default = _DEFAULTED.match(after)
        return _read(default["rest"], name) if default else ""
    if before.endswith(("$", "-")):
        return ""
    if _NAMED.search(before):
        return _beside(lines, index, found)
    if _COMMAND.search(before) and after[:1].isspace():
        return _read(after, name)
    given = _SET.match(after)
    if given is None or (given["sign"] == ":" and not _STRUCTURE.match(before)):
        return ""
    if given["rest"] in _BLOCK:
        return _read(lines[index + 1], name) if index + 1 < len(lines) else ""
    return _read(given["rest"], name)


def _beside(lines: Sequence[str], index: int, found: re.Match[str]) -> str | None:
    """Read the value that belongs to a name: on its line, on one of the next, or just before."""
    line, name = lines[index], found[0]
    beside = (line[found.end() :], line[: found.start()].rpartition("{")[2])
    given = next((each for each in map(_VALUE.match, beside) if each), None)
    if given is None and not line.lstrip().startswith("- ") and index:
        given = _VALUE.match(lines[index - 1])
    for following in lines[index + 1 : index + 1 + _WITHIN] if given is None else ():
        if _SOURCE.match(following):
            return None
        given = None if following.lstrip().startswith("- ") else _VALUE.match(following)
        if given or _NEXT.match(following):
            break
    if given is None:
        return ""
    return None if given["source"] else _read(given["rest"], name)


def _read(rest: str, name: str) -> str | None:
    """Give the value that a stretch of a line begins with; None where it is looked up elsewhere."""
    rest = rest.strip()
    mark = rest[:1]
    if mark and mark in "\"'`":
        rest = value = rest[1:].partition(mark)[0].strip()
    else:
        whole = _BRACED.match(rest) or _UNQUOTED.match(rest)
        value = whole[0] if whole else ""
    either = _EITHER.match(value)
    if either:
        return _read(either[1], name) if either[1] else ""
    own = _OWN.match(value)
    if own and own[1] == name:
        return ""
    template = _TEMPLATE.match(rest)
    if template:
        return "" if (template["kind"], template["name"]) == ("env", name) else None
    if rest[:1] in {"{", "["}:
        return ""  # says something about the variable, and not what it is
    return None if _ELSEWHERE.match(value) else value
