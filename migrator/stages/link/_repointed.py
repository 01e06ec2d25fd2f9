"""Find what points a client elsewhere after it was made, or for all clients at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from migrator.domain.expression import Call, Expression, Member, Name, Text, dotted
from migrator.domain.facts import Binding, FileFacts
from migrator.domain.roles import is_test
from migrator.domain.site import Setting, SettingState
from migrator.domain.trail import Found, Frame, Outside, Trail
from migrator.following.port import Walk
from migrator.stages.link._receivers import Client
from migrator.stages.link._settings import read_setting

ADDRESS = "base_url"
_ATTRIBUTES = frozenset(
    {"base_url", "_base_url", "api_base", "api_type", "azure_endpoint", "_client", "create"}
)
_VARIABLES = frozenset({"OPENAI_BASE_URL", "OPENAI_API_TYPE"})
_ENVIRONMENT = ("os.environ", "environ")
_REPLACED = frozenset({"_client", "create"})


@dataclass(frozen=True, slots=True)
class Change:
    """A binding that may point a client elsewhere, with the frame that it is made in."""

    binding: Binding
    frame: Frame


def find_changes(files: Iterable[FileFacts], others: Iterable[str] = ()) -> tuple[Change, ...]:
    """Give every binding of an address to an attribute or to the environment, tests left out.

    `others` are further attributes, by their dotted names, that point calls elsewhere.
    """
    attributes = _ATTRIBUTES.union(each.rpartition(".")[2] for each in others if "." in each)
    return tuple(
        Change(binding, Frame(facts.path, symbol))
        for facts in files
        if not is_test(facts.path)
        for symbol, binding in (*_bound(facts), *_defaults(facts))
        if binding.value is not None and _is_address(binding, attributes)
    )


def repointed(
    walk: Walk,
    callee: Expression,
    base: Expression,
    frame: Frame,
    client: Client,
    changes: Iterable[Change],
) -> Client:
    """Give a client with its address as options, attributes and the environment set it."""
    given = dict(_options(walk, callee, base, frame))
    if client.receiver is None:
        return replace(client, settings={**client.settings, **given})
    for change in changes:
        if _concerns(walk, change, base, frame, client):
            given.setdefault(ADDRESS, _address(walk, change))
    return replace(client, settings={**client.settings, **given}) if given else client


def _is_address(binding: Binding, attributes: AbstractSet[str]) -> bool:
    if binding.how == "item":
        return binding.name in _ENVIRONMENT and binding.key in _VARIABLES
    head, dot, tail = binding.name.rpartition(".")
    return bool(dot) and tail in attributes and head not in {"self", "cls"}


def _bound(facts: FileFacts) -> Iterator[tuple[str, Binding]]:
    for scope in facts.scopes.values():
        yield from ((scope.symbol, each) for each in scope.bindings)


def _defaults(facts: FileFacts) -> Iterator[tuple[str, Binding]]:
    """Read `os.environ.setdefault(KEY, value)` as the binding that it may be."""
    for each in facts.invocations:
        match each.call.callee, each.call.positional:
            case Member(base=base, name="setdefault"), (Text(value=key), value):
                yield (
                    each.scope,
                    Binding(dotted(base) or "", value, each.call.at, None, "item", key),
                )
            case _:
                pass


def _options(
    walk: Walk, callee: Expression, base: Expression, frame: Frame
) -> Iterator[tuple[str, Setting]]:
    """Yield the addresses given on the way from the client: `client.with_options(base_url=…)`."""
    rest = callee
    while rest is not base:
        match rest:
            case Member(base=inner):
                rest = inner
            case Call(callee=inner, keywords=keywords):
                for each in keywords:
                    if each.name == ADDRESS:
                        yield ADDRESS, read_setting(walk, Found(each.value, frame))
                rest = inner
            case _:
                return


def _concerns(walk: Walk, change: Change, base: Expression, frame: Frame, client: Client) -> bool:
    if change.binding.how == "item":
        # What the constructor is given wins over the environment.
        return client.receiver is not None and ADDRESS not in client.settings
    at = change.binding.at
    parts = change.binding.name.split(".")
    target: Expression = Name(replace(at, end=at.start), parts[0])
    ends = set(_ends(walk.follow(target, change.frame)))
    modules = client.receiver.modules if client.receiver else ()
    if parts[-1] in _REPLACED and any(_is_inside(each, modules) for each in ends):
        return True  # a method of a class of the library: that of every client
    if any(each in modules for each in ends):
        return bool(set(_ends(walk.follow(base, frame))).intersection(modules))
    owner = dotted(base)
    same = owner is not None and change.binding.name.startswith(f"{owner}.")
    if len(parts) > 2 and parts[0] == "self":  # noqa: PLR2004
        return same and change.frame.path == frame.path
    return bool(ends.intersection(_ends(walk.follow(base, frame))))


def _is_inside(end: object, modules: tuple[str, ...]) -> bool:
    """Whether an end is what a module of the library holds deeper down."""
    return isinstance(end, str) and any(end.startswith(f"{each}.") for each in modules)


def _ends(trails: Iterable[Trail]) -> Iterator[object]:
    for end in trails:
        match end:
            case Found(expression=expression, frame=frame):
                yield frame.path, expression.at
            case Outside(name=name):
                yield name
            case _:
                pass


def _address(walk: Walk, change: Change) -> Setting:
    binding = change.binding
    at = binding.at.within(change.frame.path)
    if binding.value is None or binding.name.rpartition(".")[2] in _REPLACED:
        return Setting(state=SettingState.UNRESOLVED, at=at, reason=f"`{binding.name}` is replaced")
    setting = read_setting(walk, Found(binding.value, change.frame))
    return replace(setting, at=at) if setting.at is None else setting
