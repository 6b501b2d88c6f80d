#!/bin/sh
# Sets up .venv/ in this checkout: `sh infra/setup.sh run` for the product, `sh infra/setup.sh test` for the tests too.
# Quick when everything is there; safe to interrupt and to repeat.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

python=${PYTHON:-python3}
command -v "$python" >/dev/null 2>&1 || stop "Python is missing. Install Python 3.11 or newer, then run this again."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "$("$python" --version) is too old. Install Python 3.11 or newer, or name one: make PYTHON=python3.13 …"

wanted="requirements.txt"
[ "${1:-run}" = test ] && wanted="requirements.txt tests/requirements.txt"
# The checkout's place is part of the stamp: an environment that was moved does not work.
stamp=".venv/.ready-${1:-run}"
state=$( (pwd; "$python" --version; cat requirements.txt tests/requirements.txt constraints.txt pyproject.toml infra/setup.sh) | cksum)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$state" ] && exit 0

say "Setting up .venv/ (once; about half a minute) …"
[ -x .venv/bin/python ] && [ "$(.venv/bin/python -c 'import sys; print(sys.prefix)' 2>/dev/null)" = "$(pwd)/.venv" ] ||
    rm -rf .venv
if [ ! -x .venv/bin/pip ]; then
    "$python" -m venv .venv >/dev/null 2>&1 ||
        stop "Python cannot make virtual environments here. On Debian: apt install python3-venv. Then run this again."
fi
network="Packages could not be downloaded. Nothing is lost: check the network, then run this again."
.venv/bin/pip install --quiet --disable-pip-version-check uv==0.13.9 || stop "$network"
arguments=""
for file in $wanted; do arguments="$arguments -r $file"; done
# shellcheck disable=SC2086 # the arguments are words of our own
.venv/bin/uv pip install --quiet --python .venv/bin/python $arguments || stop "$network"
if [ "${1:-run}" = test ]; then
    .venv/bin/python -m tests.browser.chromium || exit 1
fi
printf '%s' "$state" >"$stamp"
