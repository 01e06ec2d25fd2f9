"""Build the catalogue from `models.toml` and check that it holds together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.domain.catalogue import Catalogue, Model, Prefix, Standing, Tier
from migrator.domain.grammar import Grammar
from migrator.playbook._decode import Key, nearest
from migrator.playbook._texts import Cited, check_date

_ROUTES = ("direct", "gateway", "deployment", "foreign")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Facts shared by some ids; `snapshots` are dated forms of the one id beside them."""

    ids: tuple[str, ...]
    snapshots: tuple[str, ...] = ()
    snapshot_of: str | None = None
    family: str
    tier: Tier
    kind: str
    standing: Standing = Standing.SOURCE
    alias: bool = False
    exists: bool = True
    efforts: tuple[str, ...] = ()
    effort_default: str | None = None
    fixed_effort: bool = False
    shutdown: str | None = None
    replacement: str | None = None
    price: tuple[float, float] | None = None
    blocked: str | None = None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelsFile:
    """What `models.toml` holds."""

    prefixes: tuple[Prefix, ...]
    grammar: Grammar
    models: tuple[Entry, ...]


def build_catalogue(entries: ModelsFile, target: str, cited: Cited, at: Key) -> Catalogue:
    """Give the catalogue of a target; raises PlaybookError for what does not hold together."""
    models: dict[str, Model] = {}
    for index, entry in enumerate(entries.models):
        here = at.child("models").item(index)
        _check_entry(entry, here)
        for model in _expand(entry, cited, here):
            if model.id in models:
                raise here.child("ids").refuse(f"`{model.id}` is there twice")
            models[model.id] = model
    _check_links(entries, models, at)
    if target not in models or models[target].standing is not Standing.TARGET:
        raise at.child("models").refuse(f"no entry has the id `{target}` and standing target")
    prefixes = _prefixes(entries.prefixes, cited, at.child("prefixes"))
    _check_grammar(entries.grammar, at.child("grammar"))
    return Catalogue(models, prefixes, entries.grammar, target)


def _check_entry(entry: Entry, at: Key) -> None:
    if not entry.ids:
        raise at.child("ids").refuse("must name at least one id")
    if entry.snapshots and (len(entry.ids) != 1 or entry.snapshot_of):
        raise at.child("snapshots").refuse("belong to one id that is no snapshot itself")
    if entry.effort_default and entry.effort_default not in entry.efforts:
        raise at.child("effort_default").refuse(f"`{entry.effort_default}` is not among `efforts`")
    check_date(entry.shutdown, at.child("shutdown"))


def _expand(entry: Entry, cited: Cited, at: Key) -> Iterator[Model]:
    page = cited.page(entry.source, at.child("source"))
    for name in (*entry.ids, *entry.snapshots):
        dated = name in entry.snapshots
        yield Model(
            id=name,
            family=entry.family,
            tier=entry.tier,
            kind=entry.kind,
            standing=entry.standing,
            snapshot_of=entry.ids[0] if dated else entry.snapshot_of,
            alias=entry.alias and not dated,
            exists=entry.exists,
            efforts=entry.efforts,
            effort_default=entry.effort_default,
            fixed_effort=entry.fixed_effort,
            shutdown=entry.shutdown,
            replacement=entry.replacement,
            price=entry.price,
            blocked=entry.blocked,
            source=page.url,
            read=page.read,
        )


def _check_links(entries: ModelsFile, models: dict[str, Model], at: Key) -> None:
    for index, entry in enumerate(entries.models):
        here = at.child("models").item(index)
        _check_link(entry.snapshot_of, models, here.child("snapshot_of"))
        _check_link(entry.replacement, models, here.child("replacement"))


def _check_link(linked: str | None, models: dict[str, Model], at: Key) -> None:
    if linked is not None and linked not in models:
        raise at.refuse(f"there is no id `{linked}`{nearest(linked, list(models))}")


def _prefixes(prefixes: tuple[Prefix, ...], cited: Cited, at: Key) -> tuple[Prefix, ...]:
    for index, each in enumerate(prefixes):
        here = at.item(index)
        if each.route not in _ROUTES:
            close = nearest(each.route, list(_ROUTES))
            raise here.child("route").refuse(f"must be one of {', '.join(_ROUTES)}{close}")
        if any(each.text == other.text for other in prefixes[:index]):
            raise here.child("text").refuse(f"`{each.text}` is there twice")
    return tuple(
        replace(each, source=cited.text(each.source, at.item(index).child("source")))
        for index, each in enumerate(prefixes)
    )


def _check_grammar(grammar: Grammar, at: Key) -> None:
    for name in ("shapes", "quoted_shapes", "newer", "foreign"):
        for index, shape in enumerate(getattr(grammar, name)):
            _check_shape(shape, at.child(name).item(index))
    _check_shape(grammar.suffix, at.child("suffix"))


def _check_shape(shape: str, at: Key) -> None:
    if re.search(r"(?<!\\)\((?!\?[:!=<])", shape):
        raise at.refuse("must not capture: write `(?:` in place of `(`")
    if "|" in _outside_parentheses(shape):
        raise at.refuse("must have no `|` outside parentheses: write two shapes")
    try:
        re.compile(shape)
    except re.error as error:
        raise at.refuse(f"is no regular expression: {error}") from error


def _outside_parentheses(shape: str) -> str:
    """Leave out everything between parentheses, innermost first."""
    inner = re.compile(r"(?<!\\)\([^()]*\)")
    while inner.search(shape):
        shape = inner.sub("", shape)
    return shape
