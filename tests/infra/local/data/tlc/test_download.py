"""Fetching the TLC's files over a real connection, whatever happens on the way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from infra.local.data.lock import alone
from infra.local.data.progress import Progress
from infra.local.data.tlc import download_year, read_year
from infra.local.data.tlc.download import Patience
from infra.local.data.tlc.server import Timeouts
from tests.infra.local.data.conftest import quiet
from tests.infra.local.data.tlc import tlc_server
from tests.infra.local.data.tlc.downloads import (
    DOWNLOAD,
    FEBRUARY,
    HURRIED,
    JANUARY,
    NAMES,
    SOME,
    download,
    files_in,
    refusal,
)
from tests.infra.local.data.tlc.made import month_of, write_month
from tests.infra.local.data.tlc.tlc_server import TlcServer
from tests.waiting import wait_until


def test_a_year_comes_whole_and_leaves_nothing_else(tlc: TlcServer, target: Path) -> None:
    said: list[str] = []
    download(tlc, target, said.append)

    assert files_in(target) == tlc.files
    assert read_year(target).trips == 11 * 200 + 8_000
    assert said[0].startswith("Fetching 12 of the TLC's 12 files, ")
    assert said[0].endswith(f"into {target}; if this is stopped, the same command goes on from there")


def test_what_is_there_is_not_fetched_again(tlc: TlcServer, target: Path) -> None:
    download(tlc, target)
    before = len(tlc.asked)
    download_year(target, tlc.address, Progress(pytest.fail), HURRIED)

    assert tlc.asked[before:] == [("HEAD", name, None) for name in NAMES]


def test_a_file_of_another_length_is_fetched_again(tlc: TlcServer, target: Path) -> None:
    download(tlc, target)
    (target / FEBRUARY).write_bytes(tlc.files[JANUARY])
    download(tlc, target)

    assert files_in(target) == tlc.files


def test_a_damaged_file_is_fetched_again_and_no_other(tlc: TlcServer, target: Path) -> None:
    download(tlc, target)
    (target / FEBRUARY).write_bytes(b"x" * len(tlc.files[FEBRUARY]))
    download(tlc, target)

    assert files_in(target) == tlc.files
    assert tlc.fetched(FEBRUARY) == [None, None]
    assert tlc.fetched(JANUARY) == [None]


def test_a_connection_that_breaks_off_is_continued_where_it_broke(tlc: TlcServer, target: Path) -> None:
    tlc.misdeeds["GET", JANUARY] = [tlc_server.breaks_off_after(SOME)]
    said: list[str] = []
    download(tlc, target, said.append)

    assert files_in(target) == tlc.files
    assert "the connection broke off; the next try is in 0 s" in said
    whole, rest = tlc.fetched(JANUARY)
    assert whole is None
    assert rest is not None
    assert 65_536 <= int(rest.removeprefix("bytes=").removesuffix("-")) <= SOME


def test_a_server_that_falls_silent_is_asked_again(tlc: TlcServer, target: Path) -> None:
    tlc.misdeeds["GET", JANUARY] = [tlc_server.falls_silent_after(SOME)]
    download_year(target, tlc.address, Progress(quiet), Patience(Timeouts(read=0.5), pauses=(0,)))

    assert files_in(target) == tlc.files
    assert len(tlc.fetched(JANUARY)) == 2


def test_a_server_that_breaks_off_each_time_ends_in_a_sentence_that_says_what_is_kept(
    tlc: TlcServer, target: Path
) -> None:
    tlc.misdeeds["GET", FEBRUARY] = [tlc_server.breaks_off_after(100)] * 4

    assert refusal(tlc, target) == (
        "The TLC's files did not all come: the connection broke off. 1 of the 12 files are whole in "
        f"{target}, and one is begun; all that is kept, and the same command goes on from there."
    )
    assert len(tlc.fetched(FEBRUARY)) == 4
    assert [name for name in files_in(target) if name.endswith(".parquet")] == [JANUARY]
    download(tlc, target)
    assert files_in(target) == tlc.files
    assert len(tlc.fetched(JANUARY)) == 1


def test_a_server_that_ignores_the_range_sends_everything_anew(tlc: TlcServer, target: Path) -> None:
    tlc.misdeeds["GET", JANUARY] = [tlc_server.breaks_off_after(SOME), tlc_server.ignores_the_range]
    download(tlc, target)

    assert files_in(target) == tlc.files
    assert len(tlc.fetched(JANUARY)) == 2


@pytest.mark.parametrize(
    "misdeed",
    [tlc_server.continues_elsewhere, tlc_server.continues_without_saying_where, tlc_server.status(416)],
)
def test_a_server_that_continues_wrongly_is_not_believed(
    tlc: TlcServer, target: Path, misdeed: tlc_server.Misdeed
) -> None:
    tlc.misdeeds["GET", JANUARY] = [tlc_server.breaks_off_after(SOME), misdeed]
    download(tlc, target)

    assert files_in(target) == tlc.files
    assert len(tlc.fetched(JANUARY)) == 3


def test_a_file_that_changes_between_two_parts_is_fetched_anew(
    tlc: TlcServer, target: Path, tmp_path: Path
) -> None:
    other = write_month(tmp_path, 1, month_of(1, trips=7_000)).read_bytes()
    tlc.misdeeds["GET", JANUARY] = [tlc_server.breaks_off_after(SOME), tlc_server.changes_it_first(other)]
    download(tlc, target)

    assert (target / JANUARY).read_bytes() == other
    assert tlc.fetched(JANUARY)[-1] is None


def test_two_files_of_one_length_are_never_mixed(tlc: TlcServer, target: Path) -> None:
    other = tlc.files[JANUARY][:4] + b"other" + tlc.files[JANUARY][9:]
    changes = tlc_server.changes_it_first_and_continues_all_the_same(other)
    tlc.misdeeds["GET", JANUARY] = [tlc_server.breaks_off_after(SOME), changes]
    download(tlc, target)

    assert (target / JANUARY).read_bytes() == other


def test_a_part_of_a_file_that_changed_since_is_not_continued(
    tlc: TlcServer, target: Path, tmp_path: Path
) -> None:
    tlc.misdeeds["GET", JANUARY] = [tlc_server.breaks_off_after(SOME)] * 4
    refusal(tlc, target)
    tlc.files[JANUARY] = write_month(tmp_path, 1, month_of(1, trips=9_000)).read_bytes()
    before = len(tlc.fetched(JANUARY))
    download(tlc, target)

    assert files_in(target) == tlc.files
    assert tlc.fetched(JANUARY)[before:] == [None]


def test_a_file_announced_longer_than_it_is_never_counts_as_whole(tlc: TlcServer, target: Path) -> None:
    tlc.misdeeds["HEAD", FEBRUARY] = [tlc_server.announces(100)] * 9
    tlc.misdeeds["GET", FEBRUARY] = [tlc_server.announces(100)] * 9

    assert "did not all come: " in refusal(tlc, target)
    assert FEBRUARY not in files_in(target)
    tlc.misdeeds.clear()
    download(tlc, target)
    assert files_in(target) == tlc.files


def test_a_file_announced_shorter_than_it_is_never_counts_as_whole(tlc: TlcServer, target: Path) -> None:
    tlc.misdeeds["HEAD", FEBRUARY] = [tlc_server.announces(-100)] * 9
    tlc.misdeeds["GET", FEBRUARY] = [tlc_server.announces(-100)] * 9

    assert f"{FEBRUARY} came twice as the server announces it, and is no whole Parquet file" in refusal(
        tlc, target
    )
    assert set(files_in(target)) == {JANUARY}
    tlc.misdeeds.clear()
    download(tlc, target)
    assert files_in(target) == tlc.files


def test_two_lengths_for_one_file_are_not_believed(tlc: TlcServer, target: Path) -> None:
    tlc.misdeeds["GET", FEBRUARY] = [tlc_server.announces(7)]
    said: list[str] = []
    download(tlc, target, said.append)

    size = len(tlc.files[FEBRUARY])
    assert f"the server announced {size:,} bytes, and then {size + 7:,}; the next try is in 0 s" in said
    assert files_in(target) == tlc.files


def test_more_than_was_announced_is_not_kept(tlc: TlcServer, target: Path) -> None:
    tlc.misdeeds["GET", FEBRUARY] = [tlc_server.sends_more_than_announced]
    said: list[str] = []
    download(tlc, target, said.append)

    assert f"the server sends more of {FEBRUARY} than it announced; the next try is in 0 s" in said
    assert files_in(target) == tlc.files


def test_a_server_that_does_not_stop_is_stopped(tlc: TlcServer, target: Path) -> None:
    tlc.misdeeds["GET", FEBRUARY] = [tlc_server.sends_for_ever]
    said: list[str] = []
    download(tlc, target, said.append)

    assert tlc.rubbish < 64
    assert files_in(target) == tlc.files


def test_a_damaged_file_is_removed_and_fetched_once_more(tlc: TlcServer, target: Path) -> None:
    tlc.misdeeds["GET", FEBRUARY] = [tlc_server.sends_it_damaged]
    said: list[str] = []
    download(tlc, target, said.append)

    assert f"{FEBRUARY} came damaged and was removed" in said
    assert files_in(target) == tlc.files


def test_a_file_that_is_damaged_on_the_server_is_told_and_not_kept(tlc: TlcServer, target: Path) -> None:
    tlc.misdeeds["GET", FEBRUARY] = [tlc_server.sends_it_damaged] * 9

    assert f"{FEBRUARY} came twice as the server announces it" in refusal(tlc, target)
    assert set(files_in(target)) == {JANUARY}
    assert len(tlc.fetched(FEBRUARY)) == 2


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_a_server_that_is_overloaded_once_is_asked_again(tlc: TlcServer, target: Path, method: str) -> None:
    tlc.misdeeds[method, FEBRUARY] = [tlc_server.status(503)]
    said: list[str] = []
    download(tlc, target, said.append)

    assert f"the server answers 503 for {tlc.address}/{FEBRUARY}; the next try is in 0 s" in said
    assert files_in(target) == tlc.files


def test_a_download_that_is_killed_goes_on_from_there(tlc: TlcServer, target: Path) -> None:
    tlc.misdeeds["GET", JANUARY] = [tlc_server.falls_silent_after(SOME)]
    command = [sys.executable, "-c", DOWNLOAD.format(before=""), str(target), tlc.address]
    part = target / f"{JANUARY}.part"
    with subprocess.Popen(command) as process:
        wait_until(lambda: part.exists() and part.stat().st_size >= 65_536)
        process.kill()
    assert [name for name in files_in(target) if name.endswith(".parquet")] == []
    download(tlc, target)

    assert files_in(target) == tlc.files
    assert tlc.fetched(JANUARY)[1] is not None


def test_a_begun_file_with_an_unreadable_mark_is_begun_anew(tlc: TlcServer, target: Path) -> None:
    target.mkdir(parents=True)
    (target / f"{JANUARY}.part").write_bytes(b"x" * 1_000)
    (target / f"{JANUARY}.part.json").write_text("{", encoding="utf-8")
    download(tlc, target)

    assert files_in(target) == tlc.files


def test_two_downloads_into_one_folder_do_not_mix(tlc: TlcServer, target: Path) -> None:
    target.mkdir(parents=True)
    with alone(target / "download.lock"):
        assert refusal(tlc, target).startswith("Another make data is loading into ")
    assert tlc.asked == []
