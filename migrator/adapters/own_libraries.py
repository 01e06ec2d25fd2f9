"""Tell a library that a repository publishes itself from modules of the same name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from migrator.domain.playbook import Playbook
from migrator.domain.ports import Tree
from migrator.domain.source import SourceFile

MANIFEST = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class OwnLibraries:
    """The distributions of known libraries, by the name that they are imported under.

    A repository may hold the very library that its examples and tests import. For them it is a
    library like any other, so their imports leave the project there.
    """

    distributions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    homes: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, playbook: Playbook) -> OwnLibraries:
        """Gather the import names of a playbook's libraries."""
        found: dict[str, frozenset[str]] = {}
        for library in playbook.libraries:
            for marker in library.markers:
                names = {library.distribution, *library.installed_as, marker}
                known = found.get(marker, frozenset())
                found[marker] = known | {_normal(each) for each in names}
        return cls(found)

    def holds(self, tree: Tree, dotted: str, path: str, near: str) -> bool:
        """Whether a module is part of a published library, and `near` is not.

        `path` is where the module was found. That the package alone has the library's name says
        nothing: the nearest manifest above it must name the distribution.
        """
        name = dotted.partition(".")[0]
        home = _home(dotted, path)
        if name not in self.distributions or near.startswith(f"{home}/"):
            return False
        if home not in self.homes:
            declared = next(_names_above(tree, home), "")
            self.homes[home] = _normal(declared) in self.distributions[name]
        return self.homes[home]


def _home(dotted: str, path: str) -> str:
    """Give the folder of the top-level package that a module's file lies in, or its own path."""
    inner = dotted.replace(".", "/")
    return path[: path.rfind(inner)] + inner.partition("/")[0]


def _names_above(tree: Tree, folder: str) -> Iterator[str]:
    while folder:
        folder = folder.rpartition("/")[0]
        source = tree.read(f"{folder}/{MANIFEST}" if folder else MANIFEST)
        if isinstance(source, SourceFile):
            yield from _declared(source.content)


def _declared(content: bytes) -> Iterator[str]:
    try:
        manifest = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return
    for table in (manifest.get("project"), manifest.get("tool", {}).get("poetry")):
        if isinstance(table, dict) and isinstance(table.get("name"), str):
            yield table["name"]
            return


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
