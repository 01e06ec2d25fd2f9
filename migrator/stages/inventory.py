"""Find every textual mention of a model id, with its exact bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from migrator.domain.catalogue import LONGEST_ID, Catalogue, Recognised
from migrator.domain.line_pattern import LinePattern, Shaped, shaped_pattern
from migrator.domain.mention import Mention
from migrator.domain.playbook import Playbook
from migrator.domain.source import Location, SourceFile

CLAUSES = (
    "workflow.1",
    "workflow.1.1",
)

_MARK = re.compile("[/:]")
_RUN = re.compile(r"[A-Za-z0-9_.:@/-]*")
_RUN_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:@/-")
_QUOTES = frozenset("\"'`")
_LONGEST_PREFIX = 64
_BOM = b"\xef\xbb\xbf"


def search_patterns(playbook: Playbook) -> tuple[LinePattern, ...]:
    """Write the expressions that find the files worth reading: ids, and imports of the libraries.

    A line on which none matches holds no mention.
    """
    catalogue = playbook.catalogue
    patterns = [catalogue.grammar.pattern(_ends({each.text for each in catalogue.prefixes}))]
    markers = sorted({each for library in playbook.libraries for each in library.markers})
    if markers:
        named = "|".join(map(re.escape, markers))
        patterns.append(LinePattern.of(rf"\b(?:from|import)\b[^#\n]*\b(?:{named})\b"))
    return tuple(patterns)


def environment_patterns(playbook: Playbook) -> tuple[LinePattern, ...]:
    """Write the expression that finds the variables which point all calls of a library elsewhere.

    Lines that set one may be in any file; they hold no mention for it.
    """
    names = [each for each in playbook.pointed_by if "." not in each]
    return (shaped_pattern(Shaped(r"\b", each, r"\b") for each in names),) if names else ()


def _ends(prefixes: Iterable[str]) -> list[str]:
    """Write how the prefixes end, as long as the shortest: what they match may be a little more."""
    length = min(map(len, prefixes), default=0)
    return sorted({re.escape(each[-length:]) for each in prefixes})


def find_mentions(
    source: SourceFile, catalogue: Catalogue, lines: Sequence[int] = ()
) -> tuple[Mention, ...]:
    """List every mention in a file's bytes, in order and without overlap.

    With `lines`, those that a search for `search_patterns` found, only they are looked at. Linear
    in the size of the file; any bytes will do: a byte that is not UTF-8 ends a word.
    """
    text = source.content.decode("latin-1")
    starts = _starts_on(text, lines, catalogue) if lines else catalogue.starts(text)
    spans = [span for run in _runs(text, starts) for span in _read(run, catalogue)]
    places = _locate(source.content, ((start, end) for start, end, _ in spans))
    return tuple(
        Mention(source.path, at, recognised)
        for at, (_, _, recognised) in zip(places, spans, strict=True)
    )


def _starts_on(text: str, lines: Iterable[int], catalogue: Catalogue) -> list[int]:
    """List where ids may start on some lines, which are searched together: there are many."""
    stretches = list(_stretches(text, lines))
    shown = "\n".join(text[begin:end] for begin, end in stretches)
    starts: list[int] = []
    rest = iter(stretches)
    begin = end = done = 0
    for start in catalogue.starts(shown):
        while start >= done:  # `done` is where the line behind this one begins in `shown`
            begin, end = next(rest)
            done += end - begin + 1
        starts.append(end + 1 - (done - start))
    return starts


def _stretches(text: str, lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Give where each of these lines begins and ends; an LF alone ends one, as in the search."""
    begin, number = 0, 1
    for line in lines:
        while number < line:
            begin, number = text.find("\n", begin) + 1, number + 1
            if not begin:
                return  # the file became shorter since it was searched
        end = text.find("\n", begin)
        yield begin, len(text) if end < 0 else end


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of text without blanks that holds possible ids at `starts`."""

    text: str
    start: int
    end: int
    starts: tuple[int, ...]

    @property
    def quoted(self) -> bool:
        """Whether the stretch is everything between two quotation marks of a kind."""
        if self.start == 0 or self.text[self.start - 1] not in _QUOTES:
            return False
        after = self.end + (self.text[self.end : self.end + 1] == "\\")
        return self.text[after : after + 1] == self.text[self.start - 1]


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a run between `/` and `:`.

    `mark` is the character before it, `id_at` where an id may start in it.
    """

    start: int
    end: int
    mark: str
    id_at: int | None


