"""Files for the warehouse's COPY: the TLC's columns in its types and order, and every row once."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlglot
from sqlglot import exp

from infra.local.data import DataError, Dataset
from infra.local.data.export import export
from infra.local.data.serving import serve
from infra.warehouse import FOLDER, filled
from tests.infra.local.data.conftest import quiet

REDSHIFT = {
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.timestamp("us"): "TIMESTAMP",
    pa.string(): "VARCHAR",
}


@pytest.fixture(scope="module")
def exported(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "out"
    export(dataset, folder, quiet)
    return folder


def load_statements() -> list[exp.Expr]:
    text = filled((FOLDER / "05-load.sql").read_text("utf-8"), {"DataUrl": "s3://b", "LoadRole": "arn"})
    return [one for one in sqlglot.parse(text, read="redshift") if one is not None]


def copied(table: str) -> list[str]:
    """The columns that COPY names for a table."""
    found = [one for one in load_statements() if isinstance(one, exp.Copy)]
    columns = {one.this.this.name: [column.name for column in one.this.expressions] for one in found}
    return columns[table]


@pytest.mark.filterwarnings("ignore")
def test_copy_names_the_columns_of_the_files_in_their_order_and_types(exported: Path) -> None:
    schema = pq.read_schema(exported / "trips" / "yellow_tripdata_2015-06.parquet")
    create = next(one for one in load_statements() if isinstance(one, exp.Create))
    declared = [(column.name, column.kind.this.value) for column in create.this.expressions]

    assert copied("trips_as_copied") == [name.lower() for name in schema.names]
    assert declared == [(field.name.lower(), REDSHIFT[field.type]) for field in schema]


@pytest.mark.parametrize("table", ["taxi_zones", "calendar"])
@pytest.mark.filterwarnings("ignore")
def test_copy_names_the_columns_of_the_small_tables(exported: Path, table: str) -> None:
    header = (exported / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0]

    assert copied(table) == header.split(",")


@pytest.mark.filterwarnings("ignore")
def test_each_copied_column_goes_into_the_column_of_its_name() -> None:
    insert = next(one for one in load_statements() if isinstance(one, exp.Insert))
    tables = sqlglot.parse((FOLDER / "01-tables.sql").read_text("utf-8"), read="redshift")
    trips = next(one for one in tables if one is not None and one.this.this.name == "nyc_yellow_taxi")

    inserted = [
        column.this.name if isinstance(column, exp.Cast) else column.name
        for column in insert.expression.selects
    ]
    assert inserted == [column.name for column in trips.this.expressions]


@pytest.mark.filterwarnings("ignore")
def test_copy_skips_the_header_of_the_small_tables_and_keeps_what_is_empty_empty() -> None:
    options = {
        one.this.this.name: {str(option.this).lower() for option in one.args["params"]}
        for one in load_statements()
        if isinstance(one, exp.Copy)
    }

    for table in ("taxi_zones", "calendar"):
        assert {"ignoreheader", "emptyasnull"} <= options[table]


def test_trips_outside_the_year_are_exported_too(dataset: Dataset, tmp_path: Path) -> None:
    strayed = tmp_path / "strayed.duckdb"
    shutil.copy(dataset.database, strayed)
    with duckdb.connect(str(strayed)) as connection:
        connection.execute(
            "INSERT INTO checked_trips (tpep_pickup_datetime, total_amount) "
            "VALUES (TIMESTAMP '2002-10-27 08:00:00', 7.5), (NULL, 9.5)"
        )

    export(Dataset(strayed, dataset.about), tmp_path / "out", quiet)

    files = f"{tmp_path}/out/trips/*.parquet"
    elsewhen = f"SELECT count(*), sum(total_amount) FROM '{files}' WHERE VendorID IS NULL"
    assert duckdb.execute(elsewhen).fetchall() == [(2, 17.0)]


def test_every_trip_is_exported_once(exported: Path, year: duckdb.DuckDBPyConnection) -> None:
    files = f"{exported}/trips/*.parquet"
    of_both = year.execute(
        "SELECT count(*), sum(total_amount)::DECIMAL(18, 2), min(tpep_pickup_datetime), sum(pulocationid) "
        "FROM nyc_yellow_taxi UNION ALL "
        "SELECT count(*), sum(total_amount)::DECIMAL(18, 2), min(tpep_pickup_datetime), sum(PULocationID) "
        f"FROM '{files}'"
    ).fetchall()

    assert of_both[0] == of_both[1]


def test_what_the_data_say_of_themselves_is_exported_too(exported: Path, dataset: Dataset) -> None:
    assert json.loads((exported / "data" / "about.json").read_text("utf-8")) == dataset.about


def test_a_folder_with_anything_else_in_it_is_left_alone(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")

    with pytest.raises(DataError, match=r"holds letters\.txt, which no export wrote"):
        export(dataset, tmp_path, quiet)
    assert (tmp_path / "letters.txt").read_text(encoding="utf-8") == "dear"


def test_an_earlier_export_is_replaced(dataset: Dataset, exported: Path) -> None:
    (exported / "trips" / "yellow_tripdata_2014-06.parquet").write_text("old", encoding="utf-8")

    export(dataset, exported, quiet)

    assert len(list((exported / "trips").iterdir())) == 12


def test_the_command_exports_what_the_product_would_serve(dataset: Dataset, tmp_path: Path) -> None:
    data, out = dataset.database.parent, tmp_path / "out"
    serve(data, dataset.about["version"])
    command = [sys.executable, "-m", "infra.local.data.export", "--data", str(data), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1].startswith(f"{dataset.about['rows']:,} trips (made by this project")
    assert len(list((out / "trips").iterdir())) == 12


def test_a_folder_that_cannot_be_one_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    command = [sys.executable, "-m", "infra.local.data.export", "--data", str(tmp_path / "file")]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert refused.stderr.startswith(f"The data could not be written to {tmp_path}/file")
