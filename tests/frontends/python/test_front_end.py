from __future__ import annotations

from migrator import frontends
from migrator.domain.frontend import FrontEnd
from migrator.frontends.python import FRONT_END
from migrator.plugins import plugins


def test_python_is_found_by_the_plug_in_scan():
    assert FRONT_END in plugins(frontends, "FRONT_END", FrontEnd)
    assert (FRONT_END.language, FRONT_END.suffixes[0]) == ("python", ".py")
