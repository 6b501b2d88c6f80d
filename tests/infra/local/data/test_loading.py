"""A load puts new data in use in one step: until then, and whatever happens before, the old ones stand whole."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from infra.local.data import DataError, Dataset, prepare, served_version, serving
from infra.local.data.fingerprint import fingerprint
from infra.local.data.loading import load
from infra.local.data.lock import alone
from infra.local.data.making import make
from infra.local.data.progress import Progress
from infra.local.data.synthetic import SyntheticYear
from infra.local.data.version import data_version
from tests.infra.local.data.conftest import quiet
from tests.places import ABROAD

ROOT = Path(__file__).resolve().parents[4]
FEW, MORE = 0.00002, 0.0003
KILLS = 5
KILL_LOADS = """
import json, sys
from pathlib import Path
from tests.infra.local.data.kills import kill_loads
seen = kill_loads(Path(sys.argv[1]), int(sys.argv[2]), seed=2015)
print(json.dumps([seen.kills, seen.reads, seen.wrong]))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which few trips are in use, to be copied."""
    folder = tmp_path_factory.mktemp("loaded")
    load(folder, SyntheticYear(FEW), quiet)
    return folder


@pytest.fixture
def folder(loaded: Path, tmp_path: Path) -> Path:
    """A folder of one's own in which few trips are in use."""
    return shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)


def command(folder: Path, scale: float = MORE) -> list[str]:
    return [sys.executable, "-m", "infra.local.data", "--data", str(folder), "--scale", str(scale)]


def in_use(folder: Path) -> str:
    """The version in use, which must be whole."""
    dataset = serving(folder)
    assert dataset is not None
    return str(dataset.about["version"])


def test_nothing_is_in_use_before_the_first_load(tmp_path: Path) -> None:
    assert serving(tmp_path) is None


def test_a_start_without_a_scale_takes_what_was_loaded(folder: Path) -> None:
    assert prepare(folder, None, pytest.fail).about["version"] == data_version(FEW)


def test_a_start_with_a_scale_takes_that(folder: Path) -> None:
    assert prepare(folder, 0.00001, quiet).about["rows"] == 1461


def test_the_last_load_is_the_one_in_use_and_going_back_makes_nothing(folder: Path) -> None:
    load(folder, SyntheticYear(MORE), quiet)
    assert in_use(folder) == data_version(MORE)

    load(folder, SyntheticYear(FEW), pytest.fail)
    assert in_use(folder) == data_version(FEW)


def test_a_load_removes_what_it_replaces_and_nothing_else(folder: Path) -> None:
    kind = data_version(MORE).rpartition("-")[0]
    for name in (f"{kind}-0123456789ab.duckdb", f"{kind}-0123456789ab.json", "2015-tlc-0123456789ab.duckdb"):
        (folder / name).write_text("", encoding="utf-8")

    load(folder, SyntheticYear(MORE), quiet)

    names = {file.name for file in folder.iterdir()}
    assert not [name for name in names if "0123456789ab" in name and name.startswith(kind)]
    assert {"2015-tlc-0123456789ab.duckdb", f"{data_version(FEW)}.duckdb"} <= names


def test_a_load_removes_what_a_killed_one_left_and_nothing_that_is_being_made(folder: Path) -> None:
    for version in ("2015-synthetic-0.3-abandoned", "2015-synthetic-0.4-in-work"):
        (folder / f"{version}.unfinished").write_bytes(b"half a database")
        (folder / f"{version}.unfinished.wal").write_bytes(b"half a log")

    with alone(folder / "2015-synthetic-0.4-in-work.lock"):
        load(folder, SyntheticYear(FEW), quiet)

    assert sorted(file.name for file in folder.glob("*.unfinished*")) == [
        "2015-synthetic-0.4-in-work.unfinished",
        "2015-synthetic-0.4-in-work.unfinished.wal",
    ]


def test_until_the_new_data_are_in_use_those_that_they_replace_are_there(folder: Path) -> None:
    # Another seed is another version of the same kind.
    replacing = SyntheticYear(FEW, seed=1)

    make(folder, replacing, Progress(quiet))
    assert in_use(folder) == data_version(FEW)

    load(folder, replacing, quiet)
    assert in_use(folder) == replacing.version
    assert not list(folder.glob(f"{data_version(FEW)}*"))


