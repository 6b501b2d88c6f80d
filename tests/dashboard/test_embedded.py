"""The embedded pipeline as a child: its lines are read, its end is noticed, and it never outlives us."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from dashboard.client.upstream import Endpoints, PipelineNotReady
from dashboard.embedded import EmbeddedPipeline
from dashboard.settings import ROOT
from tests.waiting import wait_until

ADDRESSES = """
print("RedshiftDataApiWebSocketEndpoint = ws://127.0.0.1:1/prod")
print("RedshiftDataApiRestApiEndpoint = http://127.0.0.1:1/prod")
print("TokenEndpoint = http://127.0.0.1:1/_local/token")
print("AwsEndpoint = http://127.0.0.1:2")
print("ready", flush=True)
"""
UNTIL_STDIN_CLOSES = "import sys\nsys.stdin.read()\n"


def child_that(code: str, folder: Path) -> EmbeddedPipeline:
    script = folder / "child.py"
    script.write_text(textwrap.dedent(code), encoding="utf-8")
    return EmbeddedPipeline(folder, (sys.executable, str(script)))


def phase_of(pipeline: EmbeddedPipeline) -> str:
    return pipeline.state().phase


def go_on(pipeline: EmbeddedPipeline) -> None:
    """Let the child read one line."""
    process = pipeline._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.write("go on\n")
    process.stdin.flush()


def test_the_addresses_are_those_that_the_child_prints(tmp_path: Path) -> None:
    pipeline = child_that(ADDRESSES + UNTIL_STDIN_CLOSES, tmp_path)
    pipeline.start()
    wait_until(lambda: phase_of(pipeline) == "ready")
    assert pipeline.endpoints() == Endpoints(
        "ws://127.0.0.1:1/prod", "http://127.0.0.1:1/prod", "http://127.0.0.1:1/_local/token"
    )
    pipeline.stop()


def test_a_report_that_changes_is_counted_and_told_once_the_child_is_ready(tmp_path: Path) -> None:
    starting = """
import logging, sys
logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
log = logging.getLogger("infra.local.reports_watcher")
log.info("reports/at-start.sql was published.")
logging.getLogger("infra.local.start").info("Reports")
sys.stdin.readline()
"""
    later = """
sys.stdin.readline()
log.info("reports/tips.sql was published.")
log.info("reports/tips.sql was looked at.")
log.info("reports/old.sql was removed.")
"""
    pipeline = child_that(starting + ADDRESSES + later + UNTIL_STDIN_CLOSES, tmp_path)
    told: list[int] = []
    pipeline.when_reports_change(lambda: told.append(pipeline.state().reports_changed))
    pipeline.start()
    wait_until(lambda: pipeline.state().sentence == "Reports.")
    assert told == []
    go_on(pipeline)
    wait_until(lambda: phase_of(pipeline) == "ready")
    go_on(pipeline)
    wait_until(lambda: told == [1, 2])
    pipeline.stop()


def test_while_it_starts_its_log_says_how_far_it_is(tmp_path: Path) -> None:
    progress = """
import logging, sys
logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
logging.getLogger("infra.local.start").info("Sample data: trips up to 31 March")
logging.getLogger("infra.local.gateway").info("Something else")
"""
    pipeline = child_that(progress + UNTIL_STDIN_CLOSES, tmp_path)
    pipeline.start()
    wait_until(lambda: pipeline.state().sentence == "Sample data: trips up to 31 March.")
    with pytest.raises(PipelineNotReady) as told:
        pipeline.endpoints()
    assert (told.value.starting, told.value.sentence) == (True, "Sample data: trips up to 31 March.")
    pipeline.stop()


def test_it_ends_when_it_is_stopped(tmp_path: Path) -> None:
    ended = tmp_path / "ended"
    pipeline = child_that(ADDRESSES + UNTIL_STDIN_CLOSES + f"open({str(ended)!r}, 'w').close()\n", tmp_path)
    pipeline.start()
    wait_until(lambda: phase_of(pipeline) == "ready")
    pipeline.stop()
    assert ended.exists()
    assert phase_of(pipeline) == "unavailable"


def test_a_child_that_dies_is_started_again_and_its_new_addresses_count(tmp_path: Path) -> None:
    dies_once = f"""
import os, sys
first = not os.path.exists({str(tmp_path / "second")!r})
open({str(tmp_path / "second")!r}, "w").close()
"""
    die = "if first:\n    sys.stdin.close()\n    os._exit(3)\n"
    pipeline = child_that(dies_once + ADDRESSES + die + UNTIL_STDIN_CLOSES, tmp_path)
    pipeline.start()
    wait_until(lambda: "started again" in (pipeline.state().sentence or ""))
    wait_until(lambda: phase_of(pipeline) == "ready")
    pipeline.stop()


def test_a_child_that_keeps_dying_is_given_up_with_a_sentence(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    pipeline = child_that(f"open({str(starts)!r}, 'a').write('x')\n", tmp_path)
    pipeline.start()
    wait_until(lambda: phase_of(pipeline) == "unavailable")
    assert len(starts.read_text()) == 4
    with pytest.raises(PipelineNotReady, match="start it again") as told:
        pipeline.endpoints()
    assert not told.value.starting


def test_a_child_that_can_never_start_here_is_not_started_again_and_its_sentence_is_told(
    tmp_path: Path,
) -> None:
    starts = tmp_path / "starts"
    refuses = f"""
import sys
open({str(starts)!r}, "a").write("x")
print("... INFO infra.local.start: Making data", file=sys.stderr)
print("There is no room: make some, and start again.", file=sys.stderr)
sys.exit(2)
"""
    pipeline = child_that(refuses, tmp_path)
    pipeline.start()
    wait_until(lambda: phase_of(pipeline) == "unavailable")
    assert pipeline.state().sentence == "There is no room: make some, and start again."
    assert starts.read_text() == "x"


def test_it_does_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    script = tmp_path / "child.py"
    script.write_text(
        f"import os\nopen({str(pid_file)!r}, 'w').write(str(os.getpid()))\n{ADDRESSES}{UNTIL_STDIN_CLOSES}"
    )
    start = f"""
import sys, time
from pathlib import Path
from dashboard.embedded import EmbeddedPipeline
from dashboard.settings import ROOT
EmbeddedPipeline(Path("."), (sys.executable, {str(script)!r})).start()
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", start])
    wait_until(lambda: pid_file.exists() and pid_file.read_text() != "")
    pid = int(pid_file.read_text())
    parent.kill()
    parent.wait()
    wait_until(lambda: not is_alive(pid))


def is_alive(pid: int) -> bool:
    """Say whether a process runs; one that waits to be reaped by init does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().split(")")[-1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.mark.parametrize(("asked", "options"), [("1", ["--faults"]), ("0", []), ("", [])])
def test_the_childs_faults_can_be_switched_on_when_that_is_asked_for(asked: str, options: list[str]) -> None:
    code = "from dashboard.embedded import COMMAND, embedded_pipeline as it; print(*it()._command[len(COMMAND):])"
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "FAULTS": asked},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == options
