"""Read prompt blocks: front matter in TOML between `+++`, then each point under its own heading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import tomli

from migrator.domain.block import PLAIN, Block, Point, words_in
from migrator.playbook._decode import Decoder, Key
from migrator.playbook._texts import Cited

_PARTS = re.compile(r"\+\+\+\n(.*?)^\+\+\+\n(.*)", re.DOTALL | re.MULTILINE)
_POINT = re.compile(r"^## (.+)$", re.MULTILINE)
_VARIABLE = re.compile(r"\{([a-z_]+)\}")


def read_blocks(files: Mapping[str, bytes], cited: Cited) -> tuple[Block, ...]:
    """Give the blocks of `blocks/<id>.md`, by rank.

    Raises PlaybookError naming file and key: for front matter that is misspelt, a point without
    words or words without a point, words beyond the budget, and signs that are not plain.
    """
    names = [each for each in sorted(files) if re.fullmatch(r"blocks/[^/]+\.md", each)]
    blocks = [_block(name, files[name], cited) for name in names]
    ranks: dict[int, str] = {}
    for name, block in zip(names, blocks, strict=True):
        if block.rank in ranks:
            raise Key(name, "rank").refuse(f"`{ranks[block.rank]}` has the same")
        ranks[block.rank] = block.id
    return tuple(sorted(blocks, key=lambda each: each.rank))


def _block(name: str, content: bytes, cited: Cited) -> Block:
    at = Key(name)
    front, body = _parted(at, content)
    texts = _texts(at, body)
    points = _points(at.child("points"), front.get("points"), texts)
    block = Decoder().decode(Block, {**front, "points": points}, at)
    _check(block, at, name)
    return replace(block, source=cited.text(block.source, at.child("source")))


def _points(at: Key, raw: object, texts: Mapping[str, str]) -> list[dict[str, object]]:
    """Give each point of the front matter its words."""
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        raise at.refuse("must be a list of tables")
    for number, each in enumerate(raw):
        if each.get("id") not in texts:
            raise at.item(number).refuse(f"there is no heading `## {each.get('id')}`")
    for heading in texts:
        if heading not in [each["id"] for each in raw]:
            raise at.refuse(f"the heading `## {heading}` belongs to none of them")
    return [{**each, "text": texts[each["id"]]} for each in raw]


def _parted(at: Key, content: bytes) -> tuple[dict[str, object], str]:
    try:
        parts = _PARTS.fullmatch(content.decode().replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise at.refuse("is not UTF-8") from error
    if parts is None:
        raise at.refuse("must begin with front matter between two lines `+++`")
    try:
        return tomli.loads(parts[1]), parts[2]
    except tomli.TOMLDecodeError as error:
        raise at.refuse(f"its front matter is not TOML: {error}") from error


def _texts(at: Key, body: str) -> dict[str, str]:
    before, *rest = _POINT.split(body)
    if before.strip():
        raise at.refuse("words stand before the first point")
    texts = {
        heading.strip(): " ".join(text.split())
        for heading, text in zip(rest[::2], rest[1::2], strict=True)
    }
    for heading, text in texts.items():
        if not text:
            raise at.refuse(f"the point `{heading}` has no words")
    return texts


def _check(block: Block, at: Key, name: str) -> None:
    if name != f"blocks/{block.id}.md":
        raise at.child("id").refuse(f"`{block.id}` must be the name of its file")
    if not block.points:
        raise at.child("points").refuse("a block needs a point")
    if not block.risks:
        raise at.child("risks").refuse("a block needs a risk that it answers")
    words = sum(words_in(each.text) for each in block.points)
    if words > block.budget:
        raise at.child("budget").refuse(f"its points have {words} words, not {block.budget}")
    for number, point in enumerate(block.points):
        _check_point(block, point, at.child("points").item(number))


def _check_point(block: Block, point: Point, at: Key) -> None:
    for variable in _VARIABLE.findall(point.text):
        if variable not in block.defaults:
            raise at.refuse(f"`{{{variable}}}` has no value in `defaults`")
    written = _VARIABLE.sub("", point.text)
    if not PLAIN.fullmatch(written):
        odd = next(each for each in written if not PLAIN.fullmatch(each))
        raise at.refuse(f"{odd!r} could mean something in a quotation or a template")
