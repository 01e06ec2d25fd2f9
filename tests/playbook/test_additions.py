"""What a library adds to an object later is checked like its call shapes."""

from __future__ import annotations

import tomllib

import pytest

from migrator.domain.errors import PlaybookError
from migrator.domain.playbook import Library
from migrator.playbook._decode import Decoder, Key
from migrator.playbook._surfaces import check_libraries

LIBRARY = """
id = "acme"
language = "python"
distribution = "acme-llm"
markers = ["acme_llm"]

[[surfaces]]
id = "acme_agent"
label = "Agent"
tools = ["skills"]
settings = ["skills"]

[[shapes]]
id = "agent"
surface = "acme_agent"
callables = ["acme_llm.Agent"]

[[additions]]
surfaces = ["acme_agent"]
"""


def refused(addition: str) -> str:
    raw = tomllib.loads(LIBRARY + addition)
    library = Decoder({"library": "acme"}).decode(Library, raw, Key("surfaces/acme.toml"))
    with pytest.raises(PlaybookError) as caught:
        check_libraries((library,))
    return str(caught.value)


def test_an_addition_is_made_to_an_argument_that_the_surface_has():
    told = refused('argument = "skils"\nmembers = ["learn"]')
    assert "additions[0].argument: there is no `skils`; did you mean `skills`?" in told


def test_an_addition_says_how_it_is_made():
    told = refused('argument = "skills"\ncallables = ["acme_llm.teach"]')
    assert "additions[0]: an addition needs members, or callables and what they add `to`" in told
