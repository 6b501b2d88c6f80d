"""The tokens of the theme hold the contrast that WCAG asks for, and the palette stands in both themes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dashboard.palette import CATEGORICAL, SEQUENTIAL

pytestmark = pytest.mark.fast

_ROOT = Path(__file__).parents[2]
_THEME: dict[str, Any] = tomllib.loads((_ROOT / ".streamlit" / "config.toml").read_text())["theme"]
_TEXTS = (
    "textColor",
    "linkColor",
    "redTextColor",
    "greenTextColor",
    "blueTextColor",
    "orangeTextColor",
    "grayTextColor",
)


def contrast(one: str, other: str) -> float:
    """WCAG 2: the contrast ratio of two colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("token", _TEXTS)
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_every_text_can_be_read_on_both_grounds(theme: str, token: str, ground: str) -> None:
    assert contrast(_THEME[theme][token], _THEME[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", CATEGORICAL)
def test_every_series_stands_out_in_both_themes(theme: str, colour: str) -> None:
    assert contrast(colour, _THEME[theme]["backgroundColor"]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_borders_of_fields_can_be_seen(theme: str) -> None:
    assert contrast(_THEME[theme]["borderColor"], _THEME[theme]["secondaryBackgroundColor"]) >= 3


def test_submit_is_taxi_yellow_with_dark_text() -> None:
    rules = (_ROOT / "dashboard" / "theme.css").read_text()
    assert re.search(
        r"\.st-key-submit button:not\(:disabled\)[^{]*\{\s*background-color: #ffc400;\s*color: #1b1b18", rules
    )
    assert contrast("#FFC400", "#1B1B18") >= 4.5


def test_words_of_charts_are_the_muted_text_of_each_theme() -> None:
    rules = (_ROOT / "dashboard" / "theme.css").read_text()
    chosen = re.search(r"\.main-svg text[^{]*\{\s*fill: light-dark\((#\w{6}), (#\w{6})\)", rules)
    assert chosen
    assert [colour.upper() for colour in chosen.groups()] == [
        _THEME[theme]["grayTextColor"] for theme in ("light", "dark")
    ]


def test_charts_and_theme_have_one_palette() -> None:
    assert tuple(_THEME["chartCategoricalColors"]) == CATEGORICAL


def test_each_colour_of_a_cell_becomes_that_of_the_theme_in_view() -> None:
    rules = (_ROOT / "dashboard" / "theme.css").read_text()
    found = re.findall(
        r':is\(\[style\*="fill: rgb\((\d+), (\d+), (\d+)\)"\], \[stop-color="rgb\(\1, \2, \3\)"\]\) \{\s*'
        r"fill: light-dark\((#\w{6}), (#\w{6})\) !important;\s*stop-color: light-dark\(\4, \5\)",
        rules,
    )
    drawn = ["#" + bytes(map(int, parts)).hex().upper() for *parts, _, _ in found]
    assert drawn == list(SEQUENTIAL)
    assert [light.upper() for *_, light, _ in found] == _THEME["light"]["chartSequentialColors"]
    assert [dark.upper() for *_, dark in found] == _THEME["dark"]["chartSequentialColors"]


def test_low_and_high_of_the_sequential_scale_run_with_the_ground() -> None:
    light, dark = (_THEME[theme]["chartSequentialColors"] for theme in ("light", "dark"))
    assert [_luminance(c) for c in light] == sorted((_luminance(c) for c in light), reverse=True)
    assert [_luminance(c) for c in dark] == sorted(_luminance(c) for c in dark)
