"""Check the value of each configuration key; every error names file and key."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from migrator.domain.answer import Answer, Verdict
from migrator.domain.config import Decide, Decision, PromptPlace, Role
from migrator.domain.errors import ConfigError
from migrator.domain.serving import Serving, ServingKind
from migrator.domain.site import Ask, Outcome
from migrator.domain.wrapper import Said, Wrapper

KEYS = (
    "target",
    "from",
    "confirm",
    "include",
    "exclude",
    "roles",
    "prompts",
    "prompt-edits",
    "wrappers",
    "decisions",
    "deployments",
    "aliases",
    "answers",
    "shutdowns",
    "fail-on",
    "commit-per",
    "validate",
    "setup",
    "link",
    "time-limit",
)
_ANSWER_KEYS = ("verdict", "asked", "host", "told")
_SERVING_KEYS = ("model", "becomes", "ready")
_WRAPPER_KEYS = ("sends", "model", "positional", "prompts", "settings")
_DECISION_KEYS = ("decide", "reason", "owner", "expiry", "text")


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns TOML values of the file at `path` into domain values.

    Every method gets the key to name in an error, and raises ConfigError for a value that does
    not fit.
    """

    path: str

    def text(self, key: str, value: object) -> str:
        """Read a string that is not empty."""
        if not isinstance(value, str) or not value.strip():
            self._refuse(key, f"must be a string that is not empty, not {_kind(value)}")
        return value

    def texts(self, key: str, value: object) -> tuple[str, ...]:
        """Read a list of strings."""
        if not isinstance(value, list):
            self._refuse(key, f"must be a list of strings, not {_kind(value)}")
        return tuple(self.text(f"{key}[{index}]", each) for index, each in enumerate(value))

    def several(self, key: str, value: object) -> tuple[str, ...]:
        """Read a string, or a list of strings."""
        return (value,) if isinstance(value, str) and value.strip() else self.texts(key, value)

    def seconds(self, key: str, value: object) -> int:
        """Read a number of seconds, at least one."""
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self._refuse(key, f"must be a whole number of seconds, not {value!r}")
        return value

    def table(self, key: str, value: object) -> Mapping[str, object]:
        """Read a table."""
        if not isinstance(value, dict):
            self._refuse(key, f"must be a table, not {_kind(value)}")
        return value

    def one_of(self, key: str, value: object, allowed: Iterable[str]) -> str:
        """Read one word of a closed list."""
        word, words = self.text(key, value), tuple(allowed)
        if word not in words:
            self._refuse(key, f"{word!r} is not one of {', '.join(words)}{_meant(word, words)}")
        return word

    def asks(self, key: str, value: object) -> tuple[str, ...]:
        """Read the reasons that `--confirm` lifts."""
        return tuple(self.one_of(key, each, tuple(Ask)) for each in self.texts(key, value))

    def outcomes(self, key: str, value: object) -> tuple[str, ...]:
        """Read names of outcomes."""
        return tuple(self.one_of(key, each, tuple(Outcome)) for each in self.texts(key, value))

    def roles(self, key: str, value: object) -> Mapping[str, Role]:
        """Read `glob = role`."""
        return {
            glob: Role(self.one_of(f"{key}.{glob}", role, tuple(Role)))
            for glob, role in self.table(key, value).items()
        }

    def prompts(self, key: str, value: object) -> tuple[PromptPlace, ...]:
        """Read `site or glob = "path:line"`; without a line the first one is meant."""
        return tuple(
            self._prompt(f"{key}.{site}", site, where)
            for site, where in self.table(key, value).items()
        )

    def decisions(self, key: str, value: object) -> tuple[Decision, ...]:
        """Read one table per site, group, model id or `path:line`."""
        return tuple(
            self._decision(f"{key}.{subject}", subject, answer)
            for subject, answer in self.table(key, value).items()
        )

    def servings(self, key: str, value: object, kind: ServingKind) -> tuple[Serving, ...]:
        """Read `name = { model, becomes, ready }`."""
        return tuple(
            self._serving(f"{key}.{name}", name, declared, kind)
            for name, declared in self.table(key, value).items()
        )

    def wrappers(self, key: str, value: object) -> tuple[Wrapper, ...]:
        """Read `dotted name = { sends, model, positional, prompts, settings }`."""
        return tuple(
            self._wrapper(f"{key}.{name}", name, declared)
            for name, declared in self.table(key, value).items()
        )

    def answers(self, key: str, value: object) -> Mapping[str, Answer]:
        """Read `question = { verdict, asked, host, told }`, as `migrate probe` writes it."""
        return {
            question: self._answer(f"{key}.{question}", question, told)
            for question, told in self.table(key, value).items()
        }

    def shutdowns(self, key: str, value: object) -> Mapping[str, str]:
        """Read `model id = date`."""
        return {
            name: self._day(f"{key}.{name}", each) for name, each in self.table(key, value).items()
        }

    def refuse_unknown(self, key: str, table: Mapping[str, object], known: Iterable[str]) -> None:
        """Refuse a key that is not known, with the one that was probably meant."""
        words = tuple(known)
        for name in table:
            if name not in words:
                full = f"{key}.{name}" if key else name
                self._refuse(full, f"unknown key{_meant(name, words)}")

    def digest(self, table: Mapping[str, object]) -> str:
        """Give the SHA-256 of a table as canonical JSON, in hexadecimal."""
        text = json.dumps(table, sort_keys=True, separators=(",", ":"), default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def _prompt(self, key: str, site: str, value: object) -> PromptPlace:
        where = self.text(key, value)
        path, colon, line = where.rpartition(":")
        if not colon:
            return PromptPlace(site=site, path=where)
        if not path or not line.isdecimal() or int(line) < 1:
            self._refuse(key, f"must be a path or path:line, not {where!r}")
        return PromptPlace(site=site, path=path, line=int(line))

    def _decision(self, key: str, subject: str, value: object) -> Decision:
        answer = self.table(key, value)
        self.refuse_unknown(key, answer, _DECISION_KEYS)
        for needed in ("decide", "reason"):
            if needed not in answer:
                self._refuse(f"{key}.{needed}", "is required")
        return Decision(
            on=subject,
            decide=Decide(self.one_of(f"{key}.decide", answer["decide"], tuple(Decide))),
            reason=self.text(f"{key}.reason", answer["reason"]),
            owner=self.text(f"{key}.owner", answer["owner"]) if "owner" in answer else "",
            expiry=self._day(f"{key}.expiry", answer["expiry"]) if "expiry" in answer else "",
            text=self.text(f"{key}.text", answer["text"]) if "text" in answer else "",
        )

    def _answer(self, key: str, question: str, value: object) -> Answer:
        told = self.table(key, value)
        self.refuse_unknown(key, told, _ANSWER_KEYS)
        for needed in ("verdict", "asked", "host"):
            if needed not in told:
                self._refuse(f"{key}.{needed}", "is required")
        return Answer(
            question=question,
            verdict=Verdict(self.one_of(f"{key}.verdict", told["verdict"], tuple(Verdict))),
            asked=self._day(f"{key}.asked", told["asked"]),
            host=self.text(f"{key}.host", told["host"]),
            told=self.text(f"{key}.told", told["told"]) if "told" in told else "",
        )

    def _serving(self, key: str, name: str, value: object, kind: ServingKind) -> Serving:
        declared = self.table(key, value)
        self.refuse_unknown(key, declared, _SERVING_KEYS)
        for needed in ("model", "becomes"):
            if needed not in declared:
                self._refuse(f"{key}.{needed}", "is required")
        ready = declared.get("ready", False)
        if not isinstance(ready, bool):
            self._refuse(f"{key}.ready", f"must be true or false, not {_kind(ready)}")
        return Serving(
            kind=kind,
            name=name,
            model=self.text(f"{key}.model", declared["model"]),
            becomes=self.text(f"{key}.becomes", declared["becomes"]),
            ready=ready,
        )

    def _wrapper(self, key: str, name: str, value: object) -> Wrapper:
        declared = self.table(key, value)
        self.refuse_unknown(key, declared, _WRAPPER_KEYS)
        parts = name.split(".")
        if len(parts) == 1 or not all(each.isidentifier() for each in parts):
            self._refuse(key, "must be the dotted name of a callable, such as desk.llm.ask")
        if "sends" not in declared:
            self._refuse(f"{key}.sends", "is required")
        prompts = self.table(f"{key}.prompts", declared.get("prompts", {}))
        settings = self.table(f"{key}.settings", declared.get("settings", {}))
        return Wrapper(
            name=name,
            sends=self.text(f"{key}.sends", declared["sends"]),
            model=self.text(f"{key}.model", declared.get("model", "model")),
            positional=self.texts(f"{key}.positional", declared.get("positional", [])),
            prompts={
                each: Said(self.one_of(f"{key}.prompts.{each}", said, tuple(Said)))
                for each, said in prompts.items()
            },
            settings={
                each: self.text(f"{key}.settings.{each}", argument)
                for each, argument in settings.items()
            },
        )

    def _day(self, key: str, value: object) -> str:
        if type(value) is date:
            return value.isoformat()
        try:
            return date.fromisoformat(self.text(key, value)).isoformat()
        except ValueError:
            self._refuse(key, f"must be a date such as 2027-01-31, not {value!r}")

    def _refuse(self, key: str, why: str) -> NoReturn:
        raise ConfigError(f"{self.path}: {key}: {why}")


def _meant(word: str, words: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, tuple(words), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _kind(value: object) -> str:
    names = {str: "an empty string", bool: "true or false", list: "a list", dict: "a table"}
    return names.get(type(value), type(value).__name__)
