"""Note which watched files a Python program under validation takes from where, and what it runs.

A copy of this file stands on the path of validation commands as `sitecustomize`: it needs nothing
but the standard library, works from Python 3.8 on, and never lets the program under validation
notice a failure of its own.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from types import CodeType, FrameType
from typing import Any

VARIABLE = "MIGRATE_WITNESS"
_TOOL_IDS = (4, 3, 2)  # 0 and 1 are for debuggers and coverage, 5 for optimizers


class Witness:
    """What one process sees; facts are appended to a file that all processes share."""

    def __init__(self, watch: dict[str, Any]) -> None:
        """Take what to watch, as `migrator.adapters.witness` writes it."""
        self.root: str = watch["root"]
        self.checkout: str = watch["checkout"]
        self.names: dict[str, list[str]] = watch["names"]
        self.lines: dict[str, list[int]] = watch["lines"]
        self.record: str = watch["record"]
        self.bases = {os.path.basename(path) for path in self.names}
        self.noted: set[tuple[str, ...]] = set()
        self.files: dict[str, str | None] = {}
        self.wanted: dict[int, tuple[CodeType, set[int]]] = {}

    def note(self, *fact: str) -> None:
        """Write a fact down at once: a process may end without a word."""
        if fact in self.noted:
            return
        self.noted.add(fact)
        descriptor = os.open(self.record, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, (json.dumps(fact) + "\n").encode())
        finally:
            os.close(descriptor)

    def place(self, path: object) -> None:
        """Note where a watched file was taken from, if this path is one."""
        if not isinstance(path, str) or os.path.basename(path) not in self.bases:
            return
        real = os.path.realpath(path)
        for kind, top in (("inside", self.root), ("outside", self.checkout)):
            relative = real[len(top) + 1 :].replace(os.sep, "/")
            if real.startswith(top + os.sep) and relative in self.names:
                self.note(kind, relative, real)
                return

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Hear of code that runs and of files that are opened."""
        if event == "exec":
            self.place(getattr(arguments[0], "co_filename", None))
        elif event == "open":
            self.place(arguments[0])

    def look_back(self) -> None:
        """Note the modules of the ending process, and where those it did not load would be."""
        loaded = {
            name: os.path.realpath(place)
            for name, module in list(sys.modules.items())
            if isinstance(place := getattr(module, "__file__", None), str)
        }
        for path, names in self.names.items():
            for name in names:
                place = loaded.get(name)
                if place and not place.startswith(self.root + os.sep):
                    self.note("outside", path, place)
            if names and not any(name in loaded for name in names):
                place = _resolved(names[0])
                inside = place is not None and place.startswith(self.root + os.sep)
                if place and (inside or "." in names[0]):
                    self.note("would", "inside" if inside else "outside", path, place)
        if sys.version_info < (3, 12) and self.lines and sys.gettrace() != self.trace:
            self.note("partial")

    def reach(self, code: CodeType, line: int, frame: FrameType | None) -> None:
        """Note that a line ran, and in which test."""
        self.note("line", str(self.files[code.co_filename]), str(line), _test(frame))

    def lines_of(self, code: CodeType) -> set[int]:
        """Give the watched lines of a code object; called for all code that runs."""
        name = code.co_filename
        if name not in self.files:
            self.files[name] = self._watched(name)
        path = self.files[name]
        if path is None:
            return set()
        known = self.wanted.get(id(code))
        if known is None:
            lines = _lines(code).intersection(self.lines[path])
            # The code is kept, so that no other can come to have its identity.
            known = self.wanted[id(code)] = (code, lines)
        return known[1]

    def _watched(self, name: str) -> str | None:
        real = os.path.realpath(name)
        if not real.startswith(self.root + os.sep):
            return None
        path = real[len(self.root) + 1 :].replace(os.sep, "/")
        return path if path in self.lines else None

    def trace(self, frame: FrameType, _event: str, _argument: object) -> Any:
        """Follow the frames that have a watched line, before Python 3.12."""
        code = frame.f_code
        return self.trace_line if self.lines_of(code) else None

    def trace_line(self, frame: FrameType, event: str, _argument: object) -> Any:
        """Hear of each line of a followed frame."""
        if event == "line" and frame.f_lineno in self.lines_of(frame.f_code):
            self.reach(frame.f_code, frame.f_lineno, frame)
        return self.trace_line

    def start(self) -> None:
        """Begin to watch."""
        self.note("python", str(os.getpid()))
        sys.addaudithook(self.audit)
        atexit.register(self.look_back)
        if not self.lines:
            return
        if sys.version_info >= (3, 12):
            self._monitor()
        else:
            import threading

            threading.settrace(self.trace)
            sys.settrace(self.trace)

    def _monitor(self) -> None:
        monitoring: Any = sys.monitoring  # type: ignore[attr-defined,unused-ignore]
        free = [each for each in _TOOL_IDS if monitoring.get_tool(each) is None]
        if not free:
            self.note("partial")
            return
        tool, events = free[0], monitoring.events

        def started(code: CodeType, _offset: int) -> Any:
            if self.lines_of(code):
                monitoring.set_local_events(tool, code, events.LINE)
            return monitoring.DISABLE

        def ran(code: CodeType, line: int) -> Any:
            if line not in self.lines_of(code):
                return monitoring.DISABLE
            self.reach(code, line, sys._getframe(1))  # noqa: SLF001 - the only way to the frame
            return None

        monitoring.use_tool_id(tool, "migrate")
        monitoring.register_callback(tool, events.PY_START, started)
        monitoring.register_callback(tool, events.LINE, ran)
        monitoring.set_events(tool, events.PY_START)


def _lines(code: CodeType) -> set[int]:
    import dis

    return {line for _, line in dis.findlinestarts(code) if line}


def _test(frame: FrameType | None) -> str:
    """Name the running test: pytest says it, unittest has it on the stack."""
    said = os.environ.get("PYTEST_CURRENT_TEST", "")
    if said:
        return said.rsplit(" (", 1)[0]
    while frame is not None:
        if os.path.basename(frame.f_code.co_filename) == "case.py":
            case = frame.f_locals.get("self")
            name = getattr(case, "id", None)
            if callable(name):
                return str(name())
        frame = frame.f_back
    return ""


def _resolved(dotted: str) -> str | None:
    """Say from where a module would be loaded, without loading anything of its package."""
    parts = dotted.split(".")
    spec, folders = None, None
    for count in range(1, len(parts) + 1):
        spec = _spec(".".join(parts[:count]), folders)
        if spec is None:
            return None
        folders = list(spec.submodule_search_locations or ())
    return os.path.realpath(spec.origin) if spec and spec.origin else None


def _spec(name: str, folders: list[str] | None) -> Any:
    for finder in sys.meta_path:
        find = getattr(finder, "find_spec", None)
        found = find(name, folders, None) if find else None
        if found is not None:
            return found
    return None


def _hand_on() -> None:
    """Leave the path, and run the `sitecustomize` that this one stands before."""
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [each for each in sys.path if os.path.abspath(each) != here]
    spec = PathFinder.find_spec("sitecustomize", sys.path)
    if spec is not None and spec.loader is not None:
        module = module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        spec.loader.exec_module(module)


def _begin() -> None:
    try:
        with open(os.environ[VARIABLE], encoding="utf-8") as opened:
            Witness(json.load(opened)).start()
    except Exception:  # noqa: BLE001, S110 - a missing witness is found out afterwards
        pass
    _hand_on()


if __name__ == "sitecustomize":
    _begin()
