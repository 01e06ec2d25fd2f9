"""Find out what client a call is made on: its constructor, its module, or its annotation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from migrator.domain.expression import (
    Call,
    Expression,
    Item,
    Join,
    Member,
    Name,
    Opaque,
    Scalar,
    Series,
    dotted,
)
from migrator.domain.facts import FileFacts
from migrator.domain.playbook import Receiver
from migrator.domain.sent import possible
from migrator.domain.site import Setting, SettingState
from migrator.domain.trail import Confidence, Defined, Found, Frame, Lost, Outside, Trail
from migrator.following.ancestry import outside_names
from migrator.following.construction import constructions
from migrator.following.dependencies import unaliased
from migrator.following.port import Walk
from migrator.following.scopes import FromBindings, FromParameter, lookup, owner_class
from migrator.following.ways import every_way
from migrator.stages.link._settings import collect_arguments, read_setting


@dataclass(frozen=True, slots=True)
class Client:
    """A client as found: which kind, the settings of its constructor, and how sure that is.

    `hosts` are those of every client that may be meant.
    """

    receiver: Receiver | None
    settings: Mapping[str, Setting]
    confidence: Confidence
    hosts: tuple[str, ...] = ()


def find_clients(
    walk: Walk,
    base: Expression,
    frame: Frame,
    receivers: tuple[Receiver, ...],
    *,
    distinct: bool,
    wrapped: tuple[Receiver, ...] = (),
) -> Client | None:
    """Tell which of `receivers` an expression is; None when it is certainly something else.

    Where it cannot be followed, `distinct` member paths still give a likely client. `wrapped` are
    those that one of them may go around.
    """
    ends = every_way(walk, base, frame)
    clients = [c for c in (_of_end(walk, end, receivers, wrapped) for end in ends) if c]
    if clients:
        return _strictest(clients, sure=not any(map(_more, ends)))
    annotated = annotated_as(walk, base, frame, receivers)
    if annotated:
        return Client(annotated, {}, Confidence.CERTAIN, (annotated.host,))
    if distinct and all(_unknown(end) for end in ends):
        return Client(None, {}, Confidence.LIKELY)
    return None


def stays_home(
    walk: Walk, given: Expression, frame: Frame, receivers: tuple[Receiver, ...]
) -> bool:
    """Tell whether every client that may be given is one of OpenAI's own, pointed nowhere else."""
    ends = every_way(walk, given, frame)
    made = [end for end in ends if not _is_nothing(end)]
    clients = [_of_end(walk, end, receivers, receivers) for end in made]
    return bool(clients) and all(
        each is not None
        and each.receiver is not None
        and each.receiver.host == "openai"
        and not each.settings
        for each in clients
    )


def _is_nothing(end: Trail) -> bool:
    return (
        isinstance(end, Found)
        and isinstance(end.expression, Scalar)
        and end.expression.value is None
    )


def _more(end: Trail) -> bool:
    """Whether a product has more ways to a client than were followed."""
    return isinstance(end, Lost) and end.cut is not None and not end.cut.of_tests


def _strictest(clients: list[Client], *, sure: bool) -> Client:
    """Of several clients that may be meant, judge by the one that is hardest to move.

    It is likely at best where not all of them are `sure` to be known.
    """
    hosted = [c for c in clients if c.receiver and c.receiver.host != "openai"]
    pointed = [c for c in clients if c.settings]
    hosts = tuple(sorted({c.receiver.host for c in clients if c.receiver}))
    found = replace((hosted or pointed or clients)[0], hosts=hosts)
    return found if sure else replace(found, confidence=Confidence.LIKELY)


def _of_end(
    walk: Walk, end: Trail, receivers: tuple[Receiver, ...], wrapped: tuple[Receiver, ...]
) -> Client | None:
    match end:
        case Outside(name=name):
            receiver = next((r for r in receivers if name in r.modules), None)
            return Client(receiver, {}, Confidence.CERTAIN) if receiver else None
        case Found(expression=Call() as made, frame=frame):
            return _constructed(walk, made, frame, receivers, wrapped)
        case _:
            return None


def _constructed(
    walk: Walk,
    made: Call,
    frame: Frame,
    receivers: tuple[Receiver, ...],
    wrapped: tuple[Receiver, ...],
) -> Client | None:
    for name, call, inside in constructions(walk, made, frame):
        receiver = _by_constructor(receivers, name)
        if receiver:
            arguments, _ = collect_arguments(walk, call, inside, receiver.positional)
            return client_of(walk, receiver, arguments, wrapped or receivers)
    return None


