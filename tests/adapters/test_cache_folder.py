"""What the cache keeps, and what it leaves alone."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from migrator.adapters.cache_folder import CacheFolder, open_cache

KEY = "ab" * 32


def entry(folder):
    return next(each for each in folder.rglob(KEY) if each.is_file())


def test_what_is_put_is_given_again(tmp_path):
    CacheFolder(tmp_path).put("plans", KEY, b"plan" * 1000)
    assert CacheFolder(tmp_path).get("plans", KEY) == b"plan" * 1000
    assert CacheFolder(tmp_path).get("facts", KEY) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: b"",
        lambda content: content[:60] + bytes([content[60] ^ 1]) + content[61:],
        lambda content: b"migrate cache 0\n" + content[16:],
    ],
)
def test_an_entry_that_is_not_whole_is_none(tmp_path, spoil):
    cache = CacheFolder(tmp_path)
    cache.put("plans", KEY, bytes(range(256)) * 4)
    place = entry(tmp_path)
    place.write_bytes(spoil(place.read_bytes()))
    assert cache.get("plans", KEY) is None
    cache.put("plans", KEY, b"anew")
    assert cache.get("plans", KEY) == b"anew"


def test_writers_at_once_leave_one_whole_entry(tmp_path):
    contents = [bytes([n]) * 100_000 for n in range(16)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: CacheFolder(tmp_path).put("plans", KEY, each), contents))
    assert CacheFolder(tmp_path).get("plans", KEY) in contents


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path):
    (tmp_path / "plans").write_text("a file in the way")
    CacheFolder(tmp_path).put("plans", KEY, b"plan")
    assert CacheFolder(tmp_path).get("plans", KEY) is None


def test_a_folder_that_others_can_write_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert open_cache() is not None
    made = next(tmp_path.iterdir())
    assert made.stat().st_mode & 0o77 == 0
    made.chmod(0o777)
    assert open_cache() is None


def test_a_cache_that_cannot_be_made_is_none(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert open_cache() is None


def test_the_oldest_go_when_all_are_too_large(tmp_path):
    cache = CacheFolder(tmp_path)
    keys = [f"{n:02}" * 32 for n in range(8)]
    for n, key in enumerate(keys):
        cache.put("plans", key, os.urandom(1000))
        place = next(tmp_path.rglob(key))
        os.utime(place, (n, n))
    cache.prune(largest=100_000)
    assert all(cache.get("plans", key) for key in keys)
    cache.prune(largest=6000)
    assert [bool(cache.get("plans", key)) for key in keys] == [False] * 4 + [True] * 4