def test_a_start_with_a_scale_never_removes_what_is_in_use(folder: Path) -> None:
    replacing = SyntheticYear(FEW, seed=1)
    load(folder, replacing, quiet)

    prepare(folder, FEW, quiet)

    assert in_use(folder) == replacing.version


def test_data_in_use_that_are_damaged_are_told_and_the_sample_is_served(
    folder: Path, whole_sample: Dataset
) -> None:
    shutil.copytree(whole_sample.database.parent, folder, dirs_exist_ok=True)
    (folder / f"{data_version(FEW)}.duckdb").write_bytes(b"not a database")
    said: list[str] = []

    dataset = prepare(folder, None, said.append)

    assert dataset.about["version"] == data_version(0.01)
    assert said[0].startswith(
        f"The data that was loaded into {folder} ({data_version(FEW)}) is missing, damaged"
    )


def test_a_second_load_at_the_same_time_is_refused_with_one_sentence(folder: Path) -> None:
    with alone(folder / "loading.lock"):
        refused = subprocess.run(command(folder), capture_output=True, text=True, check=False)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"Another make data is loading into {folder}: wait until it has ended")
    assert refused.stderr.count("\n") == 1
    assert in_use(folder) == data_version(FEW)


def test_killed_at_any_moment_the_old_data_stand_whole_for_whoever_reads_them(tmp_path: Path) -> None:
    # In a process of its own: a worker of the tests may hold a page's script as its main module, which the loads
    # would then begin with.
    script = [sys.executable, "-c", KILL_LOADS, str(tmp_path), str(KILLS)]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=True)

    kills, reads, wrong = json.loads(done.stdout)
    assert not wrong
    assert kills == KILLS
    assert reads >= KILLS

    load(tmp_path, SyntheticYear(FEW), quiet)
    assert in_use(tmp_path) == data_version(FEW)
    assert not list(tmp_path.glob("*unfinished*"))


def test_an_interrupt_is_one_sentence_and_leaves_the_old_data(folder: Path) -> None:
    with subprocess.Popen(
        command(folder, 0.01), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Making")
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=60)

    assert process.returncode == 130
    assert complaint.strip().startswith("Stopped. The data that were in use still are.")
    assert complaint.count("\n") == 2
    assert in_use(folder) == data_version(FEW)
    assert not list(folder.glob("*unfinished*"))


def test_a_full_disk_is_one_sentence_and_leaves_the_old_data(folder: Path) -> None:
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000)); "
        "from infra.local.data.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    refused = subprocess.run(
        [sys.executable, "-c", script, *command(folder)[3:]], capture_output=True, text=True, check=False
    )

    assert refused.returncode == 2
    assert refused.stderr.startswith(f"The data could not be written to {folder}")
    assert refused.stderr.count("\n") == 1
    assert in_use(folder) == data_version(FEW)
    assert not list(folder.glob("*unfinished*"))


def test_in_any_language_and_time_zone_the_command_says_what_is_in_use_and_the_same_hash_of_its_rows(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = command(tmp_path_factory.mktemp("abroad"), FEW)
    said = subprocess.run(
        elsewhere, env={**os.environ, **ABROAD}, capture_output=True, text=True, check=True
    ).stdout

    here = serving(folder)
    assert here is not None
    assert "\n2,922 trips are in use (made by this project to resemble 2015)" in said
    assert f"Hash of all rows, whatever their order: {fingerprint(here.database)}\n" in said


@pytest.mark.parametrize("scale", ["0", "1.5", "nan"])
def test_a_scale_out_of_range_is_refused(tmp_path: Path, scale: str) -> None:
    refused = subprocess.run([*command(tmp_path)[:-1], scale], capture_output=True, text=True, check=False)

    assert refused.returncode == 2
    assert "must be above 0 and at most 1" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_name_in_use_that_is_unreadable_counts_as_none(folder: Path) -> None:
    (folder / "in-use.json").write_text("[", encoding="utf-8")

    assert served_version(folder) is None


def test_a_folder_that_cannot_be_one_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    with pytest.raises(DataError, match=r"could not be written to .*file"):
        load(tmp_path / "file", SyntheticYear(FEW), quiet)
