"""Follow what a program keeps in a store that a framework lends it: `app.state.client`, `g.client`.

Sources: https://www.starlette.io/applications/#storing-state-on-the-app-instance,
https://flask.palletsprojects.com/en/stable/appcontext/#storing-data,
https://docs.streamlit.io/develop/api-reference/caching-and-state/st.session_state,
https://docs.chainlit.io/concepts/user-session,
https://github.com/python-telegram-bot/python-telegram-bot/wiki/Storing-bot,-user-and-chat-related-data.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Member, Text, dotted
from migrator.domain.facts import Binding, FileFacts
from migrator.domain.nearness import nearness
from migrator.domain.roles import is_test
from migrator.domain.source import Place
from migrator.domain.trail import Confidence, Frame, Hop, HopKind, Trail
from migrator.following.hops import entered_by, via
from migrator.following.port import KeptValue, Walk

# What stands right before the name that a value is kept under, however the store was reached.
_STORES = frozenset(
    {"state", "ctx", "g", "extensions", "session_state", "user_session"}
    | {"bot_data", "chat_data", "user_data"}
)
_APP = "app"
_APPS = frozenset({_APP, "current_app", "application"})
_SETTERS = frozenset({"set", "setdefault"})


def kept_in(facts: FileFacts) -> Iterator[tuple[tuple[str, str], KeptValue]]:
    """Give what a file keeps in stores, by the store's and the value's own name."""
    for scope in facts.scopes.values():
        frame = Frame(facts.path, scope.symbol)
        for each in scope.bindings:
            store, name = _place(each)
            if store and name and each.value is not None:
                yield (store, name), KeptValue(each.value, frame, each.at)
    for invocation in facts.invocations:
        match invocation.call:
            case Call(
                callee=Member(base=base, name=method), positional=(Text(value=name), value), at=at
            ) if method in _SETTERS and (store := _store(dotted(base) or "")):
                yield (store, name), KeptValue(value, Frame(facts.path, invocation.scope), at)
            case _:
                pass


def word_of_store(store: str) -> str:
    """Give a word that every read of a store holds."""
    return "current_app" if store == _APP else store.rpartition(".")[2]


def is_kept(binding: Binding) -> bool:
    """Tell whether a binding keeps a value in a store, from which the program itself reads it."""
    return all(_place(binding))


def out_of_store(walk: Walk, base: Expression, name: str, at: Place) -> tuple[Trail, ...]:
    """Give what is kept in a store under a name, where `base` is that store.

    Of several programs that keep something under that name, the one whose files lie nearest to the
    read counts, and then it is likely alone. What tests keep is theirs alone.
    """
    path = dotted(base) or ""
    store = _store(path)
    if not store or (store == _APP and not path.endswith("current_app")):
        return ()  # the walk knows an app by itself, unless a framework stands in between
    tested = is_test(at.path)
    every = ((each, each.place) for each in walk.callers.kept(store, name))
    found = [(each, place) for each, place in every if tested or not is_test(place.path)]
    nearest = max((nearness(place.path, at.path) for _, place in found), default=0)
    sure = Confidence.CERTAIN if len(found) == 1 else Confidence.LIKELY
    trails: tuple[Trail, ...] = ()
    for each, place in found:
        if nearness(place.path, at.path) == nearest:
            hop = Hop(place, HopKind.STORED, sure, name)
            trails += via(walk.follow(each.value, each.frame), hop)
    return entered_by(trails, None)


def _place(binding: Binding) -> tuple[str, str]:
    """Give the store and the name that a binding puts a value in and under, empty if in none."""
    if binding.how == "item":
        return _store(binding.name), binding.key
    path, _, name = binding.name.rpartition(".")
    return (_store(path) if binding.how == "assignment" else ""), name


def _store(path: str) -> str:
    """Name the store that a path such as `request.app.state` is, empty if it is none."""
    head, _, name = path.rpartition(".")
    if name in _STORES:
        return name
    if name == "config" and head.rpartition(".")[2] in _APPS:
        return f"{_APP}.config"
    return _APP if name in _APPS else ""
