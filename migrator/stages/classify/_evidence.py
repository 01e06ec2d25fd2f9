"""Gather once, over all files read, what the classification of any site may lean on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from migrator.domain.expression import Call
from migrator.domain.facts import FileFacts, Invocation, Pragma, Use
from migrator.domain.source import Place

_TEST_TOOLS = frozenset({"pytest", "unittest"})


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
    brings in, by dotted name.
    """

    scope: str = ""
    as_of: str = ""
    asserted: Mapping[str, tuple[Assertion, ...]] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    imported: Mapping[str, frozenset[str]] = field(default_factory=dict)
    pragmas: Mapping[str, tuple[Pragma, ...]] = field(default_factory=dict)
    invocations: Mapping[str, tuple[Invocation, ...]] = field(default_factory=dict)
    test_files: frozenset[str] = frozenset()

    def below_scope(self, path: str) -> str:
        """Give the part of a path below the scope; the whole path when it is not in it."""
        prefix = f"{self.scope.rstrip('/')}/" if self.scope not in {"", "."} else ""
        return path.removeprefix(prefix)

    def loops(self, path: str, call: Call) -> bool:
        """Whether a loop stands around a call."""
        found = self._invocation(path, call)
        return found is not None and found.loops > 0

    def handles_failure(self, path: str, call: Call) -> bool:
        """Whether a call is made after a failed attempt."""
        found = self._invocation(path, call)
        return found is not None and found.handler

    def _invocation(self, path: str, call: Call) -> Invocation | None:
        calls = self.invocations.get(path, ())
        return next((each for each in calls if each.call.at == call.at), None)


def gather(files: Sequence[FileFacts], *, scope: str = "", as_of: str = "") -> Evidence:
    """Make the evidence of all files read, for the folder `scope` and the date `as_of`."""
    asserted: defaultdict[str, list[Assertion]] = defaultdict(list)
    for facts in files:
        for string in facts.strings:
            if string.use is Use.ASSERTED or Use.ASSERTED in string.chain:
                assertion = Assertion(string.at.within(facts.path), string.name, string.scope)
                asserted[string.value].append(assertion)
    return Evidence(
        scope=scope,
        as_of=as_of,
        asserted={text: tuple(sorted(found)) for text, found in asserted.items()},
        modules={facts.path: facts.module for facts in files},
        imported={facts.path: _imported(facts) for facts in files if facts.imports},
        pragmas={facts.path: facts.pragmas for facts in files if facts.pragmas},
        invocations={facts.path: facts.invocations for facts in files},
        test_files=frozenset(facts.path for facts in files if _uses_test_tool(facts)),
    )


def _imported(facts: FileFacts) -> frozenset[str]:
    modules = {each.module for each in facts.imports}
    members = {f"{each.module}.{each.symbol}" for each in facts.imports if each.symbol}
    return frozenset(modules | members)


def _uses_test_tool(facts: FileFacts) -> bool:
    return any(each.module.partition(".")[0] in _TEST_TOOLS for each in facts.imports)
