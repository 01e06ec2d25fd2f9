"""Read documents of every language, and give their values as plain Python."""

from __future__ import annotations

from migrator import frontends
from migrator.domain.edit import ReplaceModel, Splice, apply_splices
from migrator.domain.expression import Expression, Join, Opaque, Scalar, Series, Table, Text
from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
from migrator.domain.source import SourceFile, locate
from migrator.plugins import plugins


def front_end(path: str) -> FrontEnd:
    found = plugins(frontends, "FRONT_END", FrontEnd)
    (only,) = (each for each in found if path.endswith(each.suffixes))
    return only


def facts(path: str, content: bytes) -> FileFacts:
    found = front_end(path).read(SourceFile(path, content))
    assert isinstance(found, FileFacts), found
    return found


def value(path: str, content: bytes) -> object:
    document = facts(path, content).document
    assert document is not None
    return plain(document)


def plain(expression: Expression) -> object:
    match expression:
        case Text(value=found) | Scalar(value=found):
            return found
        case Series(items=items) | Join(parts=items):
            return [plain(each) for each in items]
        case Table(entries=entries):
            return {plain(each.key) if each.key else "<<": plain(each.value) for each in entries}
        case Opaque(what=what):
            return f"<{what}>"
        case _:
            raise TypeError(expression)


def texts(expression: Expression) -> list[Text]:
    match expression:
        case Text():
            return [expression]
        case Series(items=items) | Join(parts=items):
            return [text for each in items for text in texts(each)]
        case Table(entries=entries):
            found = []
            for each in entries:
                found += texts(each.key) if each.key else []
                found += texts(each.value)
            return found
        case _:
            return []


def lowered(path: str, content: bytes, before: str, after: str = "gpt-5.5") -> Splice | None:
    start = content.index(before.encode())
    at = locate(content, start, start + len(before.encode()))
    return front_end(path).lower(SourceFile(path, content), ReplaceModel(path, at, before, after))


def edited(path: str, content: bytes, before: str, after: str = "gpt-5.5") -> bytes | None:
    """Give the file after a model is replaced and the edit proved; None when it is declined."""
    splice = lowered(path, content, before, after)
    if splice is None:
        return None
    made = apply_splices(content, (splice,))
    assert front_end(path).prove(SourceFile(path, content), (splice,), made) is None
    return made
