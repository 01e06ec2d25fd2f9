"""Name the environment variables that fill the fields of a settings class.

Source: https://docs.pydantic.dev/latest/concepts/pydantic_settings/ (environment variable names).
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Entry, Expression, Keyword, Scalar, Table, Text
from migrator.domain.facts import Binding, FileFacts, Scope
from migrator.domain.trail import Defined, Frame
from migrator.following.ancestry import MOST_BASES, outside_names
from migrator.following.defaults import texts_of
from migrator.following.definitions import definition_of
from migrator.following.port import Walk

_BASE = "BaseSettings"
_LIBRARIES = frozenset({"pydantic_settings", "pydantic"})
_ALIASES = ("validation_alias", "alias", "env")


def variables_of(walk: Walk, path: str, owner: Scope, field: Binding) -> tuple[str, ...]:
    """Give the variables that set a field of a class; none when it is no settings class.

    A name of the field's own is taken as it stands; else the class's prefix comes before the
    field's name, that of a class below as well. Case counts only where the class says so.
    """
    if not _is_settings(walk, path, owner):
        return tuple(_nested(walk, path, owner, field))
    options = dict(_options(walk, path, owner))
    given = tuple(text for each in _aliases(field.value) for text in texts_of(each))
    below = walk.callers.below(walk, path, owner.symbol) if not given else ()
    others = [dict(_options(walk, where, each)) for where, each in below]
    prefixes = dict.fromkeys(_text(each.get("env_prefix")) for each in (options, *others))
    names = given or tuple(f"{prefix}{field.name}" for prefix in prefixes)
    sensitive = options.get("case_sensitive")
    if isinstance(sensitive, Scalar) and sensitive.value is True:
        return names
    return tuple(each.upper() for each in names)


def _nested(walk: Walk, path: str, owner: Scope, field: Binding) -> Iterator[str]:
    """Give the variables that set a field of a model which is itself a field of a settings class.

    They are made of both names, where the settings class says what stands between.
    """
    facts = walk.file(path)
    beside = [each for each in facts.scopes.values() if each.bases] if facts else []
    every = (*walk.callers.classes(_BASE), *((path, each) for each in beside))
    known = {(where, each.symbol): each for where, each in every}
    for (where, _), outer in known.items():
        if not _is_settings(walk, where, outer):
            continue
        options = dict(_options(walk, where, outer))
        between = _text(options.get("env_nested_delimiter"))
        for each in outer.bindings if between else ():
            ends = walk.follow(each.annotation, Frame(where, "")) if each.annotation else ()
            if any(
                isinstance(e, Defined) and (e.path, e.symbol) == (path, owner.symbol) for e in ends
            ):
                prefix = _text(options.get("env_prefix"))
                yield f"{prefix}{each.name}{between}{field.name}".upper()


def _is_settings(walk: Walk, path: str, owner: Scope) -> bool:
    outer = Frame(path, owner.parent or "")
    ends = (end for base in owner.bases for end in walk.follow(base, outer))
    for name in outside_names(walk, ends):
        library, _, last = name.rpartition(".")
        if last == _BASE and library.partition(".")[0] in _LIBRARIES:
            return True
    return False


def _options(
    walk: Walk, path: str, owner: Scope, depth: int = 0
) -> Iterator[tuple[str, Expression]]:
    """Yield the options of a settings class, those of its bases first."""
    facts = walk.file(path)
    if facts is None or depth > MOST_BASES:
        return
    for base in owner.bases:
        for end in walk.follow(base, Frame(path, owner.parent or "")):
            above = definition_of(walk, end)
            if above and above[1].symbol:
                yield from _options(walk, above[0].path, above[1], depth + 1)
    yield from _own_options(facts, owner)


def _own_options(facts: FileFacts, owner: Scope) -> Iterator[tuple[str, Expression]]:
    yield from (each for each in map(_keyword, owner.keywords) if each)
    for binding in owner.bindings:
        if binding.name == "model_config":
            match binding.value:
                case Call(keywords=keywords):
                    yield from (each for each in map(_keyword, keywords) if each)
                case Table(entries=entries):
                    yield from (each for each in map(_entry, entries) if each)
                case _:
                    pass
    inner = facts.scopes.get(f"{owner.symbol}.Config")
    for binding in inner.bindings if inner else ():
        if binding.value is not None:
            yield binding.name, binding.value


def _keyword(keyword: Keyword) -> tuple[str, Expression] | None:
    return None if keyword.name is None else (keyword.name, keyword.value)


def _entry(entry: Entry) -> tuple[str, Expression] | None:
    return (entry.key.value, entry.value) if isinstance(entry.key, Text) else None


def _aliases(value: Expression | None) -> Iterator[Expression]:
    if isinstance(value, Call):
        for name in _ALIASES:
            found = [each.value for each in value.keywords if each.name == name]
            if found:
                yield from found
                return


def _text(option: Expression | None) -> str:
    return option.value if isinstance(option, Text) else ""
