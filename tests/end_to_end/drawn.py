"""What stands in the charts of a page, as the browser has drawn them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import CHART

PLOTS = ".js-plotly-plot"
_READ = """(plots) => plots.map(({ _fullLayout: layout, _fullData: traces }) => ({
  axes: Object.entries(layout).filter(([name]) => /^[xy]axis\\d*$/.test(name)).map(([name, axis]) => ({
    letter: name[0], title: axis.title.text || "", range: axis.range, overlays: axis.overlaying || "" })),
  traces: traces.map(({ type, orientation, marker, line, mode }) => ({
    type, orientation: orientation || "v",
    colour: (mode || "").includes("lines") ? line.color : marker && marker.color })),
  notes: (layout.annotations || []).map((note) => note.text),
  shades: (layout.shapes || []).map(({ x0, x1, fillcolor }) => [String(x0), String(x1), fillcolor]),
}))"""

_FIND = """(plot, [trace, name]) => {
  const { _fullLayout: layout, _fullData: traces } = plot, { x, y, xaxis, yaxis, customdata } = traces[trace];
  const across = layout[xaxis.replace("x", "xaxis")], up = layout[yaxis.replace("y", "yaxis")];
  const n = customdata.findIndex(([said]) => said.startsWith(name)), box = plot.getBoundingClientRect();
  const bar = traces[trace].orientation === "h" ? 0.5 : 1;
  return [box.left + across._offset + across.d2p(x[n]) * bar, box.top + up._offset + up.d2p(y[n])];
}"""


@dataclass(frozen=True)
class Drawn:
    """One chart: its axes, its series, the words on it and the grounds behind it."""

    axes: list[dict[str, Any]]
    traces: list[dict[str, Any]]
    notes: list[str]
    shades: list[list[str]]

    @property
    def kinds(self) -> set[str]:
        return {trace["type"] for trace in self.traces}

    @property
    def hues(self) -> set[str]:
        """The colours that tell series apart; a colour of each mark by its value is none of them."""
        return {trace["colour"] for trace in self.traces if isinstance(trace["colour"], str)}

    def axis(self, letter: str) -> list[dict[str, Any]]:
        return [axis for axis in self.axes if axis["letter"] == letter]

    def ranges_of_bars(self) -> list[list[float]]:
        """The ends of the axes along which bars are long."""
        letters = {"x" if one["orientation"] == "h" else "y" for one in self.traces if one["type"] == "bar"}
        return [axis["range"] for letter in letters for axis in self.axis(letter)]


def drawn(page: Page) -> list[Drawn]:
    """Read every chart of the page, once they stand."""
    expect(page.locator(CHART).first).to_be_visible()
    return [Drawn(**chart) for chart in page.locator(PLOTS).evaluate_all(_READ)]


def press_mark(page: Page, mark: Locator) -> None:
    """Press a mark of a chart where it stands: a glass pane above takes the press."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def press_point(page: Page, *, chart: int, trace: int, name: str, times: int = 1) -> str:
    """Press the first mark of a trace that says this name, so many times at once; give the name."""
    x, y = place_of(page, chart=chart, trace=trace, name=name)
    page.mouse.click(x, y, click_count=times)
    return name


def place_of(page: Page, *, chart: int, trace: int, name: str) -> tuple[float, float]:
    """Say where plotly.js has placed the first mark of a trace that says this name, once it is on the screen."""
    plot = page.locator(PLOTS).nth(chart)
    plot.scroll_into_view_if_needed()
    x, y = plot.evaluate(_FIND, [trace, name])
    return x, y
