"""Name what other files may use of what was found, so that the next round can look for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.domain.catalogue import Catalogue, Standing
from migrator.domain.expression import Call, Member, Name, Text
from migrator.domain.facts import FileFacts, ScopeKind, Use
from migrator.domain.playbook import Playbook
from migrator.domain.ports import Facts
from migrator.domain.site import BoundSite
from migrator.domain.wrapper import OWN
from migrator.following.stores import kept_in, word_of_store
from migrator.stages.link.makers import Makers, outermost, public

Pairs = frozenset[tuple[str, str]]


def exported_names(
    sites: Iterable[BoundSite],
    files: Iterable[FileFacts],
    makers: Makers,
    source: Facts,
    playbook: Playbook,
) -> Pairs:
    """Give pairs of module word and name; a file that uses the name holds both «workflow.1.1».

    Named are the functions and classes around each call, whatever makes or holds a client, the
    module's own names whose value is a model id, what a store keeps of either, and the declared
    wrappers.
    """
    found: set[tuple[str, str]] = set()
    for site in sites:
        found |= set(_around(site, source))
    read = tuple(each for each in files if each.document is None)
    models = {facts.path: frozenset(_model_names(facts, playbook.catalogue)) for facts in read}
    every = frozenset[str]().union(*models.values())
    for facts in read:
        names = {*_client_names(facts, makers), *models[facts.path], *_renamed(facts, every)}
        found |= {(_word(facts), name) for name in names}
        found |= set(_kept(facts, makers, playbook.catalogue))
    declared = (shape for each in playbook.libraries if each.id == OWN for shape in each.shapes)
    return frozenset(found) | {_ends(shape.id) for shape in declared}


def _ends(name: str) -> tuple[str, str]:
    """Give the last two words of a dotted name."""
    head, _, tail = name.rpartition(".")
    return head.rpartition(".")[2], tail


def _around(site: BoundSite, source: Facts) -> Iterator[tuple[str, str]]:
    places = {(site.place.path, site.symbol)}
    if site.call:
        places.add((site.call.frame.path, site.call.frame.symbol))
    for path, symbol in places:
        facts = source.facts(path)
        if isinstance(facts, FileFacts):
            for name in public(facts, symbol):
                yield _word(facts), name


def _client_names(facts: FileFacts, makers: Makers) -> Iterator[str]:
    """Name the functions and classes that give a client out, and the names it is given."""
    for invocation in facts.invocations:
        if not makers.makes(facts, invocation.call.callee):
            continue
        if outermost(facts, invocation.scope) in makers.names:
            yield from public(facts, invocation.scope)
        if not invocation.scope and invocation.result:
            yield invocation.result.rpartition(".")[2]


def _kept(facts: FileFacts, makers: Makers, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Pair a store's name with that of a client or model id which is kept in it."""
    for (store, name), kept in kept_in(facts):
        match kept.value:
            case Call(callee=callee) if makers.makes(facts, callee):
                yield word_of_store(store), name
            case Text(value=text) if catalogue.recognise(text):
                yield word_of_store(store), name
            case _:
                pass


def _model_names(facts: FileFacts, catalogue: Catalogue) -> Iterator[str]:
    """Name the module's and its classes' own names that hold a model id, and the classes."""
    for string in facts.strings:
        if string.use not in {Use.ASSIGNED, Use.VALUE, Use.DEFAULT, Use.CHOICE, Use.ARGUMENT}:
            continue
        scope = facts.scopes.get(string.scope)
        if scope is None or (scope.kind is ScopeKind.FUNCTION and string.use is not Use.DEFAULT):
            continue
        recognised = catalogue.recognise(string.value)
        if recognised and recognised.standing in {Standing.SOURCE, Standing.TARGET}:
            yield from (each for each in (string.name, string.owner) if each.isidentifier())
            yield from public(facts, string.scope)


def _renamed(facts: FileFacts, names: frozenset[str]) -> Iterator[str]:
    """Name what the module itself calls one of these names: `DEFAULT = settings.MODEL`."""
    local = {each.local for each in facts.imports if each.symbol in names}
    for binding in facts.scopes[""].bindings:
        match binding.value:
            case Name(name=name) | Member(name=name) if name in names or name in local:
                if binding.name.isidentifier():
                    yield binding.name
            case _:
                pass


def _word(facts: FileFacts) -> str:
    return facts.module.rpartition(".")[2]
