"""Gates are evaluated for the id as it is and as it would be, on code that is really read."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.planning import planned

HEAD = """
from openai import OpenAI
MODEL = "gpt-4.1"
def reply(text):
    return OpenAI().responses.create(model=MODEL, instructions="Answer.", input=text)
"""


@pytest.fixture
def gates(tmp_path):
    """Give what R31 says of the one site of a file, by severity."""

    def found(code: str) -> list[str]:
        (tmp_path / "desk.py").write_text(HEAD + dedent(code))
        sites = [each for each in planned(tmp_path)["sites"] if each["call"]]
        (site,) = sites
        return [each["severity"] for each in site["findings"] if each["rule"] == "R31"]

    return found


TABLE = 'T = {"gpt-4.1": 8}\n'


@pytest.mark.parametrize(
    "code",
    [
        "def cost(): return T[MODEL]",
        "def cost(model): return T[model]\ndef run(): return cost(MODEL)",
        "def cost(): return T[MODEL.lower()]",
        "def cost():\n if MODEL not in T: raise KeyError(MODEL)\n return T[MODEL]",
        "def cost():\n if MODEL in T: return 1\n raise ValueError(MODEL)\n",
        "def cost():\n assert MODEL in T, 'unknown'",
        "def cost():\n assert MODEL == 'gpt-4.1'",
        "def cost():\n match MODEL:\n  case 'gpt-4.1': return 1\n  case _: raise ValueError",
        "def cost():\n if not MODEL.startswith(('gpt-4', 'o3')): raise ValueError",
        "import re\ndef cost():\n if not re.match(r'gpt-4(\\.\\d)?$', MODEL): raise ValueError",
        "import re\nP = re.compile('gpt-4')\ndef f():\n if not P.match(MODEL): raise ValueError",
        "def cost(): return list(T).index(MODEL)",
        "def cost():\n try: return T[MODEL]\n except KeyError: raise ValueError(MODEL)",
        "T['gpt-4.1-mini'] = 3\ndef cost(): return T[MODEL]",
        "U = T | {'o3': 1}\ndef cost(): return U[MODEL]",
        "def known(model): return model in T\ndef f():\n if not known(MODEL): raise ValueError",
        "def f(m=MODEL):\n if m in T: return 1\n elif m == 'o3': return 2\n raise ValueError(m)",
        "def f(m):\n if m in T: return m\n return ''\ndef g():\n assert f(MODEL)",
        "def cost(): return 1 if MODEL in ('gpt-5.5',) else T[MODEL]\ndef c2(): return T[MODEL]",
    ],
)
def test_gate_that_raises_for_the_target_blocks(gates, code):
    assert "blocks" in gates(TABLE + code)


@pytest.mark.parametrize(
    "code",
    [
        "def cost(): return T.get(MODEL, 1)",
        "def cost():\n try: return T[MODEL]\n except KeyError: return 1",
        "def cost(): return T[MODEL] if MODEL in T else 1",
        "def cost():\n if MODEL not in T: return 1\n return T[MODEL]",
        "def cost(): return MODEL in T and T[MODEL]",
        "def cost():\n if MODEL.startswith('gpt-4'): print('old')",
        "def cost(m): return T[m]\ndef f():\n try: return cost(MODEL)\n except KeyError: return 1",
        "import tiktoken\ndef f(): return tiktoken.encoding_for_model(MODEL)",
    ],
)
def test_gate_that_answers_otherwise_warns_alone(gates, code):
    assert set(gates(TABLE + code)) == {"warns"}


@pytest.mark.parametrize(
    "code",
    [
        "import json\nT = json.load(open('t.json'))\ndef f(): return T[MODEL]",
        "def f(table): return table[MODEL]",
        "import config\ndef f():\n if MODEL not in config.ALLOWED: raise ValueError",
        "T = {'gpt-4.1': 8}\ndef f(more):\n T.update(more)\n return T[MODEL]",
        "from litellm import model_cost\ndef f(): return model_cost[MODEL]",
    ],
)
def test_gate_that_cannot_be_evaluated_is_unsettled(gates, code):
    assert gates(code) == ["unsettled"]


@pytest.mark.parametrize(
    "code",
    [
        "T = {'gpt-4.1': 8, 'gpt-5.5': 30}\ndef f(): return T[MODEL]",
        "T = {MODEL: 8}\ndef f(): return T[MODEL]",
        "T = ['gpt-4.1']\nT.append('gpt-5.5')\ndef f():\n if MODEL not in T: raise ValueError",
        "def f():\n if not MODEL.startswith('gpt-'): raise ValueError",
        "def f(model): return {'gpt-4.1': 8}[model]\ndef g(other): return f(other)",
        "T = {'o3': 8}\ndef f(): return T[MODEL]",
        "T = {'gpt-4.1': 8}\ndef f():\n if MODEL.startswith('gpt-5'): return 1\n return T[MODEL]",
        "def f():\n if not isinstance(MODEL, str): raise TypeError",
        "seen = {}\ndef f():\n seen[MODEL] = 1\n return seen[MODEL]",
        "from collections import defaultdict\nn = defaultdict(int)\ndef f(): n[MODEL] += 1",
        "def f():\n if MODEL is None: raise ValueError",
        "def f():\n if not MODEL: raise ValueError",
    ],
)
def test_code_that_treats_both_ids_alike_is_silent(gates, code):
    # A look-up that the target never comes to is silent; the test before it is told of.
    assert gates(code) == (["warns"] if "gpt-5'" in code else [])


def test_plan_names_the_file_of_a_table_that_let_the_target_pass(tmp_path):
    (tmp_path / "rates.py").write_text("T = {'gpt-4.1': 8, 'gpt-5.5': 30}\n")
    (tmp_path / "desk.py").write_text(f"from rates import T\n{HEAD}def cost(): return T[MODEL]\n")
    assert "rates.py" in {each["path"] for each in planned(tmp_path)["files"]}


def test_prefix_of_the_id_is_kept_when_a_table_is_asked(tmp_path):
    code = HEAD.replace('"gpt-4.1"', '"openai/gpt-4.1"') + 'T = {"openai/gpt-5.5": 1}\n'
    asked = 'T["openai/gpt-4.1"] = 2\ndef cost(): return T[MODEL]\n'
    (tmp_path / "desk.py").write_text(code + asked)
    found = [each["rule"] for site in planned(tmp_path)["sites"] for each in site["findings"]]
    assert "R31" not in found


@pytest.mark.parametrize(
    ("code", "rejected"),
    [
        ("if MODEL.startswith('gpt-4'): o['temperature'] = 0.2", False),
        ("if MODEL.startswith('gpt-5'): o['temperature'] = 0.2", True),
        ("o['temperature'] = 0.2\n if 'gpt-5' in MODEL: o.pop('temperature')", False),
        ("o['temperature'] = 0.2\n if 'gpt-4' in MODEL: o.pop('temperature')", True),
        ("o['temperature'] = 0.2 if MODEL in ('gpt-4.1',) else 1", False),
        ("warm = MODEL.startswith('gpt-4')\n if warm: o['temperature'] = 0.2", False),
        ("if MODEL.startswith('gpt-4'): o.update(temperature=0.2)", False),
        ("if MODEL.startswith('gpt-5'): o.update(temperature=0.2)", True),
    ],
)
def test_arguments_are_judged_as_the_target_gets_them(tmp_path, code, rejected):
    call = "OpenAI().responses.create(model=MODEL, instructions='Answer.', input=text, **o)"
    body = f"def ask(text):\n o = {{}}\n {code}\n return {call}\n"
    (tmp_path / "desk.py").write_text(f"from openai import OpenAI\nMODEL = 'gpt-4.1'\n{body}")
    (site,) = (each for each in planned(tmp_path)["sites"] if each["call"])
    assert (site["outcome"] == "blocked") is rejected
