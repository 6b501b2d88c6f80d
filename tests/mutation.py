"""The mutation check of the protocol's pure code: `make mutants`, of one module with MODULE=pipeline.core.records.

mutmut works in build/mutants/, on a copy of this checkout. It changes one expression at a time in the modules that
pyproject.toml names, and runs those of the fast tests that reach the changed function; property tests are left out, so
that what notices a change is a specification. What stands outside functions, and properties, it does not change.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPY = ROOT / "build" / "mutants"
LEAST_NOTICED = 0.9
_COPIED = ("pipeline", "dashboard", "sql", "tests")
_NOTICED = frozenset({"killed", "timeout", "segfault"})


def make_copy() -> None:
    """Lay the checkout as it is now into an empty folder."""
    shutil.rmtree(COPY, ignore_errors=True)
    for room in _COPIED:
        shutil.copytree(ROOT / room, COPY / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", COPY)


def mutmut(*arguments: str) -> list[str]:
    """Give the command of mutmut with its arguments."""
    return [str(Path(sys.executable).with_name("mutmut")), *arguments]


def read_results(lines: Sequence[str], modules: Sequence[str] = ()) -> dict[str, str]:
    """Read what `mutmut results --all true` printed: what became of each mutant of these modules, or of all."""
    pairs = (line.strip().split(": ", 1) for line in lines if ": " in line)
    return {name: outcome for name, outcome in pairs if not modules or _module_of(name) in modules}


def noticed_share(results: Mapping[str, str]) -> float:
    """Say which share of the mutants the tests noticed, from 0 to 1; 0 where there were none."""
    return sum(outcome in _NOTICED for outcome in results.values()) / max(1, len(results))


def table(results: Mapping[str, str]) -> list[str]:
    """Give the lines that a person reads: the mutants that nothing noticed, then each module and the sum."""
    survivors = [f"{name}: {outcome}" for name, outcome in results.items() if outcome not in _NOTICED]
    modules = Counter(map(_module_of, results))
    survived = Counter(map(_module_of, survivors))
    rows = [(name, count - survived[name], survived[name]) for name, count in sorted(modules.items())]
    rows.append((f"all: {noticed_share(results):.1%}", len(results) - len(survivors), len(survivors)))
    return [*survivors, *(f"{name:<42}{killed:>6} killed{left:>5} survived" for name, killed, left in rows)]


def _module_of(mutant: str) -> str:
    return mutant.rpartition(".")[0]


def main(modules: Sequence[str]) -> int:
    """Run the check; not 0 where the tests notice too little."""
    make_copy()
    subprocess.run(
        mutmut("run", "--max-children", "2", *(f"{name}.x*" for name in modules)), cwd=COPY, check=True
    )
    listed = subprocess.run(
        mutmut("results", "--all", "true"), cwd=COPY, check=True, capture_output=True, text=True
    )
    results = read_results(listed.stdout.splitlines(), modules)
    print("\n".join(table(results)))  # noqa: T201 - what this command is for
    print(f"See one with: cd {COPY} && mutmut show <name>")  # noqa: T201 - as above
    return 0 if noticed_share(results) >= LEAST_NOTICED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
