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
    stop "$python is too old ($("$python" --version 2>&1)). Install Python 3.11 or newer, or name one: make PYTHON=python3.13 …"

wanted="requirements.txt"
[ "${1:-run}" = test ] && wanted="requirements.txt tests/requirements.txt"
# The checkout's place is part of the stamp: an environment that was moved does not work.
stamp=".venv/.ready-${1:-run}"
state=$( (pwd; "$python" --version; cat requirements.txt tests/requirements.txt constraints.txt pyproject.toml infra/setup.sh) | cksum)
# What the last set-up that came to its end left there. A broken-off one has no such list.
packages=".venv/.packages"
installed() { ls .venv/lib/python3*/site-packages 2>/dev/null | grep -v '^__pycache__$' | LC_ALL=C sort; }
whole() { [ -x .venv/bin/python ] && [ -f "$packages" ] && [ -z "$(installed | LC_ALL=C comm -23 "$packages" -)" ]; }
ready() { [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$state" ] && whole; }
ready && exit 0

for folder in . .venv; do
    [ ! -e "$folder" ] || [ -w "$folder" ] ||
        stop "Nothing can be written in $(cd "$folder" && pwd). Copy the project to a folder of your own, then run this again there."
done
[ "$(df -Pk . | awk 'END { print $4 }')" -gt 1000000 ] ||
    stop "Setting up takes 1 GB, and $(pwd) has less. Make room there, then run this again."

# The lock is this folder's, held by us and all that we start: the system lets it go when the last of them has ended.
exec 9<.
lock() { "$python" -c "import fcntl; fcntl.flock(9, fcntl.LOCK_EX | $1)" 9<&9 2>/dev/null; }
if ! lock fcntl.LOCK_NB; then
    say "Another set-up of this checkout is under way: waiting until it has ended …"
    lock 0 || true # not every file system has locks
    ready && exit 0
fi

say "Setting up .venv/ (once; about half a minute) …"
whole && [ "$(.venv/bin/python -c 'import sys; print(sys.prefix)' 2>/dev/null)" = "$(pwd)/.venv" ] || rm -rf .venv
if [ ! -x .venv/bin/pip ]; then
    "$python" -m venv .venv >/dev/null 2>&1 ||
        stop "Python cannot make virtual environments here. On Debian: apt install python3-venv. Then run this again."
fi
rm -f "$packages"
install() {
    said=$("$@" 2>&1) ||
        stop "Packages could not be installed ($(printf '%s' "$said" | tail -n 1)). Nothing is lost: check the network, then run this again."
}
install .venv/bin/pip install --quiet --retries 2 --disable-pip-version-check uv==0.13.9
arguments=""
for file in $wanted; do arguments="$arguments -r $file"; done
# shellcheck disable=SC2086 # the arguments are words of our own
install .venv/bin/uv pip install --quiet --python .venv/bin/python $arguments
if [ "${1:-run}" = test ]; then
    .venv/bin/python -m tests.browser.chromium || exit 1
fi
installed >"$packages"
printf '%s' "$state" >"$stamp"
