#!/usr/bin/env bash
# Make sure that node, which runs the pages' own scripts in tests, is there and recent enough (18.19 or
# later); print its path as the last line.
set -euo pipefail

find_node() {
  for name in "${NODE:-}" node nodejs; do
    [ -n "$name" ] && command -v "$name" >/dev/null || continue
    # check for the needed function, not for the version number
    "$name" -e 'process.exit(require("node:module").register ? 0 : 1)' 2>/dev/null || continue
    command -v "$name"
    return 0
  done
  return 1
}

if ! find_node >/dev/null; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Install node 18.19 or later first: apt-get install nodejs" >&2
    exit 1
  fi
  apt-get update -q >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends nodejs >&2
fi
find_node || { echo "node 18.19 or later was not found after installing nodejs." >&2; exit 1; }
