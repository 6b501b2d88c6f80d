"""The tour shows the pictures that `make gallery` takes, each with words for whoever does not see it."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from tests.docs.pages import ROOT, read

pytestmark = pytest.mark.fast

PICTURE = re.compile(r"!\[([^\]]*)\]\(gallery/tour/([\w-]+\.png)\)")
GALLERY = ROOT / "docs" / "gallery"
LARGEST_BYTES = 100_000
MOST_PICTURES = 40


def test_the_tour_shows_each_of_its_pictures_once_and_says_what_is_on_it() -> None:
    shown = PICTURE.findall(read("docs/tour.md"))

    assert sorted(name for _, name in shown) == sorted(file.name for file in (GALLERY / "tour").iterdir())
    assert [name for alt, name in shown if len(alt.split()) < 3] == []


def test_the_gallery_is_small_and_each_picture_can_be_opened() -> None:
    pictures = list(GALLERY.rglob("*.png"))

    assert len(pictures) <= MOST_PICTURES
    assert [file.name for file in pictures if file.stat().st_size > LARGEST_BYTES] == []
    for file in pictures:
        with Image.open(file) as picture:
            picture.verify()


def test_the_readme_leads_to_the_tour() -> None:
    assert "(docs/tour.md)" in read("README.md")
