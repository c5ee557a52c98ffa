#!/usr/bin/env bash
# Make sure espeak-ng, the fallback voice, and curl, which the terminal's watchdog calls, are there;
# print the voice's path as the last line.
set -euo pipefail

if ! command -v espeak-ng >/dev/null || ! command -v curl >/dev/null; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Install the speech program first: apt-get install espeak-ng curl" >&2
    exit 1
  fi
  apt-get update -q >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q espeak-ng curl >&2
fi
espeak-ng --voices=cmn | grep -q cmn || { echo "espeak-ng has no Mandarin voice." >&2; exit 1; }
command -v espeak-ng
