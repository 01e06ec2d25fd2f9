"""One configuration file, the nearest one; every error names file and key."""

from __future__ import annotations

import hashlib

import pytest

from migrator.adapters.config_file import load_config
from migrator.domain.config import Decide, Decision, PromptPlace, Role
from migrator.domain.errors import ConfigError

FULL = """
[tool.migrate]
target = "gpt-5.5"
from = ["gpt-4o"]
confirm = ["small", "test"]
include = ["app/**"]
exclude = ["app/old/**"]
fail-on = ["blocked"]
commit-per = "all"

[tool.migrate.roles]
"bench/**" = "eval"

[tool.migrate.prompts]
"app/chat.py" = "prompts/chat.md:3"
"app/b.py" = "prompts/b.md"

[tool.migrate.decisions."gpt-4o-mini"]
decide = "pin"
reason = "kept for its price"
owner = "desk"
expiry = 2027-01-31
text = "gpt-4o-mini"
"""


def write(folder, name, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def error(tmp_path, text, name="migrate.toml"):
    write(tmp_path, name, text)
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path, tmp_path)
    return caught.value.message


def test_every_key_is_read(tmp_path):
    write(tmp_path, "pyproject.toml", FULL)
    config = load_config(tmp_path, tmp_path)
    assert (config.path, config.target, config.sources) == (
        "pyproject.toml",
        "gpt-5.5",
        ("gpt-4o",),
    )
    assert (config.include, config.exclude) == (("app/**",), ("app/old/**",))
    assert (config.confirm, config.fail_on) == (("small", "test"), ("blocked",))
    assert config.commit_per == "all"
    assert config.roles == {"bench/**": Role.EVAL}
    assert config.prompts == (
        PromptPlace(site="app/chat.py", path="prompts/chat.md", line=3),
        PromptPlace(site="app/b.py", path="prompts/b.md", line=1),
    )
    assert config.decisions == (
        Decision(on="gpt-4o-mini", decide=Decide.PIN, reason="kept for its price", owner="desk",
                 expiry="2027-01-31", text="gpt-4o-mini"),
    )  # fmt: skip


def test_without_a_file_every_wish_has_its_default(tmp_path):
    config = load_config(tmp_path, tmp_path)
    assert (config.path, config.target, config.commit_per) == ("", "gpt-5.5", "group")
    assert config.digest == hashlib.sha256(b"{}").hexdigest()


def test_the_nearest_file_wins_and_nothing_is_merged(tmp_path):
    write(tmp_path, "migrate.toml", 'from = ["gpt-4o"]\nexclude = ["x"]')
    write(tmp_path / "app", "migrate.toml", 'from = ["o3"]')
    (tmp_path / "app" / "deep").mkdir()
    config = load_config(tmp_path / "app" / "deep", tmp_path)
    assert (config.path, config.sources, config.exclude) == ("app/migrate.toml", ("o3",), ())


def test_a_pyproject_without_our_table_does_not_count(tmp_path):
    write(tmp_path, "migrate.toml", 'from = ["o3"]')
    write(tmp_path / "app", "pyproject.toml", '[project]\nname = "migrate-me"')
    assert load_config(tmp_path / "app", tmp_path).path == "migrate.toml"


def test_a_broken_pyproject_that_is_not_about_us_does_not_count(tmp_path):
    write(tmp_path, "pyproject.toml", "[project]\nname = {{ name }}")
    assert load_config(tmp_path, tmp_path).path == ""


def test_a_file_above_the_root_is_not_read(tmp_path):
    write(tmp_path, "migrate.toml", 'from = ["o3"]')
    (tmp_path / "repo").mkdir()
    assert load_config(tmp_path / "repo", tmp_path / "repo").path == ""


def test_two_files_in_one_folder_are_refused_by_name(tmp_path):
    write(tmp_path, "pyproject.toml", "[tool.migrate]\n")
    message = error(tmp_path, "")
    assert "pyproject.toml" in message
    assert "migrate.toml" in message


