"""`make data TLC=...`: real trips are loaded by the same command, and put in use in the same way."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from infra.local.data import Dataset, served_version, serving
from infra.local.data.export import export
from infra.local.data.fingerprint import fingerprint
from infra.local.data.loading import load
from infra.local.data.synthetic import SyntheticYear
from infra.local.data.tlc import TLC_COLUMNS
from infra.local.data.version import data_version
from tests.infra.local.data.conftest import quiet
from tests.infra.local.data.tlc.made import write_year
from tests.infra.local.data.tlc.tlc_server import serving as tlc_serving

FEW = 0.00002


def run(data: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "infra.local.data", "--data", str(data), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def exported(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "out"
    export(dataset, folder, quiet)
    return folder / "trips"


def test_exported_trips_come_back_as_they_were_row_by_row(
    dataset: Dataset, exported: Path, tmp_path: Path
) -> None:
    loaded = run(tmp_path, "--tlc", str(exported))

    assert loaded.returncode == 0, loaded.stderr
    again = serving(tmp_path)
    assert again is not None
    assert fingerprint(again.database) == fingerprint(dataset.database)
    assert (again.about["synthetic"], again.about["rows"]) == (False, dataset.about["rows"])
    assert again.about["source"] == "trip records of the NYC TLC"


def test_what_is_not_as_published_is_a_known_defect_of_the_data(exported: Path, tmp_path: Path) -> None:
    run(tmp_path, "--tlc", str(exported))

    again = serving(tmp_path)
    assert again is not None
    assert any("12,741,035" in defect for defect in again.about["knownDefects"])


def test_a_truncated_file_is_one_sentence_and_nothing_comes_in_use(exported: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(exported, tmp_path / "files"))
    march = folder / "yellow_tripdata_2015-03.parquet"
    march.write_bytes(march.read_bytes()[:-1000])

    refused = run(tmp_path / "data", "--tlc", str(folder))

    assert refused.returncode == 2
    assert "yellow_tripdata_2015-03.parquet" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert serving(tmp_path / "data") is None


def test_a_disk_that_fills_up_is_one_sentence_and_the_data_in_use_still_are(
    exported: Path, tmp_path: Path
) -> None:
    load(tmp_path, SyntheticYear(FEW), quiet)
    # The limit of one file's size ends a write as a full disk does.
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000)); "
        "from infra.local.data.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", script, "--data", str(tmp_path), "--tlc", str(exported)]

    refused = subprocess.run(command, capture_output=True, text=True, check=False)

    assert refused.returncode == 2
    assert refused.stderr.startswith(f"The data could not be written to {tmp_path}")
    assert refused.stderr.count("\n") == 1
    assert served_version(tmp_path) == data_version(FEW)
    assert serving(tmp_path) is not None
    assert not list(tmp_path.glob("*unfinished*"))


def test_a_closed_network_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/trip-data/"
        refused = run(tmp_path, "--tlc", "download", "--tlc-address", address)

    assert refused.returncode == 2
    assert refused.stderr.startswith("The TLC's files did not all come: ")
    assert refused.stderr.count("\n") == 1


def test_files_are_fetched_and_loaded_by_one_command(tmp_path: Path) -> None:
    year = write_year(tmp_path / "published")
    with tlc_serving({file.name: file.read_bytes() for file in year.iterdir()}) as tlc:
        loaded = run(tmp_path / "data", "--tlc", "download", "--tlc-address", tlc.address)

    assert loaded.returncode == 0, loaded.stderr
    dataset = serving(tmp_path / "data")
    assert dataset is not None
    assert dataset.about["rows"] == 12 * 200


def test_the_columns_of_the_export_are_those_of_the_published_files(exported: Path) -> None:
    names = pq.read_schema(exported / "yellow_tripdata_2015-01.parquet").names

    assert names == [column.name for column in TLC_COLUMNS]
