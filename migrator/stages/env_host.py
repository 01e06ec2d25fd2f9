"""Find tracked files that point every client elsewhere by an environment variable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from migrator.domain.environment_files import PATHS, configures_environment
from migrator.domain.ports import Tree
from migrator.domain.site import BoundSite, Setting, SettingState
from migrator.domain.source import Place, SourceFile

ADDRESS = "base_url"
_VARIABLES = ("OPENAI_BASE_URL", "OPENAI_API_BASE")
_HOME = "//api.openai.com"
_SET = re.compile(
    rb"""^\s*(?:-\s*)?(?:export\s+|ENV\s+|ARG\s+)?["']?(OPENAI_BASE_URL|OPENAI_API_BASE)["']?"""
    rb"""(?:\s*[:=]\s*|\s+)["']?(https?:[^\s"'#]+)"""
)


def pointed_by_environment(tree: Tree) -> Mapping[Place, str]:
    """Give the lines that set such a variable to another host than the API's own, with its name.

    A value that is handed through (`${OPENAI_BASE_URL}`) says nothing.
    """
    found: dict[Place, str] = {}
    for path in sorted(tree.search_words(_VARIABLES, PATHS)):
        source = tree.read(path) if configures_environment(path) else None
        if not isinstance(source, SourceFile):
            continue
        for number, line in enumerate(source.content.splitlines(), 1):
            match = _SET.match(line)
            if match and _HOME not in match[2].decode("utf-8", "replace"):
                found[Place(path, number)] = match[1].decode()
    return found


def with_host(site: BoundSite, pointed: Mapping[Place, str]) -> BoundSite:
    """Give a site whose client reads its address from the environment that very address.

    Only files in the folders around the site count: in a repository of several projects, each has
    an environment of its own.
    """
    call = site.call
    if not pointed or call is None or call.receiver is None or call.receiver.host != "openai":
        return site
    if ADDRESS in call.client:
        return site
    near = ((at, variable) for at, variable in pointed.items() if _is_around(at.path, site))
    at, variable = next(near, (None, ""))
    if at is None:
        return site
    unread = Setting(state=SettingState.UNRESOLVED, at=at, reason=f"{variable} is set there")
    return replace(site, call=replace(call, client={**call.client, ADDRESS: unread}))


def _is_around(path: str, site: BoundSite) -> bool:
    folder = path.rpartition("/")[0]
    return not folder or site.place.path.startswith(f"{folder}/")
