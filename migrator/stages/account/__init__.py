"""Put every mention of a model id into exactly one bucket, by its use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from migrator.domain.catalogue import Standing
from migrator.domain.facts import FileFacts, StringUse
from migrator.domain.identity import number_sites
from migrator.domain.mention import Bucket, Mention
from migrator.domain.ports import Facts
from migrator.domain.site import BoundSite, Reference
from migrator.stages.account._strings import verdict_on_string
from migrator.stages.account._text import verdict_on_text


@dataclass(frozen=True, slots=True)
class Accounted:
    """A mention with its bucket and the reason; `symbol` is where it stands, if known."""

    mention: Mention
    bucket: Bucket
    why: str
    symbol: str = ""


def account(
    mentions: Iterable[Mention], sites: Iterable[BoundSite], source: Facts
) -> tuple[Accounted, ...]:
    """Decide the bucket of each mention: reached by a call, a choice, a table, prose, a comment.

    What a call reaches is a site whatever it looks like; the rest is judged by the syntax around
    it, in files that a front-end reads, or by the words before it on its line.
    """
    reached = {(s.reference.path, s.reference.place.line): s for s in sites if s.reference}
    places = {
        (s.reference.path, s.reference.at.start)
        for s in sites
        if s.reference and s.reference.at is not None
    }
    literals = _literals(reached.values())
    return tuple(_account(each, places, literals, source) for each in mentions)


def unbound_sites(accounted: Iterable[Accounted]) -> tuple[BoundSite, ...]:
    """Make a site without a call of every reference that looks like a choice of model."""
    return number_sites(_unbound(each) for each in accounted if each.bucket is Bucket.UNBOUND)


def _literals(sites: Iterable[BoundSite]) -> Mapping[tuple[str, int, int], BoundSite]:
    return {
        (s.reference.path, s.reference.place.line, s.reference.place.column): s
        for s in sites
        if s.reference
    }


def _account(
    mention: Mention,
    places: set[tuple[str, int]],
    literals: Mapping[tuple[str, int, int], BoundSite],
    source: Facts,
) -> Accounted:
    bare = mention.at.start + len(mention.recognised.prefix.encode())
    facts = source.facts(mention.path)
    use = _use(facts, mention) if isinstance(facts, FileFacts) else None
    symbol = use.scope if use else ""
    if (mention.path, bare) in places:
        return Accounted(mention, Bucket.SITE, "a call reaches it", symbol)
    if use and (mention.path, use.at.line, use.at.column) in literals:
        return Accounted(mention, Bucket.SITE, "a call reaches it", symbol)
    if mention.recognised.standing is Standing.OUT_OF_SCOPE:
        return Accounted(mention, Bucket.OUT_OF_SCOPE, _why_out(mention), symbol)
    if isinstance(facts, FileFacts):
        bucket, why = verdict_on_string(mention, use)
    else:
        bucket, why = verdict_on_text(mention, source.content(mention.path))
    choice = bucket is Bucket.UNBOUND
    if mention.recognised.standing is Standing.UNRECOGNISED and (choice or bucket == "catalogue"):
        return Accounted(mention, Bucket.UNRECOGNISED_ID, "not an id of the catalogue", symbol)
    return Accounted(mention, bucket, why, symbol)


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
    place = mention.at.within(mention.path)
    return BoundSite(
        id="",
        place=place,
        symbol=accounted.symbol,
        language=_language(mention.path),
        call=None,
        reference=Reference(
            path=mention.path,
            place=place,
            at=None,
            symbol=accounted.symbol,
            recognised=mention.recognised,
        ),
        unresolved=accounted.why,
    )


def _language(path: str) -> str:
    name = path.rpartition("/")[2]
    return "python" if name.endswith((".py", ".pyi")) else name.rpartition(".")[2] or "text"
