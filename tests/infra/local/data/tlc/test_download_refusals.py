"""A download that cannot go on: one sentence that says why, and what is kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from infra.local.data import DataError
from infra.local.data.progress import Progress
from infra.local.data.tlc import download_year
from tests.infra.local.data.tlc import tlc_server
from tests.infra.local.data.tlc.downloads import (
    DOWNLOAD,
    FEBRUARY,
    HURRIED,
    JANUARY,
    download,
    files_in,
    refusal,
)
from tests.infra.local.data.tlc.tlc_server import Misdeed, TlcServer


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (403, "the server does not give out {file} (403: it is not there, or not for this network)"),
        (404, "the server has no {file} (404)"),
        (407, "the proxy of this network wants a sign-in (407)"),
        (410, "the server answers 410 for {file}"),
        (503, "the server answers 503 for {file}"),
    ],
)
def test_a_file_that_is_not_given_out_is_named_with_the_reason(
    tlc: TlcServer, target: Path, code: int, why: str
) -> None:
    tlc.misdeeds["GET", FEBRUARY] = [tlc_server.status(code)] * 4

    why = why.format(file=f"{tlc.address}/{FEBRUARY}")
    assert refusal(tlc, target) == (
        f"The TLC's files did not all come: {why}. 1 of the 12 files are whole in {target}; all that is kept, and the "
        "same command goes on from there."
    )


def test_a_server_that_does_not_say_how_long_a_file_is_cannot_be_checked(
    tlc: TlcServer, target: Path
) -> None:
    tlc.misdeeds["HEAD", JANUARY] = [tlc_server.does_not_say_how_long]

    assert f"the server does not say how long {tlc.address}/{JANUARY} is" in refusal(tlc, target)


@pytest.mark.parametrize(
    ("misdeed", "why"),
    [
        (
            tlc_server.redirects_to_itself,
            "127.0.0.1 sends whoever asks from one address to the next without end",
        ),
        (tlc_server.says_two_lengths, "127.0.0.1 contradicts itself in what it says of the file"),
    ],
)
def test_an_answer_that_makes_no_sense_is_said_to_make_none(
    tlc: TlcServer, target: Path, misdeed: Misdeed, why: str
) -> None:
    tlc.misdeeds["HEAD", JANUARY] = [misdeed] * 40

    assert refusal(tlc, target).startswith(f"The TLC's files did not all come: {why}.")


def test_a_folder_without_room_is_told_before_anything_is_fetched(tlc: TlcServer, target: Path) -> None:
    tlc.misdeeds["HEAD", JANUARY] = [tlc_server.announces(10**18)]

    assert refusal(tlc, target).startswith("The TLC's files need 1,000,000,000,")
    assert {method for method, *_ in tlc.asked} == {"HEAD"}


def test_a_full_disk_is_one_sentence_and_what_came_is_kept(tlc: TlcServer, target: Path) -> None:
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"
    command = [sys.executable, "-c", DOWNLOAD.format(before=full), str(target), tlc.address]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout

    assert said == (
        f"The TLC's files could not be written to {target} (File too large). 0 of the 12 files are whole in {target}, "
        "and one is begun; all that is kept, and the same command goes on from there.\n"
    )
    download(tlc, target)
    assert files_in(target) == tlc.files
    assert tlc.fetched(JANUARY)[-1] is not None


def test_a_folder_that_cannot_be_one_is_one_sentence(tlc: TlcServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    assert refusal(tlc, tmp_path / "file").startswith(
        f"The TLC's files could not be written to {tmp_path / 'file'} (File exists). "
    )


def refusal_from(address: str, target: Path) -> str:
    with pytest.raises(DataError) as caught:
        download_year(target, address, Progress(pytest.fail), HURRIED)
    return str(caught.value)


NONE_YET = "; all that is kept, and the same command goes on from there."


def test_a_closed_network_is_told_at_once(tlc: TlcServer, target: Path) -> None:
    # RFC 6761: nobody ever has a name that ends in .invalid.
    assert refusal_from("http://tlc.invalid/trip-data/", target) == (
        "The TLC's files did not all come: the name tlc.invalid cannot be found: the network is closed, or there is "
        f"none. 0 of the 12 files are whole in {target}{NONE_YET}"
    )


def test_a_host_that_nobody_answers_for_is_told_at_once(tlc: TlcServer, target: Path) -> None:
    # The port for discarding is used by nobody today.
    assert "127.0.0.1 cannot be reached: the network is closed, or there is none" in refusal_from(
        "http://127.0.0.1:9/trip-data/", target
    )


def test_a_closed_network_does_not_matter_when_all_files_are_there(tlc: TlcServer, target: Path) -> None:
    download(tlc, target)

    assert refusal_from("http://127.0.0.1:9/trip-data/", target).endswith(
        f"All twelve files are in {target}: make data TLC={target} loads them without the network."
    )


def test_a_server_without_encryption_is_not_spoken_to_where_it_is_asked_for(
    tlc: TlcServer, target: Path
) -> None:
    address = tlc.address.replace("http:", "https:")

    assert "127.0.0.1 and this machine do not agree on a secure connection (TLS)" in refusal_from(
        address, target
    )


def test_a_proxy_that_is_in_the_way_is_named(
    tlc: TlcServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")

    assert "the proxy of this network does not let tlc.invalid be reached" in refusal_from(
        "https://tlc.invalid/trip-data/", target
    )


@pytest.mark.parametrize("address", ["trip-data", "ftp://tlc.invalid/", "https://", "file:///tmp"])
def test_what_is_no_address_is_refused(tlc: TlcServer, target: Path, address: str) -> None:
    assert f"{address!r} is no address of a web server" in refusal_from(address, target)
