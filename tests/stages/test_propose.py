from __future__ import annotations

from migrator.adapters.plain_folder import PlainFolder
from migrator.commands.options import PlanOptions
from migrator.commands.plan import make_plan
from migrator.stages.propose._commands import find_commands
from migrator.stages.propose._importers import find_importers

DESK = """import json
from openai import OpenAI

def sort(letter):
    answer = OpenAI().responses.create(model="gpt-4.1", instructions="Sort.", input=letter)
    return json.loads(answer.output_text)
"""


def tree(tmp_path, files):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return PlainFolder(tmp_path)


def test_only_tests_and_evals_that_import_the_module_count(tmp_path):
    files = {
        "tests/test_desk.py": "from app import desk\n",
        "tests/test_sort.py": "from app.desk import (\n    sort,\n)\n",
        "tests/test_other.py": "from app import ledger  # not desk\n",
        "tests/test_words.py": "import os\nprint('app.desk')\n",
        "evals/measure.py": "import app.desk\n",
        "app/main.py": "from app.desk import sort\n",
    }
    assert find_importers({"app.desk"}, tree(tmp_path, files)) == {
        "app.desk": ("evals/measure.py", "tests/test_desk.py", "tests/test_sort.py")
    }


def test_single_word_of_a_package_is_no_module(tmp_path):
    files = {"tests/test_desk.py": "import desk\n"}
    assert find_importers({"app.desk"}, tree(tmp_path, files)) == {}
    assert find_importers({"desk"}, tree(tmp_path, files)) == {"desk": ("tests/test_desk.py",)}


def test_commands_come_from_the_configuration(tmp_path):
    files = {
        "pyproject.toml": "[tool.pytest.ini_options]\n",
        "uv.lock": "",
        "Makefile": "all: build\n\nevals: data\n\tpython run.py\n",
    }
    found = find_commands(tree(tmp_path, files))
    assert found.test == "uv run pytest"
    assert (found.evaluate, found.evaluate_at) == ("make evals", "Makefile:3")


def test_without_configuration_the_standard_library_runs_tests(tmp_path):
    found = find_commands(tree(tmp_path, {"app.py": ""}))
    assert (found.test, found.evaluate) == ("python -m unittest", "")


def test_script_of_a_package_runs_evals(tmp_path):
    package = '{\n  "scripts": {\n    "test": "jest",\n    "test:eval": "node e.js"\n  }\n}\n'
    found = find_commands(tree(tmp_path, {"package.json": package}))
    assert (found.evaluate, found.evaluate_at) == ("npm run test:eval", "package.json:4")


def test_plan_names_the_test_the_contract_and_the_figures(tmp_path):
    test = "from app.desk import sort\n"
    tree(tmp_path, {"app/desk.py": DESK, "tests/test_desk.py": test, "pytest.ini": ""})
    (site,) = make_plan(tmp_path, PlanOptions()).plan.sites
    first, second, third, last = site.validation_proposed
    assert first == "run `pytest tests/test_desk.py`, which imports app.desk"
    assert second == "look first at the shape of answers, which `json.loads` at app/desk.py:6 reads"
    assert third.startswith("compare with gpt-4.1 on the same inputs: task success, retries")
    assert last == "verify an answer before it is used: `json.loads` at app/desk.py:6"


def test_without_a_test_realistic_calls_are_asked_for(tmp_path):
    tree(tmp_path, {"app/desk.py": DESK})
    (site,) = make_plan(tmp_path, PlanOptions()).plan.sites
    assert site.validation_proposed[0].startswith("no test imports this module")