def _runs(text: str, starts: list[int]) -> Iterator[_Run]:
    index = done = 0
    while index < len(starts):
        first = index
        start = _run_start(text, starts[first], done)
        found = _RUN.match(text, starts[first])
        done = found.end() if found else starts[first]
        while index < len(starts) and starts[index] < done:
            index += 1
        yield _Run(text, start, done, tuple(starts[first:index]))


def _run_start(text: str, at: int, done: int) -> int:
    start = at
    while start > done and text[start - 1] in _RUN_CHARACTERS:
        start -= 1
    # the letter of an escape such as backslash-n is no part of the word behind it
    return min(at, start + 1) if start and text[start - 1] == "\\" else start


def _read(run: _Run, catalogue: Catalogue) -> Iterator[tuple[int, int, Recognised]]:
    if run.quoted and run.end - run.start <= LONGEST_ID:
        whole = catalogue.recognise(run.text[run.start : run.end])
        if whole:
            yield run.start, run.end, whole
            return
    parts = _parts(run)
    low = 0
    for index, part in enumerate(parts):
        if part.id_at is not None and index >= low:
            after = _tail(parts, index)
            yield from _mention(run.text, parts[low:after], index - low, catalogue)
            low = after


def _parts(run: _Run) -> list[_Part]:
    marks = [run.start - 1]
    marks += [each.start() for each in _MARK.finditer(run.text, run.start, run.end)]
    marks.append(run.end)
    starts = iter((*run.starts, run.end))
    upcoming = next(starts)
    parts = []
    for before, after in pairwise(marks):
        id_at = upcoming if upcoming < after else None
        while upcoming < after:
            upcoming = next(starts)
        mark = run.text[before] if before >= run.start else ""
        parts.append(_Part(before + 1, after, mark, id_at))
    return parts


def _tail(parts: list[_Part], index: int) -> int:
    """Give the index behind what colons add to the id: a suffix, or a fine-tune's own name."""
    after = index + 1
    while after < len(parts) and parts[after].mark == ":" and parts[after].id_at is None:
        after += 1
    return after


def _mention(
    text: str, parts: list[_Part], index: int, catalogue: Catalogue
) -> Iterator[tuple[int, int, Recognised]]:
    """Read the id in the part at `index`, with the prefix before it and the tail behind it."""
    own = parts[index]
    end = _trimmed_end(text, own.start, parts[-1].end)
    if own.id_at is None or end - own.start > LONGEST_ID:
        return
    for part in parts[:index]:
        if own.start - part.start <= _LONGEST_PREFIX:
            found = catalogue.recognise(text[part.start : end])
            if found and (found.provider or found.id.startswith(catalogue.fine_tuned)):
                yield part.start, end, found
                return
    start = _trimmed_start(text, own.start, own.id_at)
    near = _trimmed_end(text, own.start, own.end)
    for begin, stop in ((start, end), (start, near), (own.id_at, near)):
        found = catalogue.recognise(text[begin:stop])
        if found:
            if found.provider or not catalogue.needs_quotes(found.id):
                yield begin, stop, found
            return


def _trimmed_start(text: str, start: int, limit: int) -> int:
    while start < limit and text[start] in "-_.@":
        start += 1
    return start


def _trimmed_end(text: str, limit: int, end: int) -> int:
    while end > limit and text[end - 1] in ".:_@/":
        end -= 1
    return end


def _locate(content: bytes, spans: Iterable[tuple[int, int]]) -> Iterator[Location]:
    """Count lines and code points from one span to the next; a byte order mark is no column."""
    done = len(_BOM) if content.startswith(_BOM) else 0
    line = column = 1
    for start, end in spans:
        gap = content[done:start]
        breaks = gap.count(b"\n") + gap.count(b"\r") - gap.count(b"\r\n")
        if breaks:
            line += breaks
            gap = gap[max(gap.rfind(b"\n"), gap.rfind(b"\r")) + 1 :]
            column = 1
        column += len(gap.decode("utf-8", "replace"))
        yield Location(line, column, start, end)
        done = start
