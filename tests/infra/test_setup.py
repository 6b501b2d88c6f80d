"""`infra/setup.sh`, in a checkout of its own: every wrong environment is one sentence, and the next set-up works."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.signals import starting_as_in_a_terminal
from tests.waiting import wait_until

REPOSITORY = Path(__file__).resolve().parents[2]
ANNOUNCED = "Setting up .venv/ (once; about half a minute) …\n"
NETWORK = "Nothing is lost: check the network, then run this again.\n"
WAITING = "Another set-up of this checkout is under way: waiting until it has ended …\n"
WITH_INSTALLERS = f"""#!/bin/sh
if [ "$1 $2" = "-m venv" ]; then
    "{sys.executable}" -m venv --without-pip "$3"
    cp "${{0%/*}}/installer" "$3/bin/pip"
    cp "${{0%/*}}/installer" "$3/bin/uv"
else
    exec "{sys.executable}" "$@"
fi
"""
INSTALLER = """#!/bin/sh
set -- "${0%/*}"/../lib/python3*/site-packages
mkdir -p "$1/streamlit"
eval "$BREAKS_OFF"
mkdir -p "$1/duckdb"
"""


@pytest.fixture
def checkout() -> Iterator[Path]:
    """A checkout for everybody, with a Python whose installers need no network."""
    with tempfile.TemporaryDirectory(prefix="a check out ") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for path in ("requirements.txt", "tests/requirements.txt", "constraints.txt", "pyproject.toml"):
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).touch()
        (folder / "infra").mkdir()
        shutil.copy(REPOSITORY / "infra" / "setup.sh", folder / "infra")
        program(folder / "python", WITH_INSTALLERS)
        program(folder / "installer", INSTALLER)
        yield folder


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


@contextmanager
def started(checkout: Path, user: int | None = None, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A set-up, called from another folder as `make -C` does it; what is left of it ends with the block."""
    with starting_as_in_a_terminal():
        process = subprocess.Popen(
            ["sh", str(checkout / "infra" / "setup.sh"), "run"],
            cwd="/",
            env={**os.environ, "PYTHON": str(checkout / "python"), "BREAKS_OFF": "", **environment},
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
            user=user,
        )
    with process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):  # nothing is left
                os.killpg(process.pid, signal.SIGKILL)


def set_up(checkout: Path, user: int | None = None, **environment: str) -> tuple[int, str]:
    """Set up; give the status and what was said."""
    with started(checkout, user, **environment) as process:
        _, said = process.communicate(timeout=60)
    return process.returncode, said


def packages(checkout: Path) -> list[str]:
    (folder,) = (checkout / ".venv" / "lib").glob("python3*/site-packages")
    return sorted(path.name for path in folder.iterdir())


def test_a_set_up_is_made_once_and_then_without_a_word(checkout: Path) -> None:
    assert set_up(checkout) == (0, ANNOUNCED)
    assert packages(checkout) == ["duckdb", "streamlit"]
    assert set_up(checkout, BREAKS_OFF="exit 1") == (0, "")


@pytest.mark.parametrize("version", ["Python 2.7.18", "Python 3.10.13"])
def test_an_old_python_is_one_sentence(checkout: Path, version: str) -> None:
    old = program(checkout / "old", f'#!/bin/sh\n[ "$1" = --version ] && echo {version} >&2\nexit 1\n')
    assert set_up(checkout, PYTHON=str(old)) == (
        1,
        f"{old} is too old ({version}). Install Python 3.11 or newer, or name one: make PYTHON=python3.13 …\n",
    )


def test_no_python_is_one_sentence(checkout: Path) -> None:
    assert set_up(checkout, PYTHON="/nowhere/python3") == (
        1,
        "Python is missing. Install Python 3.11 or newer, then run this again.\n",
    )


def test_a_network_that_is_not_there_is_one_sentence_and_the_next_set_up_works(checkout: Path) -> None:
    offline = "echo 'WARNING: Retrying'; echo 'ERROR: No route to host'; exit 1"
    assert set_up(checkout, BREAKS_OFF=offline) == (
        1,
        f"{ANNOUNCED}Packages could not be installed (ERROR: No route to host). {NETWORK}",
    )
    assert set_up(checkout) == (0, ANNOUNCED)
    assert packages(checkout) == ["duckdb", "streamlit"]


