#!/usr/bin/env bash
# Restart the server after three missed answers in a row, and the screen when its browser is gone.
#   KIOSK_URL, KIOSK_STATE (a folder in tmpfs), SYSTEMCTL (for tests)
set -euo pipefail

url="${KIOSK_URL:-http://127.0.0.1:8000/}"
misses="${KIOSK_STATE:-/run/kiosk-watchdog}/misses"
systemctl="${SYSTEMCTL:-systemctl}"

if curl --silent --fail --max-time 5 --noproxy '*' "${url%/}/healthz" >/dev/null; then
  rm -f "$misses"
else
  count=$(( $(cat "$misses" 2>/dev/null || echo 0) + 1 ))
  echo "$count" >"$misses"
  echo "no answer from the server: $count" >&2
  if [ "$count" -ge 3 ]; then
    rm -f "$misses"
    "$systemctl" restart petition.service
  fi
fi
"$systemctl" is-active --quiet kiosk.service || "$systemctl" restart kiosk.service
