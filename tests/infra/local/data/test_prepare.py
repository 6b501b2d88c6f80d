"""Making the data: once, whole or not at all, whoever else starts at the same time."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from infra.local.data import DataError, Dataset, prepare
from infra.local.data.lock import exclusive
from infra.local.data.making import require_room
from infra.local.data.storage import find
from infra.local.data.synthetic import known_defects
from infra.local.data.version import data_version
from infra.local.redshift import Engine
from tests.infra.local.data.conftest import SCALE, quiet

FEW = 0.00002

PREPARE = """
import sys
from pathlib import Path
from infra.local.data import DataError, prepare
{before}
def say(sentence):
    print(sentence, flush=True)
    {after}
try:
    made = prepare(Path(sys.argv[1]), {scale}, say)
    print(made.about["loadedAt"])
except DataError as error:
    print("DataError:", error)
"""


def start(folder: Path, before: str = "", after: str = "") -> subprocess.Popen[str]:
    """Prepare the data in a process of its own that does `before` first, and `after` each sentence."""
    script = PREPARE.format(before=before, after=after, scale=FEW)
    return subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True)


def said_by(process: subprocess.Popen[str]) -> list[str]:
    output, _ = process.communicate(timeout=60)
    return output.splitlines()


def rows(database: Path) -> int:
    with duckdb.connect(str(database), read_only=True) as connection:
        return int(connection.execute("SELECT count(*) FROM trips").fetchall()[0][0])


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return prepare(tmp_path_factory.mktemp("few") / "new" / "folder", FEW, quiet)


@pytest.fixture
def folder(few: Dataset, tmp_path: Path) -> Path:
    """A folder of its own with the data in it."""
    return Path(shutil.copytree(few.database.parent, tmp_path / "copy"))


def test_the_second_start_finds_what_the_first_one_made_and_says_nothing(few: Dataset) -> None:
    assert prepare(few.database.parent, FEW, pytest.fail) == few
    assert rows(few.database) == few.about["rows"] == 2922


def test_a_sample_says_that_it_is_one_and_how_to_get_the_year(few: Dataset) -> None:
    assert few.about["knownDefects"] == [
        "A sample, 0.002 % of the year's trips: make data makes all of them, also while a page is open."
    ]
    assert known_defects(1.0) == ()


def test_a_start_that_finds_its_data_does_not_load_the_generator(few: Dataset) -> None:
    script = PREPARE.format(before="", after="", scale=FEW) + (
        "print([name for name in sys.modules if name.startswith(('numpy', 'sqlglot', 'infra.local.data.trips'))])"
    )
    command = [sys.executable, "-c", script, str(few.database.parent)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert output.splitlines() == [few.about["loadedAt"], "[]"]


def test_the_same_version_has_the_same_rows(dataset: Dataset, tmp_path: Path) -> None:
    again = prepare(tmp_path, SCALE, quiet)

    assert again.about["version"] == dataset.about["version"]
    assert fingerprint(again.database) == fingerprint(dataset.database)


def fingerprint(database: Path) -> tuple[object, ...]:
    """A hash of all rows that does not depend on their order."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute("SELECT count(*), sum(hash(t)::HUGEINT) FROM nyc_yellow_taxi t").fetchall()[
            0
        ]


def test_scales_have_files_of_their_own(few: Dataset) -> None:
    versions = [data_version(scale) for scale in (FEW, 0.01, 1.0)]

    assert few.database.name == f"{versions[0]}.duckdb"
    assert [re.sub("-[0-9a-f]{12}$", "", version) for version in versions] == [
        "2015-synthetic-2e-05",
        "2015-synthetic-0.01",
        "2015-synthetic-1",
    ]


def test_a_scale_too_small_for_every_day_names_the_days_it_lacks(tmp_path: Path) -> None:
    about = prepare(tmp_path, 1e-6, quiet).about

    assert about["rows"] == 146
    assert "2015-01-27" in about["missingDays"]
    assert about["firstDay"] not in about["missingDays"]


@pytest.mark.parametrize("scale", [0, -1, 1.01, float("nan"), float("inf")])
def test_a_scale_out_of_range_is_refused(tmp_path: Path, scale: float) -> None:
    with pytest.raises(DataError, match="above 0 and at most 1"):
        prepare(tmp_path, scale, quiet)

    assert list(tmp_path.iterdir()) == []


