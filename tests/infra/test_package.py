"""The Lambda artefact: only what a handler needs, the same bytes wherever it is built, and complete."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from infra.local.template.document import load
from infra.package import REQUIREMENTS, ROOT, PackageError, Target, build, fetch_wheels, target_of
from pipeline.settings import NEEDS
from tests.infra.local.template.edited import TEMPLATE, edited

# What is compiled for Lambda's Python cannot be imported by the Python that runs the tests.
COMPILED = ("cryptography", "cffi", "_cffi_backend")


@pytest.fixture(scope="module")
def wheels() -> Sequence[Path]:
    return fetch_wheels(ROOT / REQUIREMENTS, target_of(load(TEMPLATE)), ROOT / "build")


@pytest.fixture(scope="module")
def artefact(wheels: Sequence[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("artefact") / "lambda.zip"
    build(ROOT, wheels, out)
    return out


BUILD = """
import sys
from pathlib import Path
sys.path.insert(0, {project!r})
from infra.package import build
print(build(Path(sys.argv[1]), [Path(wheel) for wheel in sys.argv[3:]], Path(sys.argv[2])))
"""


def build_elsewhere(
    folder: Path, wheels: Sequence[Path], umask: int, changed_at: int, settings: dict[str, str]
) -> tuple[str, bytes]:
    """Build from a copy of the sources, in a process of its own; answers the hash it told and the bytes."""
    shutil.copytree(ROOT / "pipeline", folder / "pipeline")
    for path in (folder / "pipeline").rglob("*.py"):
        os.utime(path, (changed_at, changed_at))
    out = folder / "lambda.zip"
    command = [sys.executable, "-c", BUILD.format(project=str(ROOT)), str(folder), str(out)]
    done = subprocess.run(
        [*command, *map(str, wheels)],
        check=True,
        capture_output=True,
        text=True,
        umask=umask,
        env={**os.environ, **settings},
    )
    return done.stdout.strip(), out.read_bytes()


def test_two_builds_elsewhere_at_other_times_and_settings_are_the_same_bytes(
    wheels: Sequence[Path], tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there" / "deeper"
    first = build_elsewhere(
        here, wheels, 0o022, 1_400_000_000, {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "1"}
    )
    second = build_elsewhere(
        there,
        list(reversed(wheels)),
        0o077,
        1_700_000_000,
        {"LC_ALL": "C", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "2"},
    )
    assert first == second


def test_a_changed_source_is_another_artefact(wheels: Sequence[Path], tmp_path: Path) -> None:
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline")
    before = build(tmp_path, wheels, tmp_path / "lambda.zip")
    (tmp_path / "pipeline" / "log.py").write_text("changed = True\n", "utf-8")
    assert build(tmp_path, wheels, tmp_path / "lambda.zip") != before


def test_it_holds_the_pipeline_its_wheels_and_nothing_else(artefact: Path) -> None:
    names = zipfile.ZipFile(artefact).namelist()
    assert {name.partition("/")[0].partition("-")[0].partition(".")[0] for name in names} == {
        "pipeline",
        "jwt",
        "pyjwt",
        "cryptography",
        "cffi",
        "_cffi_backend",
        "pycparser",
    }
    ours = {name for name in names if name.startswith("pipeline/")}
    assert ours == {path.relative_to(ROOT).as_posix() for path in (ROOT / "pipeline").rglob("*.py")}
    assert not [name for name in names if "__pycache__" in name or name.startswith("pipeline/tests")]


def test_everything_in_it_can_be_read_by_the_function_and_carries_no_date(artefact: Path) -> None:
    entries = zipfile.ZipFile(artefact).infolist()
    assert {(entry.date_time, entry.external_attr >> 16) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 0o100644)
    }


def test_what_is_compiled_is_for_the_templates_runtime_and_architecture(artefact: Path) -> None:
    held = zipfile.ZipFile(artefact)
    compiled = {name: held.read(name) for name in held.namelist() if name.endswith(".so")}
    assert compiled
    for name, content in compiled.items():
        assert re.search(r"\.(abi3|cpython-313-x86_64-linux-gnu)\.so$", name)
        assert content[:4] == b"\x7fELF"
        assert int.from_bytes(content[18:20], "little") == 0x3E, f"{name} is not for x86_64"


IMPORT = """
import importlib, sys
artefact, packages, *handlers = sys.argv[1:]
sys.path[:0] = [artefact]
sys.path.append(packages)
for handler in handlers:
    module, _, name = handler.rpartition(".")
    assert callable(getattr(importlib.import_module(module), name)), handler
