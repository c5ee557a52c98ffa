#!/usr/bin/env bash
# Make sure that the programs which check units and alert rules are there: systemd-analyze, promtool, libseccomp.
set -euo pipefail
PATH="$PATH:/usr/sbin:/sbin"

missing=()
command -v systemd-analyze >/dev/null || missing+=(systemd)
command -v promtool >/dev/null || missing+=(prometheus)
/usr/bin/python3 -c "import seccomp" 2>/dev/null || missing+=(python3-seccomp)
if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Install them first: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  apt-get update -q >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
fi
command -v systemd-analyze promtool
