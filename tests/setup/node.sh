#!/usr/bin/env bash
# Print the folder of a Node that is new enough (20.19): the system's, else Node 22 fetched into build/node by npm.
set -euo pipefail
cd "$(dirname "$0")/../.."
enough='const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
fetched=build/node/node_modules/.bin

for folder in "$(dirname "$(command -v node || echo /none)")" "$PWD/$fetched"; do
    if [ -x "$folder/node" ] && [ -e "$folder/npm" ] && "$folder/node" -e "$enough"; then
        echo "$folder"
        exit
    fi
done
command -v npm > /dev/null ||
    { echo "Node 20.19 or newer with npm is missing: apt-get install nodejs npm (an older Node will do to fetch a newer one)" >&2; exit 1; }
echo "Fetching Node 22 into build/node …" >&2
mkdir -p build/node
# npm comes along: Debian's npm finds its own parts only under Debian's Node.
npm install --silent --no-audit --no-fund --prefix build/node node@22 npm@10 >&2
echo "$PWD/$fetched"
