"""Ask the terminal what it can show."""

from __future__ import annotations

import os
import shutil
import sys

NARROWEST = 40
PAGE = 80


def terminal_width() -> int:
    """Give the width to write for: the terminal's, or a page's when there is none."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return PAGE
    return max(NARROWEST, shutil.get_terminal_size((PAGE, 24)).columns)


def terminal_colour() -> bool:
    """Tell whether to use colour: NO_COLOR forbids it, FORCE_COLOR asks for it."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
