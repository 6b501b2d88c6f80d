"""Builds the Lambda artefact: `python -m infra.package --out build/lambda.zip`, without credentials.

It holds the package `pipeline` and the wheels of `pipeline/requirements.txt`, for the runtime and architecture that the
template names, whatever machine builds it. The same sources give the same bytes anywhere: nothing of the machine, its
clock or its settings enters the file.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.local.template.document import Template, load
from infra.local.template.nodes import plain

ROOT = Path(__file__).parents[1]
REQUIREMENTS = Path("pipeline/requirements.txt")
TEMPLATE = Path("infra/template.yaml")
# A zip file cannot name an earlier day.
_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODE = 0o100644 << 16
_PLATFORMS = {"x86_64": "manylinux2014_x86_64", "arm64": "manylinux2014_aarch64"}


class PackageError(Exception):
    """The artefact cannot be built; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Target:
    """What the wheels are for: a Python version such as `3.13`, and a platform as pip names it."""

    python: str
    platform: str


def target_of(template: Template) -> Target:
    """Give the one runtime and architecture of the template's functions.

    Raises:
        PackageError: they differ, or one is no Python, or no architecture that Lambda has.
    """
    found = {
        (str(written.get("Runtime")), str(written.get("Architectures")))
        for written in _written_functions(template)
    }
    if len(found) != 1:
        raise PackageError(
            f"{template.file}: the functions have {len(found)} different runtimes, for one artefact."
        )
    ((runtime, architectures),) = found
    for architecture, platform in _PLATFORMS.items():
        if architectures == str([architecture]) and runtime.startswith("python"):
            return Target(runtime.removeprefix("python"), platform)
    raise PackageError(f"{template.file}: there are no wheels for {runtime} on {architectures}.")


def _written_functions(template: Template) -> Iterable[Mapping[str, object]]:
    for resource in template.resources.values():
        written = plain(resource.properties)
        if resource.resource_type == "AWS::Lambda::Function" and isinstance(written, Mapping):
            yield written


def fetch_wheels(requirements: Path, target: Target, cache: Path) -> Sequence[Path]:
    """Give the wheels of a requirements file; they are fetched once, into a folder of `cache` of their own.

    Raises:
        PackageError: a wheel could not be had, or is not the one that its hash names.
    """
    text = f"{target}\n{requirements.read_text(encoding='utf-8')}"
    folder = cache / f"wheels-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as fetched:
            _download(requirements, target, Path(fetched) / "wheels")
            (Path(fetched) / "wheels").rename(folder)
    return sorted(folder.glob("*.whl"))


def _download(requirements: Path, target: Target, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--only-binary", ":all:", "--implementation", "cp"]
    command += ["--python-version", target.python, "--platform", target.platform]
    command += ["--dest", str(folder), "--requirement", str(requirements)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise PackageError(f"The wheels of {requirements} could not be fetched:\n{done.stderr.strip()}")


def build(root: Path, wheels: Iterable[Path], out: Path) -> str:
    """Write the artefact of the checkout `root`; answers its SHA-256."""
    content = dict(_pipeline_files(root))
    for wheel in wheels:
        content.update(_wheel_files(wheel))
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_name(f"{out.name}.part")
    # Stored, not deflated: another version of zlib would give other bytes.
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as artefact:
        for name in sorted(content):
            artefact.writestr(_entry(name), content[name])
    unfinished.replace(out)
    return hashlib.sha256(out.read_bytes()).hexdigest()


def _pipeline_files(root: Path) -> Iterable[tuple[str, bytes]]:
    for path in (root / "pipeline").rglob("*.py"):
        yield path.relative_to(root).as_posix(), path.read_bytes()


def _wheel_files(wheel: Path) -> Iterable[tuple[str, bytes]]:
    with zipfile.ZipFile(wheel) as held:
        for name in held.namelist():
            if not name.endswith("/"):
                yield name, held.read(name)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.create_system, entry.external_attr = _UNIX, _MODE
    return entry


def main(arguments: Sequence[str]) -> int:
    """Build the artefact, and say where it is."""
    parser = argparse.ArgumentParser(prog="python -m infra.package", description="Build the Lambda artefact.")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "lambda.zip")
    out: Path = parser.parse_args(arguments).out
    try:
        wheels = fetch_wheels(ROOT / REQUIREMENTS, target_of(load(ROOT / TEMPLATE)), ROOT / "build")
        digest = build(ROOT, wheels, out)
    except PackageError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{out}: {out.stat().st_size:,} bytes, SHA-256 {digest}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
