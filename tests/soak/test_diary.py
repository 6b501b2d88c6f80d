"""What pages write down is there whatever becomes of their process."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulation.facts import Left
from tests.soak.diary import Diary, read_diary

pytestmark = pytest.mark.fast


def test_what_was_noted_can_be_read_before_the_diary_is_closed(tmp_path: Path) -> None:
    diary = Diary(tmp_path / "diary")
    diary.note(Left(1, "ada.0"), Left(2, "bob.0"))
    diary.note(Left(3, "eve.0"))
    assert [*read_diary(tmp_path / "diary")] == [Left(1, "ada.0"), Left(2, "bob.0"), Left(3, "eve.0")]
    diary.close()


def test_what_its_process_was_killed_in_the_midst_of_is_left_out(tmp_path: Path) -> None:
    diary = Diary(tmp_path / "diary")
    diary.note(Left(1, "ada.0"), Left(2, "bob.0"))
    diary.close()
    whole = (tmp_path / "diary").read_bytes()
    (tmp_path / "diary").write_bytes(whole[:-3])
    assert [*read_diary(tmp_path / "diary")] == [Left(1, "ada.0")]
