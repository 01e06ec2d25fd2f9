"""Following comes to an end, however the code turns in circles."""

from __future__ import annotations

import pytest

from tests.planning import planned

HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n\n\n"
CREATE = "client.responses.create(model=model, input=question)\n"

OF_ITSELF = f"""{HEAD}class Desk:
    def __init__(self, models):
        self.models = models

    def trim(self):
        self.models = list(self.models)

    def ask(self, question):
        for model in self.models:
            {CREATE}

Desk(["gpt-4.1"]).ask("Hello?")
"""
SPLATTED = f"""{HEAD}class Desk:
    def __init__(self):
        self.options = {{"model": "gpt-4.1"}}

    def fill(self):
        self.options = {{**self.options, "store": False}}

    def ask(self, question):
        model = self.options["model"]
        {CREATE}"""
OF_ITS_COPIES = f"""{HEAD}def patched(config, patch):
    if "more" not in config:
        return {{**config, "more": patch}}
    return {{**config, "more": {{**config["more"], **patch}}}}


def ask(config, question):
    if question:
        return ask(patched(config, {{"again": True}}), question)
    model = config.get("model")
    {CREATE}


ask({{"model": "gpt-4.1"}}, "Hello?")
"""
JOINED = f"""{HEAD}def merge(base, more):
    return base | more if more else base


class Desk:
    def __init__(self):
        self.settings = {{"model": "gpt-4.1"}}

    def ask(self, question, settings):
        settings = merge(self.settings, settings)
        settings = merge(settings, merge(self.settings, settings))
        model = settings.get("model")
        {CREATE}

    def again(self, question, settings):
        settings = merge(settings, {{"store": False}})
        self.ask(question, settings)
        self.again(question, merge(self.settings, settings))


Desk().again("Hello?", {{"store": False}})
"""
TURN = """
def turn_{n}(model, question):
    turn_{a}(model or turn_{b}.name, question)
    turn_{b}(pick(model, turn_{a}), question)
    {create}
"""


def web(size):
    turns = (
        TURN.format(n=n, a=(n + 1) % size, b=(n * 7 + 3) % size, create=CREATE) for n in range(size)
    )
    return f'{HEAD}{"".join(turns)}\n\nturn_0("gpt-4.1", "Hello?")\n'


@pytest.mark.parametrize("code", [OF_ITSELF, SPLATTED, OF_ITS_COPIES, JOINED, web(12)])
def test_what_is_made_of_itself_is_followed_to_its_beginning(tmp_path, code):
    (tmp_path / "desk.py").write_text(code)
    sites = planned(tmp_path)["sites"]
    assert {each["model"]["written"] for each in sites if each["model"]} >= {"gpt-4.1"}
