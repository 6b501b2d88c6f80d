"""The same seed gives the same trips on every x86-64 machine, whatever its processor can do."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np

from tests.infra.local.data.trips.day_hashes import hashes

# What newer processors have and NumPy or the C library would use: powers and logarithms then differ in the last bit.
NUMPY_FEATURES: list[str] = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
LIBRARY_FEATURES = "glibc.cpu.hwcaps=-AVX2,-AVX2_Usable,-FMA,-FMA_Usable,-FMA4,-AVX512F,-AVX512F_Usable,-AVX"
PLAIN = {"NPY_DISABLE_CPU_FEATURES": " ".join(NUMPY_FEATURES), "GLIBC_TUNABLES": LIBRARY_FEATURES}


def test_a_processor_without_vector_features_makes_the_same_trips() -> None:
    plain = _printed(PLAIN)

    assert plain == str(hashes())


def test_powers_do_differ_between_such_processors() -> None:
    # Otherwise the test above would compare a machine with itself; as it does where there is nothing to switch off.
    command = (
        "import numpy as np; print(np.exp(np.linspace(-3, 3, 10**6, dtype=np.float32)).tobytes().__hash__())"
    )
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    differs = _output(["-c", command], environment) != _output(["-c", command], environment | PLAIN)

    assert differs == bool(NUMPY_FEATURES)


def _printed(environment: dict[str, str]) -> str:
    return _output(["-m", "tests.infra.local.data.trips.day_hashes"], os.environ | environment)


def _output(arguments: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()