for name, module in sorted(sys.modules.items()):
    if name.partition(".")[0] in ("pipeline", "jwt", "infra", "dashboard", "tests"):
        print(name, module.__file__)
"""


@pytest.mark.parametrize("handler", sorted(NEEDS))
def test_each_handler_imports_from_the_artefact_alone(handler: str, artefact: Path, tmp_path: Path) -> None:
    """From the unpacked artefact, with nothing of the checkout on the path.

    Only boto3, which Lambda brings, and what is compiled for Lambda's own Python come from this Python's packages.
    """
    with zipfile.ZipFile(artefact) as held:
        held.extractall(tmp_path, [name for name in held.namelist() if not name.startswith(COMPILED)])
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", IMPORT, str(tmp_path), sysconfig.get_path("purelib"), handler],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
    )
    assert done.returncode == 0, done.stderr
    imported = [line.split(" ", 1) for line in done.stdout.splitlines()]
    assert handler.rpartition(".")[0] in {name for name, _ in imported}
    assert [(name, file) for name, file in imported if not file.startswith(str(tmp_path))] == []


def test_the_artefact_has_the_versions_that_run_here() -> None:
    pinned = re.findall(r"^([a-z]+)==(\S+)", (ROOT / REQUIREMENTS).read_text("utf-8"), re.MULTILINE)
    assert {name: importlib.metadata.version(name) for name, _ in pinned} == dict(pinned)
    assert {name for name, _ in pinned} == {"pyjwt", "cryptography", "cffi", "pycparser"}


def test_the_command_writes_where_the_template_looks_for_it(tmp_path: Path) -> None:
    out = tmp_path / "build" / "lambda.zip"
    done = subprocess.run(
        [sys.executable, "-m", "infra.package", "--out", str(out)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert re.fullmatch(rf"{out}: [\d,]+ bytes, SHA-256 [0-9a-f]{{64}}\n", done.stdout)
    assert f"Code: {os.path.relpath(ROOT / 'build' / 'lambda.zip', TEMPLATE.parent)}\n" in (
        TEMPLATE.read_text("utf-8")
    )


@pytest.mark.parametrize("pin", [f"pycparser==3.12 --hash=sha256:{'0' * 64}", "pycparser==3.12"])
def test_a_wheel_that_is_not_the_pinned_one_is_refused_and_not_kept(pin: str, tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(pin, "utf-8")
    with pytest.raises(PackageError, match=r"could not be fetched:[\s\S]*pycparser"):
        fetch_wheels(requirements, Target("3.13", "manylinux2014_x86_64"), tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.fast
def test_the_target_is_the_templates() -> None:
    assert target_of(load(TEMPLATE)) == Target("3.13", "manylinux2014_x86_64")


@pytest.mark.fast
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("python3.13", "python3.14", "the functions have 2 different runtimes"),
        ("[x86_64]", "[arm64]", "the functions have 2 different runtimes"),
    ],
)
def test_functions_that_differ_cannot_share_an_artefact(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    path = edited(tmp_path, old, new, "AuthorizeFunction")
    with pytest.raises(PackageError, match=said):
        target_of(load(path))


@pytest.mark.fast
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("python3.13", "nodejs24.x", "there are no wheels for nodejs24.x"),
        ("[x86_64]", "[riscv]", r"there are no wheels for python3.13 on \['riscv'\]"),
    ],
)
def test_what_has_no_wheels_is_refused(old: str, new: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "template.yaml"
    path.write_text(TEMPLATE.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(PackageError, match=said):
        target_of(load(path))
