"""A product of its own: a copied checkout, its stand-in and a dashboard, with a counting proxy between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.client.upstream import Endpoints
from tests.browser.counting_proxy import CountingProxy, counting_proxy
from tests.browser.dashboards import PRODUCT, ROOT, running_dashboard, settings_for
from tests.browser.stand_ins import copied_checkout, running_stand_in

_MANY_TRIPS = ROOT / "tests" / "browser" / "assets" / "many-trips.sql"


@dataclass(frozen=True)
class Product:
    """`reports` is the folder of the analysts' files, `pipeline` the stand-in itself, past the proxy."""

    address: str
    reports: Path
    proxy: CountingProxy
    pipeline: Endpoints


def copied_reports(folder: Path) -> Path:
    """Copy a checkout into the folder; give that of its reports, which a test may change."""
    return copied_checkout(folder / "checkout") / "sql" / "reports"


def put_many_trips(reports: Path, name: str, rows: int) -> None:
    """Put a report of so many rows, a line for each trip, among the others."""
    report = _MANY_TRIPS.read_text(encoding="utf-8").replace("2500", str(rows))
    (reports / f"{name}.sql").write_text(report, encoding="utf-8")


@contextmanager
def running_product(folder: Path, reports: Path) -> Iterator[Product]:
    """Run the product of the checkout that these reports are of; its data go into the folder."""
    with (
        running_stand_in(folder / "data", reports.parents[1]) as stand_in,
        counting_proxy(stand_in.endpoints) as proxy,
        running_dashboard(PRODUCT, settings_for(proxy.endpoints)) as address,
    ):
        yield Product(address, reports, proxy, stand_in.endpoints)
