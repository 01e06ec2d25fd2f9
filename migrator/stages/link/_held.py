"""Find the object that holds the model of a call: made, bound, configured, or piped together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from migrator.domain.expression import Call, Expression, Member, Opaque
from migrator.domain.holder import Made
from migrator.domain.playbook import Playbook, Receiver
from migrator.domain.surface import Surface
from migrator.domain.trail import Entered, Found, Frame
from migrator.following.construction import constructions
from migrator.following.copies import copied
from migrator.following.port import Walk
from migrator.following.ways import every_way
from migrator.stages.link._handed_on import ways_in
from migrator.stages.link._receivers import annotated_as

_MODEL = "model"

MOST_NESTED = 8


@dataclass(frozen=True, slots=True)
class Held:
    """A holder as found: its kind, and the calls that made it and added to it, in that order.

    `piped` is what stands before it in a pipe; `entered` as in `Found`.
    """

    receiver: Receiver
    made: tuple[Made, ...]
    piped: Found | None = None
    entered: Entered | None = None


@dataclass(frozen=True, slots=True)
class Holders:
    """The receivers of a playbook that hold a model, by constructor."""

    by_constructor: Mapping[str, Receiver] = field(default_factory=dict)

    @classmethod
    def of(cls, playbook: Playbook) -> Holders:
        """Gather them from all libraries."""
        return cls(
            {
                name: receiver
                for library in playbook.libraries
                for receiver in library.receivers
                if receiver.surface is not None
                for name in receiver.constructors
            }
        )

    def find(
        self, walk: Walk, expression: Expression, frame: Frame, depth: int = 0
    ) -> tuple[Held, ...]:
        """Give every holder that an expression can be; none where it is something else."""
        if depth > MOST_NESTED:
            return ()
        found: dict[object, Held] = {}
        for end in every_way(walk, expression, frame):
            if not isinstance(end, Found):
                continue
            for held in self._of(walk, end.expression, end.frame, depth):
                reached = replace(held, entered=end.entered or held.entered)
                key = tuple((each.call.at, each.frame) for each in held.made)
                found.setdefault((key, reached.entered), reached)
        return tuple(found.values())

    def find_annotated(self, walk: Walk, expression: Expression, frame: Frame) -> tuple[Held, ...]:
        """Give the holder that an annotation promises where its making is out of view."""
        receiver = annotated_as(walk, expression, frame, tuple(self.by_constructor.values()))
        return (Held(receiver, ()),) if receiver else ()

    def _of(self, walk: Walk, value: Expression, frame: Frame, depth: int) -> Iterator[Held]:
        match value:
            case Opaque(what="bitor", inner=parts):
                for index, part in enumerate(parts):
                    before = Found(parts[index - 1], frame) if index else None
                    for held in self.find(walk, part, frame, depth + 1):
                        yield replace(held, piped=before or held.piped)
            case Call() as call:
                added = tuple(self._added(walk, call, frame, depth))
                added = added or tuple(self._copied(walk, call, frame, depth))
                yield from added or self._made(walk, call, frame)
            case _:
                pass

    def _added(self, walk: Walk, call: Call, frame: Frame, depth: int) -> Iterator[Held]:
        """Read `llm.bind_tools(…)` as the same holder with something added."""
        if not isinstance(call.callee, Member):
            return
        name = call.callee.name
        if not any(name in each.transparent for each in self.by_constructor.values()):
            return
        for held in self.find(walk, call.callee.base, frame, depth + 1):
            if name in held.receiver.transparent:
                more = Made(call, frame, held.receiver.passes.get(name, ()))
                yield replace(held, made=(*held.made, more))

    def _copied(self, walk: Walk, call: Call, frame: Frame, depth: int) -> Iterator[Held]:
        """Read `copy.copy(llm)` and `llm.model_copy(update={…})` as the same holder, changed."""
        copy = copied(walk, call, frame)
        if copy is not None:
            for held in self.find(walk, copy.original, frame, depth + 1):
                yield replace(held, made=(*held.made, Made(copy.call, frame, copies=True)))

    def _made(self, walk: Walk, call: Call, frame: Frame) -> Iterator[Held]:
        for name, made, inside in constructions(walk, call, frame):
            receiver = self.by_constructor.get(name)
            if receiver is None:
                continue
            for each in _frames(walk, made, inside):
                yield Held(receiver, (Made(made, each, receiver.positional),))


def _frames(walk: Walk, made: Call, frame: Frame) -> tuple[Frame, ...]:
    """Read a constructor that hands `**kwargs` on once for each call that brings them."""
    if frame.callers:
        return (frame,)
    ways = ways_in(walk, made, frame, _MODEL)
    return tuple(replace(frame, callers=(each,)) for each in ways) or (frame,)


def joined(call: Surface, held: Surface) -> Surface:
    """Give the surface of a call whose model is brought by an object of another surface.

    What is asked comes with the call; what is sent, and under which names, with the object.
    """
    if call.id == held.id:
        return held
    return replace(
        held,
        id=call.id,
        of=held.id,
        label=call.label,
        library=call.library,
        prompts=tuple({each.name: each for each in (*held.prompts, *call.prompts)}.values()),
        tools=tuple(dict.fromkeys((*call.tools, *held.tools))),
        listed=tuple(dict.fromkeys((*call.listed, *held.listed))),
        output_format=tuple(dict.fromkeys((*call.output_format, *held.output_format))),
        state=tuple(dict.fromkeys((*call.state, *held.state))),
        settings=tuple(dict.fromkeys((*call.settings, *held.settings))),
        aliases={**held.aliases, **call.aliases},
        defaults=tuple(dict.fromkeys((*call.defaults, *held.defaults))),
        spreads=tuple(dict.fromkeys((*call.spreads, *held.spreads))),
        unavailable=call.unavailable or held.unavailable,
        elsewhere=call.elsewhere or held.elsewhere,
    )
