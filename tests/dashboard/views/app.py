"""Runs the real pages with a stand-in for the pipeline; a notice shows at the next `run`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard.session import KEY, Services
from tests.dashboard.fakes import FakeBridge, FakeRest
from tests.dashboard.samples import catalogue, daily_rows, pages_of, shipped_report
from tests.waiting import wait_until

_MAIN = Path(__file__).parents[3] / "dashboard" / "main.py"


def daily_rest(**changes: Any) -> FakeRest:
    """Serve the shipped reports, and thirty days of June under the id `statement`."""
    pages = {"statement": pages_of(shipped_report("daily-summary"), daily_rows())}
    return replace(FakeRest(catalogue(), pages), **changes)


@dataclass
class App:
    """A page as a person sees it: texts, buttons, fields. Nothing may end in an exception."""

    bridge: FakeBridge = field(default_factory=FakeBridge)
    rest: FakeRest = field(default_factory=daily_rest)
    address: Mapping[str, str | list[str]] = field(default_factory=dict)
    page: str | None = None
    user: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.test = AppTest.from_file(str(_MAIN), default_timeout=30)
        self.test.session_state[KEY] = Services(self.bridge, self.rest, None)  # type: ignore[arg-type]  # fakes
        self.test.user = dict(self.user)
        for name, value in self.address.items():
            self.test.query_params[name] = value
        self.run()
        if self.page is not None:
            self.go(self.page)

    def go(self, page: str) -> App:
        self.test.switch_page(f"views/{page}.py")
        return self.run()

    def run(self) -> App:
        self.test.run()
        assert not self.test.exception, [problem.value for problem in self.test.exception]
        return self

    def run_when_whole(self) -> App:
        """Wait until no page of an answer is on its way any more, and run as the page would be woken."""
        state = self.test.session_state["page_state"]
        wait_until(lambda: not state.is_receiving)
        return self.run()

    def press(self, key: str) -> App:
        """Press a button. Many run one fragment alone; the second run shows the page around it too."""
        self.test.button(key=key).click()
        self.run()
        return self.run()

    def choose(self, key: str, value: str) -> App:
        self.test.segmented_control(key=key).set_value(value)
        return self.run()

    @property
    def last_query(self) -> str:
        return self.bridge.queries[0].query_id

    @property
    def text(self) -> str:
        """Everything that can be read, without the marks of Markdown."""
        kinds = (
            "title",
            "header",
            "subheader",
            "markdown",
            "caption",
            "info",
            "warning",
            "error",
            "metric",
            "toast",
        )
        read = [_said(element) for kind in kinds for element in self.test.get(kind)]
        return "\n".join(read).replace("\\", "").replace("**", "")

    @property
    def buttons(self) -> dict[str, Any]:
        return {str(button.key): button for button in self.test.button}

    def charts(self) -> list[str]:
        return [element.proto.spec for element in self.test.get("plotly_chart")]


def _said(element: Any) -> str:
    return f"{element.label} {element.value}" if element.type == "metric" else str(element.value)
