"""Follow what is written to a text and read back from it: `json.loads(json.dumps(request))`."""

from __future__ import annotations

from migrator.domain.expression import Call
from migrator.domain.trail import Found, Frame, Hop, HopKind, Outside, Trail
from migrator.following.hops import via
from migrator.following.port import Walk

_LIBRARIES = ("json", "ujson", "orjson", "simplejson", "pickle")
READING = frozenset(f"{each}.loads" for each in _LIBRARIES)
_WRITING = frozenset(f"{each}.dumps" for each in _LIBRARIES)


def read_back(walk: Walk, call: Call, name: str, frame: Frame) -> tuple[Trail, ...]:
    """Give what was written to the text that a call reads; none where that is not in view."""
    if name not in READING or not call.positional:
        return ()
    trails: tuple[Trail, ...] = ()
    hop = Hop(call.at.within(frame.path), HopKind.TRANSFORM, detail="read back")
    for end in walk.follow(call.positional[0], frame):
        if not isinstance(end, Found) or not isinstance(end.expression, Call):
            continue
        written = end.expression
        makers = walk.follow(written.callee, end.frame)
        if written.positional and any(
            isinstance(each, Outside) and each.name in _WRITING for each in makers
        ):
            there = Hop(written.at.within(end.frame.path), HopKind.TRANSFORM, detail="written")
            trails += via(walk.follow(written.positional[0], end.frame), there, *end.hops, hop)
    return trails
