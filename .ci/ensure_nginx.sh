#!/usr/bin/env bash
# Make sure nginx, the public edge, is there; print its path as the last line.
set -euo pipefail
PATH="$PATH:/usr/sbin"

if ! command -v nginx >/dev/null; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Install nginx first: apt-get install nginx-light" >&2
    exit 1
  fi
  apt-get update -q >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends nginx-light >&2
fi
command -v nginx
