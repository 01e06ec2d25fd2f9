"""Tell whether two files may run in one process: one imports the other, or their folders say so."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from migrator.domain.facts import FileFacts
from migrator.domain.ports import Facts
from migrator.domain.roles import aside, is_test

MOST_IMPORTED = 60  # files that are looked at for one that imports another
# They run beside the program, wherever it is.
_BESIDE = frozenset({"setup.py", "noxfile.py", "tasks.py", "conftest.py", "manage.py"})


def run_together(
    imports: Callable[[str], AbstractSet[str]], programs: AbstractSet[str], one: str, other: str
) -> bool:
    """Whether what one file does as it runs may count for the other.

    `imports` gives what a file imports, `programs` are the files of programs in the tree. A folder
    that both are in, with a program directly in it, is taken for one program; what documentation or
    an example does stays there.
    """
    if not other.startswith(aside(one)):
        return False
    folders = zip(one.split("/")[:-1], other.split("/")[:-1], strict=False)
    common: list[str] = []
    for left, right in folders:
        if left != right:
            break
        common.append(left)
    folder = "".join(f"{each}/" for each in common)
    if any(_is_direct(path, folder) for path in programs):
        return True
    return one in imports(other) or other in imports(one)


def _is_direct(path: str, folder: str) -> bool:
    name = path.removeprefix(folder)
    inside = path.startswith(folder) and "/" not in name
    return inside and name not in _BESIDE and not is_test(path)


def imported(source: Facts, importer: str) -> frozenset[str]:
    """Give the files that a file imports, and those that they import, as far as they are near."""
    seen, ahead = {importer}, [importer]
    while ahead and len(seen) < MOST_IMPORTED:
        path = ahead.pop(0)
        facts = source.facts(path)
        for each in facts.imports if isinstance(facts, FileFacts) else ():
            dotted = f"{each.module}.{each.symbol}" if each.symbol else each.module
            found = source.module(dotted, path) or source.module(each.module, path)
            if found is not None and found not in seen:
                seen.add(found)
                ahead.append(found)
    return frozenset(seen)
