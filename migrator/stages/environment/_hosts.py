"""Find what points all calls of a library elsewhere: files that set the variables it reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from migrator.domain.addresses import host_of, is_home
from migrator.domain.environment_files import is_template, may_configure_environment
from migrator.domain.playbook import Playbook
from migrator.domain.pointed import Pointed
from migrator.domain.ports import Tree
from migrator.domain.site import BoundCall, BoundSite
from migrator.domain.source import SourceFile
from migrator.domain.variables_in_files import Assigned, assigned
from migrator.stages.environment._near import Near

_ADDRESS = re.compile(r"[a-z]+://")
_OFF = frozenset({"false", "0", "no", "off"})
_LOOPS = frozenset({"localhost", "127.0.0.1", "0.0.0.0"})  # noqa: S104
_WORKFLOWS = "/.github/workflows/"


def pointed_by_files(tree: Tree, hits: Iterable[str], names: Iterable[str]) -> Iterator[Pointed]:
    """Give the lines of files that set such a variable to another host than the API's own.

    `hits` are files that may name one of them.
    """
    wanted = tuple(name for name in names if "." not in name)
    for path in filter(may_configure_environment, hits):
        source = tree.glance(path)
        if isinstance(source, SourceFile):
            text = source.content.decode("utf-8", "replace")
            for each in assigned(path, text, wanted):
                if _leads_away(each):
                    yield Pointed(each.name, each.at)


def with_host(
    site: BoundSite,
    playbook: Playbook,
    by_files: Iterable[Pointed],
    by_program: Iterable[Pointed],
    near: Near,
) -> BoundSite:
    """Give a site with what may point its call elsewhere, where its library looks at that."""
    call, path = site.call, site.place.path
    if call is None:
        return site
    looked_at = _looked_at(call, playbook)
    said = (e for e in by_files if e.by in looked_at and near.speaks_of(e.at.path, path))
    around = (e for e in by_program if e.by in looked_at and near.together(e.at.path, path))
    pointed = next(chain(said, around), None)
    return site if pointed is None else replace(site, call=replace(call, pointed=pointed))


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
