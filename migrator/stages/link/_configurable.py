"""Read what a configuration says of the fields that an object was made configurable in.

Source: https://docs.langchain.com/oss/python/langchain/models#configurable-models and
`RunnableSerializable.configurable_fields` of langchain-core 1.8.4, read on 2026-11-25.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from migrator.domain.expression import Call, Expression, Series, Text
from migrator.domain.trail import Found, Frame, Lost, Outside
from migrator.following.aliases import called_name
from migrator.following.port import Walk
from migrator.stages.link._settings import collect_arguments, splat

_TABLE = "configurable"  # the entry of a configuration that holds the fields
_CONFIG = "config"  # the argument of a call that is a configuration
_DECLARING = frozenset({"configurable_fields", "configurable_alternatives"})
_CHOSEN_LATER = ".init_chat_model"
_ANY = "any"

Arguments = dict[str, Found]


@dataclass
class Fields:
    """The fields of one object that a configuration can set: their names by the ids of these.

    With `every` each argument is one, under its own name after `prefix`.
    """

    by_id: dict[str, str] = field(default_factory=dict)
    every: bool = False
    prefix: str = ""

    def take_in(self, walk: Walk, call: Call, frame: Frame) -> bool:
        """Take in what a call makes configurable; true where it does nothing else."""
        ends = walk.follow(call.callee, frame)
        if any(isinstance(e, Outside) and e.name.endswith(_CHOSEN_LATER) for e in ends):
            self._chosen_later(walk, collect_arguments(walk, call, frame, ("model",))[0])
        if called_name(call.callee) not in _DECLARING:
            return False
        for keyword in call.keywords:
            for made in _calls(walk, keyword.value, frame):
                ids = [_text(walk, k.value, frame) for k in made.keywords if k.name == "id"]
                self.by_id |= {each: keyword.name for each in ids if each and keyword.name}
        return True

    def _chosen_later(self, walk: Walk, given: Mapping[str, Found]) -> None:
        prefix = given.get("config_prefix")
        text = _text(walk, prefix.expression, prefix.frame) if prefix else ""
        self.prefix = f"{text}_" if text else ""
        named = given.get("configurable_fields")
        for each in _texts(walk, named) if named else ():
            self.every = self.every or each == _ANY
            self.by_id[f"{self.prefix}{each}"] = each
        if named is None and "model" not in given:
            self.by_id |= {f"{self.prefix}{each}": each for each in ("model", "model_provider")}

    def unfold(self, walk: Walk, given: Arguments) -> list[Lost]:
        """Put what the configuration among some arguments says in the place of that."""
        nested = given.pop(_TABLE, None)
        if not self.by_id and not self.every:
            return []
        config = given.pop(_CONFIG, None)
        inside, lost = splat(walk, config.expression, config.frame) if config else ({}, [])
        nested = nested or inside.get(_TABLE)
        if nested is None:
            return lost
        said, more = splat(walk, nested.expression, nested.frame)
        for key, found in said.items():
            name = self.by_id.get(key) or (key.removeprefix(self.prefix) if self.every else "")
            if name:
                given[name] = found
        return [*lost, *more]


def _calls(walk: Walk, value: Expression, frame: Frame) -> Iterator[Call]:
    for end in walk.follow(value, frame):
        if isinstance(end, Found) and isinstance(end.expression, Call):
            yield end.expression


def _text(walk: Walk, value: Expression, frame: Frame) -> str:
    for end in walk.follow(value, frame):
        if isinstance(end, Found) and isinstance(end.expression, Text):
            return end.expression.value
    return ""


def _texts(walk: Walk, named: Found) -> Iterator[str]:
    for end in walk.follow(named.expression, named.frame):
        match end:
            case Found(expression=Text(value=value)):
                yield value
            case Found(expression=Series(items=items), frame=inside):
                yield from (_text(walk, each, inside) for each in items)
            case _:
                pass
