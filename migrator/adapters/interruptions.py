"""Let a polite kill unwind like Ctrl-C, and let the unwinding finish undisturbed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TypeAlias

_Reaction: TypeAlias = Callable[[int, FrameType | None], object] | int | None
_KILLS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def kills_unwind() -> Iterator[None]:
    """Raise KeyboardInterrupt on SIGTERM and SIGHUP while the block runs."""
    with _reacting(_KILLS, _interrupt):
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ignore Ctrl-C and kills while the block runs; the programs it starts ignore them too."""
    with _reacting((signal.SIGINT, *_KILLS), signal.SIG_IGN):
        yield


@contextmanager
def _reacting(numbers: Sequence[int], reaction: _Reaction) -> Iterator[None]:
    # Python lets the main thread alone choose reactions.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = [(number, signal.signal(number, reaction)) for number in numbers]
    try:
        yield
    finally:
        for number, earlier in before:
            # None stands for a reaction that was not set from Python; the default is nearest.
            signal.signal(number, signal.SIG_DFL if earlier is None else earlier)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