def test_the_digest_covers_our_table_alone(tmp_path):
    write(tmp_path / "a", "pyproject.toml", '[tool.migrate]\nfrom = ["o3"]')
    write(tmp_path / "b", "pyproject.toml", '[project]\nname="x"\n[tool.migrate]\nfrom=["o3"]\n')
    write(tmp_path / "c", "pyproject.toml", '[tool.migrate]\nfrom = ["o1"]')
    one, same, other = (load_config(tmp_path / each, tmp_path).digest for each in "abc")
    assert one == same != other


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tool.migrate.from = []", "tool: in migrate.toml the keys stand at the top level"),
        ("confrim = []", "confrim: unknown key; did you mean confirm?"),
        ("zzz = 1", "zzz: unknown key"),
        ("target = 5", "target: must be a string that is not empty, not int"),
        ('target = ""', "target: must be a string that is not empty, not an empty string"),
        ('from = "o3"', "from: must be a list of strings"),
        ("from = [1]", "from[0]: must be a string"),
        ('confirm = ["smal"]', "confirm: 'smal' is not one of"),
        ('confirm = ["smal"]', "did you mean small?"),
        ("roles = 3", "roles: must be a table, not int"),
        ('roles."a/**" = "prod"', "roles.a/**: 'prod' is not one of production"),
        ('prompts."a.py" = "b.md:x"', "prompts.a.py: must be a path or path:line, not 'b.md:x'"),
        ('decisions.o3.decide = "pin"', "decisions.o3.reason: is required"),
        ('decisions.o3.reason = "x"', "decisions.o3.decide: is required"),
        ('decisions.o3 = {decide="keep", reason="x"}', "decisions.o3.decide: 'keep' is not one of"),
        (
            'decisions.o3 = {decide="pin", reason="x", expiry="soon"}',
            "decisions.o3.expiry: must be a date such as 2027-01-31, not 'soon'",
        ),
        (
            'decisions.o3 = {decide="pin", reason="x", ownr="y"}',
            "decisions.o3.ownr: unknown key; did you mean owner?",
        ),
        ('fail-on = ["broken"]', "fail-on: 'broken' is not one of string_only"),
        ('commit-per = "site"', "commit-per: 'site' is not one of group, all"),
        ('deployments.a.model = "gpt-4o"', "deployments.a.becomes: is required"),
        ('aliases.a = {model="gpt-4o", becomes="b", ready="no"}', "aliases.a.ready: must be true"),
        (
            'aliases.a = {model="gpt-4o", becomes="b", redy=true}',
            "aliases.a.redy: unknown key; did you mean ready?",
        ),
        ("wrappers = []", "wrappers: must be a table, not a list"),
        ('wrappers.ask.sends = "responses"', "wrappers.ask: must be the dotted name of a callable"),
        ('wrappers."a.ask" = {}', "wrappers.a.ask.sends: is required"),
        ('wrappers."a.ask" = {send="x"}', "wrappers.a.ask.send: unknown key; did you mean sends?"),
        (
            'wrappers."a.ask" = {sends="responses", prompts={text="usr"}}',
            "wrappers.a.ask.prompts.text: 'usr' is not one of system, developer",
        ),
        (
            'wrappers."a.ask" = {sends="responses", settings={temperature=1}}',
            "wrappers.a.ask.settings.temperature: must be a string that is not empty, not int",
        ),
        ("time-limit = 0", "time-limit: must be a whole number of seconds, not 0"),
    ],
)
def test_an_error_names_file_and_key(tmp_path, text, says):
    message = error(tmp_path, text)
    assert message.startswith("migrate.toml: ")
    assert says in message


def test_broken_toml_names_file_and_line(tmp_path):
    message = error(tmp_path, '[tool.migrate]\nfrom = ["o3"', "pyproject.toml")
    assert message.startswith("pyproject.toml: not valid TOML: ")
    assert "end of document" in message


def test_broken_toml_in_the_middle_names_the_line(tmp_path):
    assert "at line 2" in error(tmp_path, "from = []\nconfirm == 1\n")


def test_bytes_that_are_not_utf8_name_file_and_line(tmp_path):
    (tmp_path / "migrate.toml").write_bytes(b'from = ["o3"]\ntarget = "\xff"\n')
    with pytest.raises(ConfigError, match=r"migrate\.toml: not UTF-8 \(at line 2\)"):
        load_config(tmp_path, tmp_path)


def test_a_tool_key_that_is_no_table_is_refused(tmp_path):
    message = error(tmp_path, "[tool]\nmigrate = 3", "pyproject.toml")
    assert "tool.migrate: must be a table" in message
