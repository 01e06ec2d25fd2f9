"""Find the literal text behind an expression that is sent as part of a prompt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.domain.expression import (
    Call,
    Expression,
    Join,
    Member,
    Opaque,
    Scalar,
    Series,
    Table,
    Text,
)
from migrator.domain.playbook import PromptMaker
from migrator.domain.prompt import PromptKind, PromptLink
from migrator.domain.source import Place
from migrator.domain.trail import (
    Defined,
    Found,
    Frame,
    Hop,
    HopKind,
    Lost,
    Outside,
    Trail,
)
from migrator.following.items import known_key
from migrator.following.reads import document_of
from migrator.following.templates import other_template, template_of
from migrator.stages.pair._growth import Gain, gained_before, gained_here
from migrator.stages.pair._leaves import link, literal, missing
from migrator.stages.pair._makers import filled, maker_of, words_given
from migrator.stages.pair._parts import in_place, in_turn
from migrator.stages.pair._reading import Reading, left_to_callers
from migrator.stages.pair._surfaces import HOLE, PLACEHOLDER, words_of

FEWEST_WORDS = 5  # of what fills a template's hole: less is a value, not a part of the prompt
PASSED = frozenset({HopKind.ARGUMENT, HopKind.DEFAULT_PARAMETER})
PICKED = frozenset({HopKind.KEY, HopKind.CONFIG_KEY})


def text_links(reading: Reading, expression: Expression, frame: Frame) -> Iterator[PromptLink]:
    """Give the texts that an expression can be, alternatives numbered from the second on.

    Text that only a caller not in view brings is `runtime`; steering text that is there but
    cannot be followed is `unknown`. «workflow.2.2»
    """
    if reading.too_deep:
        yield missing(reading, expression.at.within(frame.path), "nested too deep")
        return
    if not reading.work.spend_text():
        yield missing(reading, expression.at.within(frame.path), "too many ways lead here")
        return
    ends = reading.follow(expression, frame)
    if left_to_callers(ends):
        at = expression.at.within(frame.path)
        yield link(reading, None, at, PromptKind.RUNTIME, "no caller in view gives it")
    walk = reading.walk
    whole = (
        in_turn(
            _of_end(reading.over(each.hops), each, expression, frame),
            _grown(reading, gained_before(walk, each, expression, frame)),
        )
        for each in ends
    )
    found = tuple(in_turn(in_place(*whole), _grown(reading, gained_here(walk, expression, frame))))
    yield from found
    if not found and any(_grows_unseen(each) for each in ends):
        at = expression.at.within(frame.path)
        yield missing(reading, at, "it is put together while the program runs")


def _grows_unseen(end: Trail) -> bool:
    """Whether a text is joined of a list that is empty where it is written."""
    return isinstance(end, Found) and end.expression == Series(end.expression.at, ())


def _grown(reading: Reading, gains: Iterable[Gain]) -> Iterator[PromptLink]:
    """Read the words that are added to a text before it is sent."""
    added = (text_links(reading.over(each.hops), each.value, each.frame) for each in gains)
    yield from in_turn(*([link for link in links if link.surface] for links in added))


def _of_end(
    reading: Reading, end: Trail, expression: Expression, frame: Frame
) -> Iterator[PromptLink]:
    at = expression.at.within(frame.path)
    match end:
        case Found():
            yield from _found(reading, end, at)
        case Defined(path=path, symbol=symbol):
            yield from _made_by(reading, path, symbol, at)
        case Lost(reason=reason, caller=True):
            yield link(reading, None, at, PromptKind.RUNTIME, reason)
        case Lost(reason=reason):
            yield missing(reading, at, reason)
        case Outside(name=name):
            yield missing(reading, at, f"comes from {name}")


def _found(reading: Reading, end: Found, at: Place) -> Iterator[PromptLink]:
    inside = end.frame
    match end.expression:
        case Text(value=value) if not words_of(value) and HOLE.search(value):
            yield link(reading, None, at, PromptKind.RUNTIME, "no words here")
        case Text(value=value) if not words_of(value):
            yield link(reading, None, at, PromptKind.NONE, "it has no words")
        case Text(value=value) as text:
            yield literal(reading, text, value, inside)
        case Join() as join:
            yield from _joined(reading, join, inside)
        case Opaque(what="sum", inner=inner, at=place):
            yield from _joined(reading, Join(place, inner), inside, added=True)
        case Call() as call:
            yield from _called(reading, call, inside)
        case Opaque(what="format" | "mod", inner=(text, *_)) | Opaque(what="lambda", inner=(text,)):
            yield from text_links(reading, text, inside)
        case Opaque(what="other template", inner=(name,)):
            other = other_template(reading.walk, name, inside)
            yield from _of_end(reading.over(other.hops), other, name, inside)
        case Series(items=items):
            parts = (_content_part(reading, item, inside) for item in items)
            yield from (each for each in in_turn(*parts) if each.kind is not PromptKind.NONE)
        case Scalar():
            return
        case _:
            yield missing(reading, at, "its text is computed")


def _joined(
    reading: Reading, join: Join, frame: Frame, *, added: bool = False
) -> Iterator[PromptLink]:
    """Read a text of parts: its own words are one surface, constants woven in are others.

    What is `added` by name alone may be one of several; a hole inside words is then content.
    """
    text = "".join(each.value if isinstance(each, Text) else PLACEHOLDER for each in join.parts)
    before: list[PromptLink] = []
    behind: list[PromptLink] = []
    lost: list[PromptLink] = []
    woven = before
    for part in join.parts:
        if not isinstance(part, Text):
            found = list(text_links(reading, part, frame))
            inside = [each for each in found if _is_woven(reading, each, added=added)]
            woven[:] = in_turn(woven, inside)
            lost += [each for each in found if added and each.kind is PromptKind.UNKNOWN]
        elif words_of(part.value):
            woven = behind
    own: list[PromptLink] = []
    if woven is behind:
        own = [literal(reading, join, text, frame)]
    elif not before and lost:
        own = lost[:1]
    elif not before:
        at = join.at.within(frame.path)
        own = [link(reading, None, at, PromptKind.RUNTIME, "no words here")]
    yield from in_turn(before, own, behind)


def _is_woven(reading: Reading, found: PromptLink, *, added: bool) -> bool:
    """Whether a hole always holds this text: what callers or keys pick is content, not prompt."""
    hops = found.via[: len(found.via) - len(reading.hops)]
    surface = found.surface
    if surface is None or any(hop.kind in PASSED for hop in hops):
        return False
    if not added:
        return not any(hop.kind in {HopKind.CHOICE, *PICKED} for hop in hops)
    # Whole sentences that a program picks are words of its own; a name or a value is content.
    return surface.words >= FEWEST_WORDS or not any(hop.kind in PICKED for hop in hops)


def _called(reading: Reading, call: Call, frame: Frame) -> Iterator[PromptLink]:
    """Read a text that a call makes, joins or fills in."""
    template = template_of(reading.walk, call, frame)
    if template is not None:
        yield from _of_end(reading.over(template.hops), template, call, frame)
        return
    base, maker = filled(call), maker_of(reading, call, frame)
    if maker is not None:
        yield from _made(reading, maker, call, frame)
        return
    match call.callee:
        case _ if base is not None:
            found = tuple(text_links(reading, base, frame))
            yield from in_turn(found, filled_in(reading, call, frame, found))
        case Member(name="join") if call.positional:
            yield from text_links(reading, call.positional[0], frame)
        case callee if _is_text(reading, callee, frame):
            return  # a text is not called: what is sent is the other branch
        case _:
            at = call.at.within(frame.path)
            yield missing(reading, at, "its text is the result of a call that cannot be followed")


def _made(reading: Reading, maker: PromptMaker, call: Call, frame: Frame) -> Iterator[PromptLink]:
    given = words_given(maker, call)
    match maker.form:
        case "stored":
            yield stored(reading, call, given, frame)
        case "file":
            yield from in_turn(*(_in_file(reading, each, frame) for each in given))
        case _:
            yield from in_turn(*(text_links(reading, each, frame) for each in given))


def stored(reading: Reading, call: Call, names: tuple[Expression, ...], frame: Frame) -> PromptLink:
    """Stand for a prompt that a service keeps under a name."""
    name = next((known_key(reading.walk, each, frame) for each in names), None)
    said = f"`{name}`" if isinstance(name, str) else "the prompt"
    reason = f"{said} is kept by a service, outside the repository"
    return link(reading, None, call.at.within(frame.path), PromptKind.UNKNOWN, reason)


def _in_file(reading: Reading, path: Expression, frame: Frame) -> Iterator[PromptLink]:
    """Read a template that lies in a file whose path is given."""
    ends = document_of(reading.walk, path, frame)
    for end in ends:
        match end:
            case Found(expression=Table(entries=entries), frame=inside):
                for entry in entries:
                    if entry.key and known_key(reading.walk, entry.key, inside) == "template":
                        yield from text_links(reading.over(end.hops), entry.value, inside)
            case _:
                yield from _of_end(reading.over(end.hops), end, path, frame)
    if not ends:
        at = path.at.within(frame.path)
        yield missing(reading, at, "its file is not in the repository")


def _is_text(reading: Reading, callee: Expression, frame: Frame) -> bool:
    ends = reading.walk.follow(callee, frame)
    return all(isinstance(e, Found) and isinstance(e.expression, Text | Join) for e in ends)


def filled_in(
    reading: Reading, call: Call, frame: Frame, template: Iterable[PromptLink]
) -> Iterator[PromptLink]:
    """Read the constants that a template is given for its holes, said by whom it has them from."""
    for keyword in call.keywords:
        hole = f"{{{keyword.name}}}"
        within = next((e for e in template if e.surface and hole in e.surface.text), None)
        if keyword.name is None or within is None:
            continue
        says = reading.over(()).by(within.speaker)
        found = text_links(says, keyword.value, frame)
        woven = (e for e in found if _is_woven(says, e, added=False))
        yield from in_turn(e for e in woven if e.surface and e.surface.words >= FEWEST_WORDS)


def _made_by(reading: Reading, path: str, symbol: str, at: Place) -> Iterator[PromptLink]:
    """Read the words that a function returns, when it is given in place of a text."""
    facts = reading.walk.file(path)
    scope = facts.scopes.get(symbol) if facts else None
    if scope is None or not scope.returns:
        yield missing(reading, at, f"{symbol or path} returns no text in view")
        return
    hop = Hop(scope.at.within(path), HopKind.RETURN, detail=symbol)
    inside = Frame(path, symbol)
    yield from in_place(*(text_links(reading.over((hop,)), e, inside) for e in scope.returns))


def _content_part(reading: Reading, item: Expression, frame: Frame) -> Iterator[PromptLink]:
    """Read a part of a message's content: a text, or a table that holds one under `text`."""
    for end in reading.follow(item, frame):
        if isinstance(end, Found) and isinstance(end.expression, Table):
            for entry in end.expression.entries:
                if entry.key and known_key(reading.walk, entry.key, end.frame) == "text":
                    yield from text_links(reading, entry.value, end.frame)
        elif isinstance(end, Defined) or (
            isinstance(end, Found) and isinstance(end.expression, Text | Join)
        ):
            yield from text_links(reading, item, frame)
