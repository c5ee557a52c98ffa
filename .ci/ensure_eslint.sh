#!/usr/bin/env bash
# Make sure that ESLint, which checks the pages' scripts, is installed as package-lock.json says; print
# its path as the last line. A stamp holds what it was installed from.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=node_modules/.stamp
wanted="$(sha256sum < package-lock.json)"
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
  if ! command -v npm >/dev/null; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
      echo "Install npm first: apt-get install npm" >&2
      exit 1
    fi
    apt-get update -q >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends npm >&2
  fi
  npm ci --silent --no-progress >&2 || { echo "npm could not install what package-lock.json lists." >&2; exit 1; }
  echo "$wanted" > "$stamp"
fi
echo "$PWD/node_modules/eslint/bin/eslint.js"
