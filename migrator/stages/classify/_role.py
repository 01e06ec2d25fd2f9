"""Tell the role of a site from the configuration, its paths, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.config import Config, Role
from migrator.domain.globs import matches
from migrator.domain.site import BoundSite
from migrator.domain.trail import HopKind
from migrator.stages.classify import _words
from migrator.stages.classify._evidence import Evidence

# What these hops detail is a way of choosing, not a name that somebody gave to a model.
_NAMELESS = frozenset({HopKind.CHOICE, HopKind.TRANSFORM})


def role_of(bound: BoundSite, evidence: Evidence, config: Config) -> tuple[Role, str]:
    """Give the role of a site and the evidence for it in a few words.

    The configuration's globs come first; then what the path below the scope and the code around
    call, callers and reference say «posture.3»; production is what nothing speaks against.
    """
    spots = tuple(dict.fromkeys(_spots(bound)))
    for path, _ in spots:
        for glob, role in config.roles.items():
            if matches(path, glob):
                return role, f"`{glob}` in the configuration"
    for path, symbol in spots:
        found = _by_path(evidence.below_scope(path)) or _by_code(path, symbol, evidence)
        if found:
            return found
    return _by_names(bound, evidence) or (Role.PRODUCTION, "nothing says otherwise")


def _spots(bound: BoundSite) -> Iterator[tuple[str, str]]:
    """Give the path and symbol of everything that makes the site: call, callers, reference."""
    yield bound.place.path, bound.symbol
    if bound.call is not None:
        yield bound.call.place.path, bound.call.invocation.scope
        for entered in bound.call.frame.callers:
            yield entered.caller.path, entered.caller.symbol
    if bound.reference is not None:
        yield bound.reference.path, bound.reference.symbol


def _by_path(path: str) -> tuple[Role, str] | None:
    *folders, name = path.split("/")
    for folder in folders:
        role = _folder_role(folder.lower())
        if role:
            return role, f"in {folder}/"
    role = _file_role(name.lower())
    return (role, f"the file is called {name}") if role else None


def _folder_role(folder: str) -> Role | None:
    known = (
        (Role.TEST, _words.TEST_FOLDERS),
        (Role.DOCS, _words.DOCS_FOLDERS),
        (Role.EXAMPLE, _words.EXAMPLE_FOLDERS),
        (Role.EVAL, _words.EVAL_FOLDERS),
        (Role.COMPARISON, _words.COMPARISON_FOLDERS),
    )
    plain = folder.replace("-", "_")
    return next((role for role, folders in known if plain in folders), None)


def _file_role(name: str) -> Role | None:
    stem, _, rest = name.partition(".")
    if _words.compares_models(stem):
        return Role.COMPARISON
    if _is_test_file(stem, rest):
        return Role.TEST
    if stem == "readme" or rest.endswith(("md", "mdx", "rst")):
        return Role.DOCS
    if _is_example_file(stem):
        return Role.EXAMPLE
    ends = _words.words(stem)
    if ends and (ends[0] in _words.EVAL_WORDS or ends[-1] in _words.EVAL_WORDS):
        return Role.EVAL
    return None


def _is_test_file(stem: str, rest: str) -> bool:
    plain = stem in {"conftest", "test", "tests"}
    named = plain or stem.startswith("test_") or stem.endswith(("_test", "_tests"))
    return named or rest.startswith(("test.", "spec."))


def _is_example_file(stem: str) -> bool:
    starts = stem.startswith(("example_", "demo_"))
    return starts or stem.endswith(("_example", "_examples")) or stem in _words.EXAMPLE_STEMS


def _by_code(path: str, symbol: str, evidence: Evidence) -> tuple[Role, str] | None:
    outer = symbol.partition(".")[0]
    if path in evidence.test_files and outer.startswith(("test", "Test")):
        return Role.TEST, f"in {outer}, of a file that imports a test tool"
    return None


def _by_names(bound: BoundSite, evidence: Evidence) -> tuple[Role, str] | None:
    if _after_failure(bound, evidence):
        return Role.FALLBACK, "called after another attempt failed"
    for name in _given_names(bound):
        if _words.is_fallback(name):
            return Role.FALLBACK, f"called {name}"
        if _words.compares_models(name):
            return Role.COMPARISON, f"called {name}"
    return None


def _after_failure(bound: BoundSite, evidence: Evidence) -> bool:
    call = bound.call
    if call is None:
        return False
    callers = call.frame.callers
    return call.invocation.handler or any(
        evidence.handles_failure(each.caller.path, each.call) for each in callers
    )


def _given_names(bound: BoundSite) -> Iterator[str]:
    yield bound.symbol.rpartition(".")[2]
    if bound.call is not None:
        yield bound.call.invocation.scope.rpartition(".")[2]
    if bound.reference is not None:
        hops = bound.reference.via
        nameless = {hop.detail for hop in hops if hop.kind in _NAMELESS}
        names = (bound.reference.symbol.rpartition(".")[2], *(hop.detail for hop in hops))
        yield from (name for name in names if name not in nameless)
