"""Hold the catalogue against the model types and shutdown notes of the installed openai package."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from migrator.playbook import load_playbook

# Every alias of ids that a recent openai package carries; the catalogue was written from 3.57.0.
ALIASES = [
    ("openai.types.shared.chat_model", "ChatModel"),
    ("openai.types.shared.responses_model", "ResponsesModel"),
    ("openai.types.shared.all_models", "AllModels"),
    ("openai.types.image_model", "ImageModel"),
    ("openai.types.embedding_model", "EmbeddingModel"),
    ("openai.types.moderation_model", "ModerationModel"),
    ("openai.types.audio.speech_model", "SpeechModel"),
    ("openai.types.audio_model", "AudioModel"),
    ("openai.types.video_model", "VideoModel"),
]
# Ids of the package that the catalogue leaves out, each with its reason.
LEFT_OUT: dict[str, str] = {}

DATED = re.compile(r'- ((?:"[^"]+",?\s*)+): Announced\s+shutdown\s+date:\s+(\d{4}-\d\d-\d\d)')
LOOSE = re.compile(
    r'"((?:gpt-|chatgpt-|o[134]-|codex-|whisper-|tts-|dall-e-|sora-|ft:)[a-z0-9.:-]+)"'
)


def literals(kind):
    if get_origin(kind) is Literal:
        return set(get_args(kind))
    return set().union(*map(literals, get_args(kind))) if get_args(kind) else set()


def types_folder():
    found = importlib.util.find_spec("openai")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "types"


@pytest.fixture(scope="module")
def models():
    return load_playbook("gpt-5.5").catalogue.models


@pytest.mark.parametrize(("module", "name"), ALIASES)
def test_every_id_of_the_types_is_in_the_catalogue(models, module, name):
    ids = literals(getattr(pytest.importorskip(module), name))
    assert ids
    assert sorted(ids - models.keys() - LEFT_OUT.keys()) == []


def test_every_shutdown_note_of_the_types_is_in_the_catalogue(models):
    noted = {}
    for path in types_folder().rglob("*_model.py"):
        text = re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))
        for ids, date in DATED.findall(text):
            noted |= dict.fromkeys(re.findall(r'"([^"]+)"', ids), date)
    assert len(noted) > 50
    ours = {name: models[name].shutdown for name in noted if name not in LEFT_OUT}
    assert ours == noted


def test_every_id_anywhere_in_the_types_is_in_the_catalogue(models):
    text = "".join(path.read_text(encoding="utf-8") for path in types_folder().rglob("*.py"))
    quoted = {each for each in LOOSE.findall(text) if any(mark.isdigit() for mark in each)}
    assert len(quoted) > 100
    assert sorted(quoted - models.keys() - LEFT_OUT.keys()) == []


def test_an_id_kept_for_compatibility_alone_does_not_exist(models):
    text = (types_folder() / "shared" / "chat_model.py").read_text(encoding="utf-8")
    kept = re.findall(r'"([^"]+)": Not a supported model ID', text)
    assert kept
    assert [models[each].exists for each in kept] == [False] * len(kept)
