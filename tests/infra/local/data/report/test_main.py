"""`make data-report`: a page that needs nothing from outside, a line for people, and a status for scripts."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from infra.local.data import Dataset
from infra.local.data.report.__main__ import main
from infra.local.data.serving import serve
from tests.infra.local.data.report.conftest import TLC_COLUMNS

CHARTS = (
    "Trips by day",
    "Hours of the week",
    "Speed by hour",
    "Distance",
    "Duration",
    "Total charged",
    "Tip ratio",
    "Fares",
    "Tips by card",
    "How trips are paid",
    "Passengers",
    "Pickups: the 20 busiest zones",
    "Drop-offs: the 20 busiest zones",
    "Map of pickups",
    "From borough to borough",
    "Dirt",
)


@pytest.fixture(scope="module")
def data(whole: Dataset) -> Path:
    serve(whole.database.parent, whole.about["version"])
    return whole.database.parent


@pytest.fixture(scope="module")
def doubled(whole: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real rows of trips twice as long as ours."""
    folder = tmp_path_factory.mktemp("doubled")
    with duckdb.connect(str(whole.database), read_only=True) as connection:
        connection.execute(
            f"COPY (FROM (FROM nyc_yellow_taxi SELECT * REPLACE (trip_distance * 2 AS trip_distance)) "
            f"SELECT {TLC_COLUMNS} WHERE hash(trip_distance, total_amount) % 20 = 0) TO '{folder}/rows.parquet'"
        )
    return folder


def test_a_broken_bound_is_named_counted_and_ends_with_a_status(
    data: Path, doubled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "deep" / "report.html"

    status = main(["--data", str(data), "--real", str(doubled), "--out", str(page)])

    said = capsys.readouterr().out.splitlines()
    named = [line for line in said if line.startswith("Out of bounds: ")]
    summary = re.fullmatch(r"(\d+) figures compared, (\d+) out of bounds, (\d+) not compared: (.+)", said[-1])
    assert status == 1
    assert summary is not None
    assert int(summary[2]) == len(named)
    assert any("Distance, median (real rows): " in line for line in named)
    assert summary[4] == str(page)
    _needs_nothing_from_outside(page.read_text(encoding="utf-8"))


def _needs_nothing_from_outside(text: str) -> None:
    own = re.sub(
        r"<script>.*?</script>|<script type=\"text/javascript\">.*?</script>", "", text, flags=re.DOTALL
    )
    assert not re.search(r"(src|href)=[\"'](?!data:|#)", own)
    assert "@import" not in own
    assert "url(" not in own
    assert text.count("Synthetic data") == 1
    for chart in CHARTS:
        assert text.count(f"<h3>{chart}</h3>") == 2, chart
    assert text.count("<figure") == text.count('role="img"') == text.count("<details>")
    assert '<ul class="near"></ul>' not in text  # each chart says how far apart its sides are


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["--real", "nowhere"], "There is no folder", id="no real rows"),
        pytest.param(["--data", "/dev/null"], "The data could not be written to /dev/null", id="no folder"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(
    arguments: list[str], sentence: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.html"

    status = main(["--data", str(data), "--out", str(out), *arguments])

    said = capsys.readouterr()
    assert status == 2
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert not out.exists()


def test_a_page_that_cannot_be_written_is_said_in_a_sentence(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")

    assert main(["--data", str(data), "--out", str(tmp_path / "file" / "report.html")]) == 2
    assert "could not be written" in capsys.readouterr().err