def cut_the_database(database: Path, _: Path) -> None:
    database.write_bytes(database.read_bytes()[: database.stat().st_size // 2])


def scramble_the_database(database: Path, _: Path) -> None:
    database.write_bytes(b"x" * database.stat().st_size)


def lose_the_database(database: Path, _: Path) -> None:
    database.unlink()


def lose_the_description(_: Path, about: Path) -> None:
    about.unlink()


def scramble_the_description(_: Path, about: Path) -> None:
    about.write_text("{", encoding="utf-8")


def describe_other_data(_: Path, about: Path) -> None:
    kept = json.loads(about.read_text(encoding="utf-8"))
    kept["about"]["rows"] += 1
    about.write_text(json.dumps(kept), encoding="utf-8")


def set_it_up_otherwise(_: Path, about: Path) -> None:
    kept = json.loads(about.read_text(encoding="utf-8"))
    about.write_text(json.dumps({**kept, "setup": "of other set-up files"}), encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [
        set_it_up_otherwise,
        cut_the_database,
        scramble_the_database,
        lose_the_database,
        lose_the_description,
        scramble_the_description,
        describe_other_data,
    ],
)
def test_damaged_data_does_not_count_as_there(
    few: Dataset, folder: Path, damage: Callable[[Path, Path], None]
) -> None:
    version = few.about["version"]
    assert find(folder, version) is not None

    damage(folder / f"{version}.duckdb", folder / f"{version}.json")

    assert find(folder, version) is None


def test_damaged_data_and_what_an_interrupted_start_left_are_replaced(few: Dataset, folder: Path) -> None:
    name = few.about["version"]
    (folder / f"{name}.duckdb").write_bytes(b"not a database")
    (folder / f"{name}.unfinished").write_bytes(b"half a database")
    (folder / f"{name}.unfinished.wal").write_bytes(b"half a log")

    said: list[str] = []
    made = prepare(folder, FEW, said.append)

    assert said[0] == "Making 2,922 synthetic trips of 2015; this happens once"
    assert rows(made.database) == 2922
    assert sorted(file.name for file in folder.iterdir()) == [
        f"{name}.duckdb",
        f"{name}.json",
        f"{name}.lock",
    ]


def test_an_engine_that_has_the_data_open_does_not_make_it_look_damaged(few: Dataset) -> None:
    engine = Engine(few.database)
    try:
        assert prepare(few.database.parent, FEW, pytest.fail) == few
    finally:
        engine.close()


def test_nothing_but_its_own_sentences_reaches_standard_output() -> None:
    # A script given with -c counts as interactive: there DuckDB draws a bar for whatever takes two seconds.
    script = (
        "from infra.local.data.storage import connect; c = connect(); c.execute('FROM range(9)'); print({})"
    )
    setting = "c.execute(\"SELECT current_setting('enable_progress_bar')\").fetchall()"
    asked = subprocess.run(
        [sys.executable, "-c", script.format(setting)], capture_output=True, text=True, check=True
    )

    assert asked.stdout == "[(False,)]\n"


def test_two_processes_that_start_together_make_the_data_once(tmp_path: Path) -> None:
    processes = [start(tmp_path), start(tmp_path)]
    said = [said_by(process) for process in processes]

    assert sum(line.startswith("Making") for lines in said for line in lines) == 1
    assert said[0][-1] == said[1][-1]


def test_a_second_start_says_that_it_waits_and_takes_what_the_first_made(tmp_path: Path) -> None:
    waits, said = threading.Event(), list[str]()

    def listen(sentence: str) -> None:
        said.append(sentence)
        waits.set()

    second = threading.Thread(target=prepare, args=(tmp_path, FEW, listen))
    with exclusive(tmp_path / f"{data_version(FEW)}.lock", quiet):
        second.start()
        assert waits.wait(30)
    second.join(30)

    assert said[0] == "Another start is making the sample data; waiting for it"
    assert rows(prepare(tmp_path, FEW, pytest.fail).database) == 2922


def test_a_start_that_is_killed_holds_nobody_up(tmp_path: Path) -> None:
    with start(tmp_path, before="import time", after="time.sleep(600)") as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Making")
        process.kill()

    assert rows(prepare(tmp_path, FEW, quiet).database) == 2922


def test_a_full_disk_is_one_sentence_and_leaves_nothing_half_made(tmp_path: Path) -> None:
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))"
    said, *_, sentence = said_by(start(tmp_path, before=full))

    assert said.startswith("Making")
    assert sentence.startswith(f"DataError: The data could not be written to {tmp_path}")
    assert "make room there, or choose another folder with --data" in sentence
    assert [file.name for file in tmp_path.iterdir()] == [f"{data_version(FEW)}.lock"]


def test_a_folder_that_cannot_be_one_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    with pytest.raises(DataError, match=r"could not be written to .*file") as caught:
        prepare(tmp_path / "file", FEW, quiet)
    assert "\n" not in str(caught.value)


def test_too_little_room_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"needs 4,151 MB in .*, where 1,000 MB are free"):
        require_room(1_000_000_000, 146_112_989, tmp_path)
    require_room(110_000_000, 1_461_130, tmp_path)


def test_the_room_that_is_asked_for_holds_the_sample_and_what_its_making_takes(
    whole_sample: Dataset, tmp_path: Path
) -> None:
    log_of_the_database = 16_000_000
    needed = whole_sample.database.stat().st_size + log_of_the_database

    with pytest.raises(DataError, match="make room there"):
        require_room(needed, whole_sample.about["rows"], tmp_path)
