#!/usr/bin/env bash
# Install what the tests need of the system: a browser, a font for Chinese, DNS servers, Redis, Node. As root by apt, else say what.
set -euo pipefail
missing=()
need() { [ -n "$2" ] || missing+=("$1"); }

need chromium "$(command -v chromium || true)"
need fonts-noto-cjk "$(ls -d /usr/share/fonts/opentype/noto/NotoSansCJK* /usr/share/fonts/noto-cjk/* 2> /dev/null | head -1)"
need nsd "$(command -v nsd || ls /usr/sbin/nsd 2> /dev/null || true)"
need unbound "$(command -v unbound || ls /usr/sbin/unbound 2> /dev/null || true)"
need redis-server "$(command -v redis-server || true)"
need nodejs "$(command -v node || true)"
need npm "$(command -v npm || true)"
[ -x .venv/bin/python ] || need python3-venv "$(python3 -c 'import ensurepip; print(1)' 2> /dev/null || true)"

if [ ${#missing[@]} -eq 0 ]; then
    exit
elif [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    echo "The tests need: ${missing[*]}. On Debian: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
fi
echo "Installing ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
# The tests start their own DNS servers on ports of their own; apt must not start the system's.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod +x "$policy"
    trap 'rm -f "$policy"' EXIT
fi
log=$(mktemp)
{ apt-get -o DPkg::Lock::Timeout=300 -q update && apt-get -o DPkg::Lock::Timeout=300 -q -y --no-install-recommends install "${missing[@]}"; } > "$log" 2>&1 ||
    { tail -20 "$log" >&2; exit 1; }
rm -f "$log"
