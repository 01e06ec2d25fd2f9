"""Put every mention of a model id into exactly one bucket, by its use."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from migrator.domain.catalogue import Standing
from migrator.domain.facts import FileFacts, StringUse
from migrator.domain.identity import number_sites
from migrator.domain.mention import Bucket, Mention
from migrator.domain.site import BoundSite, Reference
from migrator.domain.source import Location, Place, Skipped, SourceFile
from migrator.following.port import Walk
from migrator.stages.account._accounted import Accounted, Anchor
from migrator.stages.account._around import Surroundings
from migrator.stages.account._overriding import as_choice
from migrator.stages.account._positions import Positions
from migrator.stages.account._strings import verdict_on_string
from migrator.stages.account._text import name_before, verdict_on_text

__all__ = [
    "Accounted",
    "account",
    "as_choice",
    "reached_places",
    "unbound_sites",
]

MIGRATIONS = re.compile(r"(?:^|/)(?:migrations|alembic/versions|db/migrate)/")


def reached_places(sites: Iterable[BoundSite]) -> frozenset[Anchor]:
    """Give the places of the references that reach a call, mirrors with them."""
    references = (each for site in sites if site.reference for each in site.reference.written)
    return frozenset((each.path, each.place.line, each.place.column) for each in references)


def account(
    source: SourceFile,
    mentions: Iterable[Mention],
    facts: object,
    reached: Container[Anchor],
    ignored: Callable[[Mention], str],
    walk: Walk,
    *,
    program: bool,
) -> Iterator[Accounted]:
    """Decide the bucket of each mention of a file: reached by a call, a choice, a table, prose.

    What a call reaches is a site whatever it looks like; the rest is judged by the syntax around
    it in a `program` that a front-end gave `facts` of, or by the words before it on its line.
    `ignored` tells why a mention is left out, if it is.
    """
    parsed = facts if isinstance(facts, FileFacts) else None
    strings = _Strings(parsed.strings) if parsed else None
    around = Surroundings(parsed) if parsed else None
    positions = Positions(parsed, walk) if parsed and program else None
    history = _why_history(source)
    for mention in mentions:
        use = strings.around(mention.at) if strings else None
        use = positions.named(use) if use and positions else use
        if around and program:
            bucket, why = _verdict(mention, verdict_on_string(mention, use, around))
        else:
            judged = _in_unread(facts, verdict_on_text(mention, source.content), program=program)
            bucket, why = _verdict(mention, judged)
        if history and bucket is Bucket.UNBOUND:
            bucket, why = Bucket.CATALOGUE, history
        if use and (mention.path, use.at.line, use.at.column) in reached:
            bucket, why = Bucket.SITE, "a call reaches it"
        elif left_out := ignored(mention):
            bucket, why = Bucket.IGNORED, left_out
        literal = (use.at.line, use.at.column) if use else None
        name = use.name if use and program else name_before(mention, source.content)
        yield Accounted(mention, bucket, why, use.scope if use else "", literal, name)


def unbound_sites(accounted: Iterable[Accounted]) -> tuple[BoundSite, ...]:
    """Make a site without a call of every reference that looks like a choice of model."""
    return number_sites(_unbound(each) for each in accounted if each.bucket is Bucket.UNBOUND)


@dataclass
class _Strings:
    """The string literals of a file in order, asked for by places in order."""

    literals: Sequence[StringUse]
    ended: int = 0

    def around(self, at: Location) -> StringUse | None:
        """Give the outermost literal around a place, which lies behind those asked for before."""
        literals = self.literals
        while self.ended < len(literals) and literals[self.ended].at.end <= at.start:
            self.ended += 1
        for index in range(self.ended, len(literals)):
            literal = literals[index]
            if literal.at.start > at.start:
                return None
            if at.end <= literal.at.end:
                return literal
        return None


def _in_unread(facts: object, judged: tuple[Bucket, str], *, program: bool) -> tuple[Bucket, str]:
    """Ask about what stands in a program that cannot be read: no call in it can be seen."""
    if program and isinstance(facts, Skipped) and judged[0] is Bucket.CATALOGUE:
        return Bucket.UNBOUND, f"its file cannot be read: {facts.reason}"
    return judged


def _why_history(source: SourceFile) -> str:
    """Say why nothing of a file is a choice that a person makes now; empty where it may be."""
    history = MIGRATIONS.search(source.path)
    return "in a migration, which tells what was once done" if history else ""


def _verdict(mention: Mention, judged: tuple[Bucket, str]) -> tuple[Bucket, str]:
    standing = mention.recognised.standing
    if standing is Standing.OUT_OF_SCOPE:
        return Bucket.OUT_OF_SCOPE, _why_out(mention)
    if standing is Standing.UNRECOGNISED and judged[0] in {Bucket.UNBOUND, Bucket.CATALOGUE}:
        return Bucket.UNRECOGNISED_ID, "not an id of the catalogue"
    return judged


def _why_out(mention: Mention) -> str:
    model = mention.recognised.model
    return f"a {model.kind} model" if model else "not a model of OpenAI's API"


def _unbound(accounted: Accounted) -> BoundSite:
    mention = accounted.mention
    path, line, column = accounted.anchor
    place = Place(path, line, column)
    return BoundSite(
        id="",
        place=place,
        symbol=accounted.symbol,
        language=_language(mention.path),
        call=None,
        reference=Reference(
            path=mention.path,
            place=place,
            at=_bare(mention),
            symbol=accounted.symbol,
            recognised=mention.recognised,
        ),
        unresolved=accounted.why,
    )


def _bare(mention: Mention) -> Location:
    """Give the location of the id alone, without what stands before and behind it."""
    at, recognised = mention.at, mention.recognised
    start = at.start + len(recognised.prefix.encode())
    end = start + len(recognised.id.encode())
    return Location(at.line, at.column + len(recognised.prefix), start, end)


def _language(path: str) -> str:
    name = path.rpartition("/")[2]
    return "python" if name.endswith((".py", ".pyi")) else name.rpartition(".")[2] or "text"
