"""Add to the settings of a call what files set the variables to that they are read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from migrator.domain.addresses import is_home
from migrator.domain.environment_files import PATHS, configures_environment, is_template
from migrator.domain.expression import Expression, Scalar, Text
from migrator.domain.ports import Tree
from migrator.domain.site import BoundSite, Setting, SettingState
from migrator.domain.source import Location, SourceFile
from migrator.domain.trail import Found, Frame, HopKind
from migrator.domain.variables_in_files import Assigned, assigned
from migrator.stages.environment._near import Near

# A short number or word is no secret; anything else is not repeated.
_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?")
_WORD = re.compile(r"[a-z]{2,8}")
_TRUTH = {"true": True, "false": False}


def values_in_files(tree: Tree, sites: Iterable[BoundSite]) -> Mapping[str, tuple[Assigned, ...]]:
    """Give what files set the variables to that settings are read from, by variable."""
    variables = {name for site in sites for each in _settings(site) for name in _variables(each)}
    if not variables:
        return {}
    names = variables | {each.lower() for each in variables}
    found: dict[str, tuple[Assigned, ...]] = {}
    for path in filter(configures_environment, tree.search_words(sorted(names), PATHS)):
        source = tree.read(path)
        if isinstance(source, SourceFile):
            text = source.content.decode("utf-8", "replace")
            for each in assigned(path, text, names):
                key = each.name if each.name in variables else each.name.upper()
                found[key] = (*found.get(key, ()), each)
    return found


def with_values(
    site: BoundSite, values: Mapping[str, tuple[Assigned, ...]], near: Near
) -> BoundSite:
    """Give a site whose settings may be what files near it set, beside what they are by default."""
    call = site.call
    if call is None or not values:
        return site

    def grown(setting: Setting) -> Setting:
        for variable in sorted(_variables(setting)):
            for each in values.get(variable, ()):
                if near.speaks_of(each.at.path, site.place.path):
                    setting = _with_value(setting, each)
        return setting

    settings = {name: grown(each) for name, each in call.settings.items()}
    client = {name: grown(each) for name, each in call.client.items()}
    return replace(site, call=replace(call, settings=settings, client=client))


def _settings(site: BoundSite) -> Iterator[Setting]:
    if site.call is not None:
        yield from site.call.settings.values()
        yield from site.call.client.values()


def _variables(setting: Setting) -> frozenset[str]:
    """Name the variables that a setting is read from, over a default that is in view."""
    return frozenset(
        hop.detail
        for end in setting.ends
        for hop in end.hops
        if hop.kind is HopKind.ENVIRONMENT and hop.detail.isidentifier()
    )


def _with_value(setting: Setting, said: Assigned) -> Setting:
    known = [e.expression.value for e in setting.ends if isinstance(e.expression, Text | Scalar)]
    expression = _literal(said)
    if said.value is not None and is_home(said.value):
        return setting
    if isinstance(expression, Text | Scalar) and expression.value in known:
        return setting
    if expression is None or is_template(said.at.path):
        where = f"{said.at.path}:{said.at.line}"
        return replace(
            setting, value=None, reason=setting.reason or f"{said.name} is set in {where}"
        )
    found = Found(expression, Frame(said.at.path, ""))
    ends = (*setting.ends, found)
    return replace(setting, state=SettingState.EXPLICIT, value=None, at=said.at, ends=ends)


def _literal(said: Assigned) -> Expression | None:
    """Read a value that may be shown; None for any other."""
    at, value = Location(said.at.line, said.at.column, 0, 0), said.value or ""
    if value.lower() in _TRUTH:
        return Scalar(at, _TRUTH[value.lower()])
    if _NUMBER.fullmatch(value):
        return Scalar(at, float(value) if "." in value else int(value))
    return Text(at, value) if _WORD.fullmatch(value) else None
