from __future__ import annotations

from migrator.rules.image_detail import RULE
from tests.playbooks import playbook
from tests.sites import found_at, series, site_of, table


def found(image):
    site = site_of({}, arguments={"input": found_at(series(table(role="user"), image))})
    return list(RULE.check(site, playbook()))


def test_image_without_detail_warns():
    assert len(found(table(type="input_image", image_url="https://example.org/a.png"))) == 1


def test_automatic_detail_warns():
    assert len(found(table(type="input_image", detail="auto"))) == 1


def test_fixed_detail_is_silent():
    assert not found(table(type="input_image", detail="low"))


def test_text_part_is_silent():
    assert not found(table(type="input_text", text="hello"))
