from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from migrator.domain.errors import PlaybookError
from migrator.playbook import load_playbook

SHIPPED = Path(__file__).parent.parent / "playbooks"


def test_a_library_is_judged_by_the_api_that_it_sends_to():
    agents = load_playbook("gpt-5.5").surface("agents_sdk")
    assert agents.setting_for(("responses",), "temperature") == "model_settings.temperature"
    assert agents.setting_for(("responses",), "max_tokens") is None
    assert agents.setting_for(("chat_completions",), "temperature") is None


@pytest.mark.parametrize(
    ("library", "before", "after", "told"),
    [
        ("agents", '"top_p" = ', '"top-p" = ', "agents_sdk.named.top-p: there is no `top-p`"),
        ("agents", 'sends = "responses"', 'sends = "x"', "agents_sdk.sends: there is no `x`"),
        (
            "langchain",
            'settings = ["output_version"]',
            'settings = ["output"]',
            "langchain.routes[2].settings: there is no `output`",
        ),
        (
            "deepagents",
            'markers = ["deepagents"]',
            'markers = ["deep_agents"]',
            "markers: `deepagents` of `deep-agent` is missing",
        ),
        (
            "langchain",
            'settings = ["output_version"]',
            "settings = []",
            "langchain.routes[2]: a route needs settings, a switch, a prefix or versions",
        ),
        (
            "langchain",
            'id = "chat_openai"\nsurface = "langchain"',
            'id = "chat_openai"\nsurface = "langchains"',
            "receivers[0].surface: there is no `langchains`; did you mean `langchain`?",
        ),
        (
            "langchain",
            'bind_tools = ["tools"]',
            'bind_tool = ["tools"]',
            "receivers[0].passes.bind_tool: there is no `bind_tool`",
        ),
    ],
)
def test_a_surface_that_points_to_nothing_is_refused(tmp_path, library, before, after, told):
    shutil.copytree(SHIPPED, tmp_path / "playbooks")
    file = tmp_path / "playbooks" / "gpt-5.5" / "surfaces" / f"{library}.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises(PlaybookError) as caught:
        load_playbook("gpt-5.5", tmp_path / "playbooks")
    assert f"surfaces/{library}.toml: {told}" in caught.value.message
