#!/usr/bin/env bash
# venv.sh PYTHON LOCK: install the packages of a hashed lock into .venv, which is made if it is not there.
set -euo pipefail
python=$1 lock=$2

if [ ! -x .venv/bin/python ]; then
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        { echo "Backtone needs Python 3.11 or newer; say which: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
    "$python" -c 'import ensurepip' 2>/dev/null ||
        { echo "Python's venv module is missing: apt-get install python3-venv" >&2; exit 1; }
    "$python" -m venv .venv
fi
echo "Installing Python packages ($lock) …"
.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
