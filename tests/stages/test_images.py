"""Images that are sent without a fixed detail, in what a call is given."""

from __future__ import annotations

from migrator.stages.images import loose_images
from tests.sites import bound_call, bound_site, found_at, series, table


class NoFiles:
    def facts(self, path):
        return None


def found(image):
    given = {"input": found_at(series(table(role="user"), image))}
    return loose_images(bound_site(bound_call(arguments=given)), NoFiles())


def test_image_without_detail_is_loose():
    assert len(found(table(type="input_image", image_url="https://example.org/a.png"))) == 1


def test_automatic_detail_is_loose():
    assert len(found(table(type="input_image", detail="auto"))) == 1


def test_fixed_detail_is_not():
    assert found(table(type="input_image", detail="low")) == ()


def test_text_part_is_not():
    assert found(table(type="input_text", text="hello")) == ()
