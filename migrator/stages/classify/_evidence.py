"""Gather once, over all files read, what the classification of any site may lean on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from migrator.domain.config import Role
from migrator.domain.expression import Call
from migrator.domain.facts import FileFacts, Invocation, Pragma, Use
from migrator.domain.ports import Tree
from migrator.domain.roles import is_test, is_test_file
from migrator.domain.site import BoundSite
from migrator.domain.source import Place
from migrator.stages.classify._arms import find_arms
from migrator.stages.classify._live import answering, spread, started_by
from migrator.stages.classify._only_app import only_app
from migrator.stages.classify._paths import role_of_path
from migrator.stages.classify._routes import find_routes
from migrator.stages.classify._words import measures

PROGRAMS = (".py", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs")
DOUBTED = frozenset({Role.DOCS, Role.EVAL, Role.COMPARISON})


@dataclass(frozen=True, slots=True, order=True)
class Assertion:
    """A text that a test expects, and the name of what it is compared with, where there is one.

    `scope` is the symbol of the function that it stands in.
    """

    place: Place
    name: str
    scope: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the files say beside the sites.

    `scope` is the folder that was asked for, empty for the whole repository. `as_of` is the ISO
    date that expiries are compared with, empty to compare none. `asserted` maps a text to the
    assertions that name it, `modules` a path to its module, `imported` a path to all that it
    brings in, by dotted name. `test_files` are tests by what they hold, `live` says of a file why
    it runs as a part of the product although its path speaks for docs, evals or a comparison,
    `measuring` how its first line says that it measures. `app` is the folder of a product that is
    nothing but an example, `routes` maps sites, by id, to how control
    flow chooses them, `arms` to what they are compared with.
    """

    scope: str = ""
    as_of: str = ""
    asserted: Mapping[str, tuple[Assertion, ...]] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    imported: Mapping[str, frozenset[str]] = field(default_factory=dict)
    pragmas: Mapping[str, tuple[Pragma, ...]] = field(default_factory=dict)
    invocations: Mapping[str, tuple[Invocation, ...]] = field(default_factory=dict)
    files: Mapping[str, FileFacts] = field(default_factory=dict)
    test_files: frozenset[str] = frozenset()
    live: Mapping[str, str] = field(default_factory=dict)
    app: str = ""
    measuring: Mapping[str, str] = field(default_factory=dict)
    routes: Mapping[str, str] = field(default_factory=dict)
    arms: Mapping[str, str] = field(default_factory=dict)

    def below_scope(self, path: str) -> str:
        """Give the part of a path below the scope; the whole path when it is not in it."""
        for folder in (self.scope.rstrip("/"), self.app):
            if folder not in {"", "."} and path.startswith(f"{folder}/"):
                return path.removeprefix(f"{folder}/")
        return path

    def loops(self, path: str, call: Call) -> bool:
        """Whether a loop stands around a call."""
        found = self._invocation(path, call)
        return found is not None and found.loops > 0

    def imports(self, path: str, wanted: str) -> bool:
        """Whether a file imports another by its full name, or as a neighbour by its last."""
        module = self.modules.get(wanted, "")
        names = self.imported.get(path, frozenset())
        near = path.rpartition("/")[0] == wanted.rpartition("/")[0]
        whole = "." in module and module in names
        return whole or (near and module.rpartition(".")[2] in names)

    def _invocation(self, path: str, call: Call) -> Invocation | None:
        calls = self.invocations.get(path, ())
        return next((each for each in calls if each.call.at == call.at), None)


def gather(
    files: Sequence[FileFacts],
    *,
    sites: Sequence[BoundSite] = (),
    tree: Tree | None = None,
    scope: str = "",
    as_of: str = "",
) -> Evidence:
    """Make the evidence of all files read, for the folder `scope` and the date `as_of`.

    The `tree` tells what runs a file; without it, only the files themselves do.
    """
    asserted: defaultdict[str, list[Assertion]] = defaultdict(list)
    for facts in files:
        for string in facts.strings:
            if string.use is Use.ASSERTED or Use.ASSERTED in string.chain:
                assertion = Assertion(string.at.within(facts.path), string.name, string.scope)
                asserted[string.value].append(assertion)
    gathered = Evidence(
        scope=scope,
        as_of=as_of,
        asserted={text: tuple(sorted(found)) for text, found in asserted.items()},
        modules={facts.path: facts.module for facts in files},
        imported={facts.path: _imported(facts) for facts in files if facts.imports},
        pragmas={facts.path: facts.pragmas for facts in files if facts.pragmas},
        invocations={facts.path: facts.invocations for facts in files},
        files={facts.path: facts for facts in files},
        test_files=frozenset(
            facts.path for facts in files if not is_test(facts.path) and is_test_file(facts)
        ),
        app=_app(tree),
        measuring=dict(_measuring(files)),
        routes=find_routes(sites, files),
        arms=find_arms(sites, files),
    )
    return replace(gathered, live=_live(files, gathered, tree))


def _app(tree: Tree | None) -> str:
    return only_app(each for each in tree.paths() if each.endswith(PROGRAMS)) if tree else ""


def _live(files: Sequence[FileFacts], evidence: Evidence, tree: Tree | None) -> Mapping[str, str]:
    """Say why files run although their paths speak for docs, evals or a comparison."""
    roles = {each.path: role_of_path(evidence.below_scope(each.path)) for each in files}
    doubted = {path: found[0] for path, found in roles.items() if found and found[0] in DOUBTED}
    if not doubted:
        return {}
    live = {path: "the product" for path, found in roles.items() if found is None}
    for facts in files:
        symbol = answering(facts) if facts.path in doubted else ""
        if symbol:
            live[facts.path] = f"{symbol} answers requests"
    # A workflow runs evals and comparisons too, and makes no product of them.
    documents = [path for path, role in doubted.items() if role is Role.DOCS]
    live |= (
        {path: f"run by {by}" for path, by in started_by(documents, tree).items()} if tree else {}
    )

    def importers(path: str) -> Iterator[str]:
        return (each for each in evidence.imported if evidence.imports(each, path))

    found = spread(live, doubted, importers)
    return {path: why for path, why in found.items() if path in doubted}


def _measuring(files: Iterable[FileFacts]) -> Iterator[tuple[str, str]]:
    """Yield the files whose first sentence says that they measure, with how it says so."""
    for facts in files:
        first = next(iter(facts.strings), None)
        if first and first.use is Use.DOCSTRING and not first.scope and not answering(facts):
            word = measures(first.value.strip().partition("\n")[0])
            if word:
                yield facts.path, f"its first line speaks of a {word}"


def _imported(facts: FileFacts) -> frozenset[str]:
    modules = {each.module for each in facts.imports}
    members = {f"{each.module}.{each.symbol}" for each in facts.imports if each.symbol}
    return frozenset(modules | members)