def test_a_disk_without_room_is_one_sentence_before_anything_is_made(checkout: Path) -> None:
    program(checkout / "full" / "df", "#!/bin/sh\necho /dev/full 100 99 1 99% /\n")
    assert set_up(checkout, PATH=f"{checkout / 'full'}:{os.environ['PATH']}") == (
        1,
        f"Setting up takes 1 GB, and {checkout} has less. Make room there, then run this again.\n",
    )
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("folder", [".", ".venv"])
def test_a_folder_that_cannot_be_written_is_one_sentence(checkout: Path, folder: str) -> None:
    checkout.chmod(0o777)
    place = checkout / folder
    place.mkdir(exist_ok=True)
    nobody = 65_534 if os.geteuid() == 0 else None
    any_python = str(program(checkout / "new", "#!/bin/sh\n"))
    place.chmod(0o555)
    assert set_up(checkout, nobody, PYTHON=any_python) == (
        1,
        f"Nothing can be written in {place}. Copy the project to a folder of your own, then run this again there.\n",
    )
    place.chmod(0o755)


@pytest.mark.parametrize("name", ["INT", "TERM", "HUP", "KILL"])
def test_a_set_up_that_breaks_off_is_made_anew(checkout: Path, name: str) -> None:
    status, _ = set_up(checkout, BREAKS_OFF=f"kill -{name} 0; sleep 60")
    assert status != 0
    assert packages(checkout) == ["streamlit"]

    assert set_up(checkout) == (0, ANNOUNCED)
    assert packages(checkout) == ["duckdb", "streamlit"]


def test_a_change_of_packages_that_breaks_off_leaves_nothing_for_the_next_set_up(checkout: Path) -> None:
    set_up(checkout)
    (checkout / "requirements.txt").write_text("another\n", encoding="utf-8")
    set_up(checkout, BREAKS_OFF='mkdir "$1/half"; kill -KILL 0; sleep 60')

    assert set_up(checkout) == (0, ANNOUNCED)
    assert packages(checkout) == ["duckdb", "streamlit"]


@pytest.mark.parametrize("lost", ["bin/python", "lib/*/site-packages/streamlit", "bin", "lib"])
def test_an_environment_that_lost_a_part_is_made_anew(checkout: Path, lost: str) -> None:
    set_up(checkout)
    (path,) = (checkout / ".venv").glob(lost)
    path.rename(checkout / "lost")

    assert set_up(checkout) == (0, ANNOUNCED)
    assert packages(checkout) == ["duckdb", "streamlit"]
    assert set_up(checkout) == (0, "")


def test_an_environment_that_was_moved_is_made_anew(checkout: Path) -> None:
    set_up(checkout)
    with tempfile.TemporaryDirectory() as elsewhere:
        moved = Path(shutil.copytree(checkout, Path(elsewhere) / "moved", symlinks=True))
        assert set_up(moved) == (0, ANNOUNCED)
        python = [str(moved / ".venv" / "bin" / "python"), "-c", "import sys; print(sys.prefix)"]
        assert subprocess.check_output(python, text=True).strip() == str(moved / ".venv")


@contextmanager
def under_way(checkout: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A set-up whose first installer has begun, and the gate where that waits until something is written there."""
    arrived, gate = checkout / "arrived", checkout / "gate"
    os.mkfifo(gate)
    waits = f"[ -e '{arrived}' ] || {{ touch '{arrived}'; read line <'{gate}'; }}"
    with started(checkout, BREAKS_OFF=waits) as process:
        wait_until(arrived.exists)
        yield process, gate


def test_a_second_set_up_waits_for_the_first_and_takes_what_it_made(checkout: Path) -> None:
    with under_way(checkout) as (first, gate), started(checkout, BREAKS_OFF="exit 1") as second:
        assert second.stderr is not None
        assert second.stderr.readline() == WAITING
        gate.write_text("on\n", encoding="utf-8")
        assert (second.wait(60), second.stderr.read(), first.wait(60)) == (0, "", 0)
    assert packages(checkout) == ["duckdb", "streamlit"]


def test_what_a_killed_set_up_left_running_is_waited_for_and_its_work_is_made_anew(checkout: Path) -> None:
    with under_way(checkout) as (first, gate):
        first.kill()
        with started(checkout) as second:
            assert second.stderr is not None
            assert second.stderr.readline() == WAITING
            gate.write_text("on\n", encoding="utf-8")
            assert (second.wait(60), second.stderr.read()) == (0, ANNOUNCED)
    assert packages(checkout) == ["duckdb", "streamlit"]


@pytest.mark.parametrize(
    ("language", "zone"), [("C", "UTC"), ("de_DE.UTF-8", "Europe/Berlin"), ("tr_TR.UTF-8", "Asia/Kolkata")]
)
def test_neither_language_nor_time_zone_matters(checkout: Path, language: str, zone: str) -> None:
    assert set_up(checkout, LC_ALL=language, TZ=zone) == (0, ANNOUNCED)
    assert set_up(checkout, LC_ALL=language, TZ=zone) == (0, "")
