"""Tell whether a setting's value lives in a configuration file, which is changed without code."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.domain.site import Setting
from migrator.domain.source import Place
from migrator.domain.trail import Found, HopKind

_KEYS = frozenset({HopKind.KEY, HopKind.CONFIG_KEY})
_SUFFIXES = (".yaml", ".yml", ".json", ".toml", ".ini", ".cfg", ".env", ".properties")


@dataclass(frozen=True, slots=True)
class Configured:
    """A key of a configuration file, with the place of its value."""

    key: str
    at: Place


def configured(setting: Setting) -> Configured | None:
    """Give the key that a setting gets its value from, where configuration alone decides it."""
    ends = [end for end in setting.ends if not setting.reason]
    found = [_key(end) for end in ends]
    kept = [each for each in found if each is not None]
    return kept[0] if kept and len(kept) == len(found) and len(set(kept)) == 1 else None


def _key(end: Found) -> Configured | None:
    if not end.frame.path.endswith(_SUFFIXES):
        return None
    at = end.expression.at.within(end.frame.path)
    keys = [hop.detail for hop in end.hops if hop.kind in _KEYS and hop.detail]
    return Configured(".".join(reversed(keys)), at)
