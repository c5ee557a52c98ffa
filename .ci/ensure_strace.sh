#!/usr/bin/env bash
# Make sure strace is there, which shows that the disk is asked before the citizen is answered; print its path.
set -euo pipefail

if ! command -v strace >/dev/null; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Install strace first: apt-get install strace" >&2
    exit 1
  fi
  apt-get update -q >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends strace >&2
fi
command -v strace
