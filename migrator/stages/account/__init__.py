"""Put every mention of a model id into exactly one bucket, by its use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from migrator.domain.catalogue import Standing
from migrator.domain.facts import FileFacts, StringUse
from migrator.domain.identity import number_sites
from migrator.domain.mention import Bucket, Mention
from migrator.domain.ports import Facts
from migrator.domain.site import BoundSite, Reference
from migrator.domain.source import Location, Place
from migrator.stages.account._strings import verdict_on_string
from migrator.stages.account._text import verdict_on_text


@dataclass(frozen=True, slots=True)
class Accounted:
    """A mention with its bucket and the reason.

    `symbol` is the scope that it stands in and `literal` the place of its string, if known.
    """

    mention: Mention
    bucket: Bucket
    why: str
    symbol: str = ""
    literal: tuple[int, int] | None = None

    @property
    def anchor(self) -> tuple[str, int, int]:
        """The place that a reference at this mention has: its literal's, else its own."""
        line, column = self.literal or (self.mention.at.line, self.mention.at.column)
        return (self.mention.path, line, column)


def account(
    mentions: Iterable[Mention],
    sites: Iterable[BoundSite],
    source: Facts,
    ignored: Callable[[Mention], str],
) -> tuple[Accounted, ...]:
    """Decide the bucket of each mention: reached by a call, a choice, a table, prose, a comment.

    What a call reaches is a site whatever it looks like; the rest is judged by the syntax around
    it, in files that a front-end reads, or by the words before it on its line. `ignored` tells
    why a mention is left out, if it is.
    """
    reached = {
        (s.reference.path, s.reference.place.line, s.reference.place.column)
        for s in sites
        if s.reference
    }
    followed = {path for path, _, _ in reached}
    return tuple(_account(each, reached, followed, source, ignored) for each in mentions)


def unbound_sites(accounted: Iterable[Accounted]) -> tuple[BoundSite, ...]:
    """Make a site without a call of every reference that looks like a choice of model."""
    return number_sites(_unbound(each) for each in accounted if each.bucket is Bucket.UNBOUND)


def _account(
    mention: Mention,
    reached: set[tuple[str, int, int]],
    followed: set[str],
    source: Facts,
    ignored: Callable[[Mention], str],
) -> Accounted:
    program = source.is_program(mention.path)
    facts = source.facts(mention.path) if program or mention.path in followed else None
    use = _use(facts, mention) if isinstance(facts, FileFacts) else None
    bucket, why = _verdict(mention, use, facts if program else None, source)
    if use and (mention.path, use.at.line, use.at.column) in reached:
        bucket, why = Bucket.SITE, "a call reaches it"
    elif left_out := ignored(mention):
        bucket, why = Bucket.IGNORED, left_out
    literal = (use.at.line, use.at.column) if use else None
    return Accounted(mention, bucket, why, use.scope if use else "", literal)


def _verdict(
    mention: Mention, use: StringUse | None, facts: object, source: Facts
) -> tuple[Bucket, str]:
    standing = mention.recognised.standing
    if standing is Standing.OUT_OF_SCOPE:
        return Bucket.OUT_OF_SCOPE, _why_out(mention)
    if isinstance(facts, FileFacts):
        bucket, why = verdict_on_string(mention, use)
    else:
        bucket, why = verdict_on_text(mention, source.content(mention.path))
    if standing is Standing.UNRECOGNISED and bucket in {Bucket.UNBOUND, Bucket.CATALOGUE}:
        return Bucket.UNRECOGNISED_ID, "not an id of the catalogue"
    return bucket, why


def _use(facts: FileFacts, mention: Mention) -> StringUse | None:
    return next(
        (
            each
            for each in facts.strings
            if each.at.start <= mention.at.start and mention.at.end <= each.at.end
        ),
        None,
    )


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
