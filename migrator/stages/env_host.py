"""Find what points all calls of a library elsewhere: files that set the variables it reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from migrator.domain.addresses import host_of, is_home
from migrator.domain.environment_files import (
    is_of_tests,
    is_template,
    may_configure_environment,
    project_of,
)
from migrator.domain.playbook import Playbook
from migrator.domain.pointed import Pointed
from migrator.domain.ports import Tree
from migrator.domain.roles import aside, is_test
from migrator.domain.site import BoundCall, BoundSite
from migrator.domain.source import SourceFile
from migrator.domain.variables_in_files import Assigned, assigned

_ADDRESS = re.compile(r"[a-z]+://")
_OFF = frozenset({"false", "0", "no", "off"})
_LOOPS = frozenset({"localhost", "127.0.0.1", "0.0.0.0"})  # noqa: S104
_WORKFLOWS = "/.github/workflows/"


def pointed_by_files(
    tree: Tree, hits: Iterable[str], names: Iterable[str]
) -> Mapping[Pointed, bool]:
    """Give the lines of files that set such a variable to another host than the API's own.

    Each tells whether it is said to tests alone. `hits` are files that may name one of them.
    """
    wanted = tuple(name for name in names if "." not in name)
    found: dict[Pointed, bool] = {}
    for path in filter(may_configure_environment, hits):
        source = tree.glance(path)
        if isinstance(source, SourceFile):
            text = source.content.decode("utf-8", "replace")
            for each in assigned(path, text, wanted):
                if _leads_away(each):
                    found[Pointed(each.name, each.at)] = is_of_tests(path)
    return found


def with_host(
    site: BoundSite,
    playbook: Playbook,
    by_files: Mapping[Pointed, bool],
    by_program: Sequence[Pointed],
    homes: Mapping[str, str],
) -> BoundSite:
    """Give a site with what may point its call elsewhere, where its library looks at that.

    `homes` are the folders of the programs that the files speak of: in a repository of several
    projects, each has an environment of its own.
    """
    call = site.call
    if call is None or not (by_files or by_program):
        return site
    path, looked_at = site.place.path, _looked_at(call, playbook)
    near = (each for each in by_program if path.startswith(aside(each.at.path)))
    said = (
        each
        for each, of_tests in by_files.items()
        if _is_below(path, homes[each.at.path]) and (not of_tests or is_test(path))
    )
    pointed = next((each for each in (*said, *near) if each.by in looked_at), None)
    return site if pointed is None else replace(site, call=replace(call, pointed=pointed))


def homes_of(
    tree: Tree, sites: Iterable[BoundSite], pointed: Iterable[Pointed]
) -> Mapping[str, str]:
    """Give the folder of the programs that each file speaks of."""
    files = {each.at.path for each in pointed}
    if not files:
        return {}
    folders = frozenset(f for site in sites for f in _folders(site.place.path))
    paths = frozenset(tree.paths())
    return {each: project_of(each, paths, folders) for each in files}


def _folders(path: str) -> Iterator[str]:
    while path:
        path = path.rpartition("/")[0]
        yield path


def _is_below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _looked_at(call: BoundCall, playbook: Playbook) -> tuple[str, ...]:
    """Name what the library that makes the request looks at: that of the client, if there is one.

    Azure's clients, and others' hosts, have variables of their own.
    """
    receiver = call.receiver
    if receiver is not None and receiver.host != "openai":
        return ()
    if receiver is not None and receiver.pointed_by:
        return receiver.pointed_by
    library = receiver.library if receiver else call.surface.library
    return next((each.pointed_by for each in playbook.libraries if each.id == library), ())


def _leads_away(each: Assigned) -> bool:
    """Whether a value is, or may be, the address of another host.

    In a file that shows how to write another one, only an address is no stand-in; what a workflow
    has on the machine that it runs on stands in for the API itself.
    """
    value = each.value
    address = value is not None and _ADDRESS.match(value) is not None
    if not address and is_template(each.at.path):
        return False
    if value is None:
        return True
    loops = _WORKFLOWS in f"/{each.at.path}" and host_of(value) in _LOOPS
    return not (is_home(value) or value.lower() in _OFF or loops)