def client_of(
    walk: Walk,
    receiver: Receiver,
    arguments: Mapping[str, Found],
    receivers: tuple[Receiver, ...],
) -> Client:
    """Give the client that a constructor makes of its arguments, or the one that it wraps."""
    inner = arguments.get(receiver.wraps) if receiver.wraps else None
    kept = {
        name: read_setting(walk, arguments[name]) for name in receiver.keeps if name in arguments
    }
    if inner is not None:
        client = find_clients(
            walk, inner.expression, inner.frame, receivers, distinct=False, wrapped=receivers
        )
        if client is not None:
            return replace(client, settings={**client.settings, **kept})
        kept |= _unseen(receiver.wraps or "", read_setting(walk, inner))
    wanted = (*receiver.base_url, *receiver.deployment)
    settings = {each: read_setting(walk, arguments[each]) for each in wanted if each in arguments}
    return Client(receiver, {**settings, **kept}, Confidence.CERTAIN)


def _unseen(name: str, wrapped: Setting) -> dict[str, Setting]:
    """Note a client that is wrapped and not in view, so that where it points is not known."""
    sent = possible(wrapped)
    if not (sent.unread or sent.shapes):
        return {}
    return {name: replace(wrapped, state=SettingState.UNRESOLVED, value=None, ends=())}


def _by_constructor(receivers: tuple[Receiver, ...], name: str) -> Receiver | None:
    return next((r for r in receivers if name in r.constructors), None)


def annotated_as(
    walk: Walk, base: Expression, frame: Frame, receivers: tuple[Receiver, ...]
) -> Receiver | None:
    """Give the receiver that the annotation of a name, field or function promises."""
    for annotation, where in _annotations(walk, base, frame):
        for written, there in unaliased(walk, annotation, where):
            for part in _parts(written):
                for name in outside_names(walk, walk.follow(part, there)):
                    receiver = _by_constructor(receivers, name)
                    if receiver:
                        return receiver
    return None


def _annotations(walk: Walk, base: Expression, frame: Frame) -> Iterable[tuple[Expression, Frame]]:
    facts = walk.file(frame.path)
    if facts is None:
        return
    match base:
        case Name(name=name):
            yield from _of_name(facts, name, frame)
        case Member(base=Name(), name=name):
            yield from _of_field(facts, dotted(base) or name, name, frame)
        case Call(callee=callee):
            for end in walk.follow(callee, frame):
                if isinstance(end, Defined):
                    inner = walk.file(end.path)
                    scope = inner.scopes.get(end.symbol) if inner else None
                    if scope is not None and scope.return_annotation is not None:
                        yield scope.return_annotation, Frame(end.path, scope.parent or "")
        case _:
            pass


def _of_name(facts: FileFacts, name: str, frame: Frame) -> Iterable[tuple[Expression, Frame]]:
    match lookup(facts, frame.symbol, name, None):
        case FromParameter(scope=scope, parameter=parameter) if parameter.annotation:
            yield parameter.annotation, Frame(frame.path, scope.parent or "")
        case FromBindings(scope=scope, bindings=bindings):
            for each in bindings:
                if each.annotation:
                    yield each.annotation, Frame(frame.path, scope.symbol)
        case _:
            pass


def _of_field(
    facts: FileFacts, path: str, name: str, frame: Frame
) -> Iterable[tuple[Expression, Frame]]:
    owner = owner_class(facts, frame.symbol)
    if owner is None:
        return
    for scope in (owner, *(s for s in facts.scopes.values() if s.parent == owner.symbol)):
        for each in scope.bindings:
            if each.name not in {path, name}:
                continue
            if each.annotation:
                yield each.annotation, Frame(frame.path, scope.symbol)
            elif isinstance(each.value, Name) and scope is not owner:
                yield from _of_name(facts, each.value.name, Frame(frame.path, scope.symbol))


def _parts(annotation: Expression) -> Iterable[Expression]:
    """Take unions and wrappers such as `Optional[…]` and `A | B` apart."""
    match annotation:
        case Item(base=base, key=Series(items=(first, *_))):
            yield from _parts(first)
            yield base
        case Item(base=base, key=key):
            yield from _parts(key)
            yield base
        case Join(parts=parts) | Opaque(inner=parts):
            for each in parts:
                yield from _parts(each)
        case _:
            yield annotation


def _unknown(end: Trail) -> bool:
    """Whether following gave up, rather than ending at something that is not a client."""
    match end:
        case Lost():
            return True
        case Outside(name=name):
            return name.partition(".")[0] in {"self", "cls"}
        case Found(expression=Call(callee=callee)):
            return dotted(callee) is None
        case _:
            return False
