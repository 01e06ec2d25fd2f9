"""Find the only application of a repository that has nothing but an example or a demo."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.domain.config import Role
from migrator.stages.classify._paths import role_of_path

_ENTRIES = frozenset({"app", "main", "server", "__main__", "bot", "index", "manage", "cli"})
_PACKAGING = frozenset({"setup.py", "noxfile.py"})


def only_app(programs: Iterable[str]) -> str:
    """Give the folder in which the whole product lies although its name says example.

    `programs` are the paths of all programs. Empty where code lies elsewhere too, or where the
    folder holds several applications: those are examples of something.
    """
    product = []
    for path in programs:
        if _is_of_product(path):
            if _role(path) is not Role.EXAMPLE:
                return ""  # nearly always the first one, of perhaps a hundred thousand
            product.append(path)
    if not product:
        return ""
    folders = [path.split("/")[:-1] for path in product]
    shared = _shared(folders)
    if not shared:
        return ""
    named = any(_role("/".join((*shared[:n], "x.py"))) for n in range(1, len(shared) + 1))
    entries = [path for path in product if _stem(path) in _ENTRIES]
    alone = len(product) == 1 or len(entries) == 1
    return "/".join(shared) if named and alone else ""


def _is_of_product(path: str) -> bool:
    return path.rpartition("/")[2] not in _PACKAGING and _role(path) not in {
        Role.TEST,
        Role.DOCS,
        Role.EVAL,
    }


def _role(path: str) -> Role | None:
    found = role_of_path(path)
    return found[0] if found else None


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0].lower()


def _shared(folders: list[list[str]]) -> tuple[str, ...]:
    """Give the folders that all have in common, from the root."""
    first, *rest = folders
    count = 0
    while count < len(first) and all(each[: count + 1] == first[: count + 1] for each in rest):
        count += 1
    return tuple(first[:count])
