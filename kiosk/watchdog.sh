#!/usr/bin/env bash
# Restart the server after three missed answers in a row, and the screen when its browser is gone.
# A server that was started in the last ten minutes may still be installing or learning: let it.
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
  since="$("$systemctl" show --property=ActiveEnterTimestampMonotonic --value petition.service 2>/dev/null || true)"
  age=$(( $(cut -d. -f1 /proc/uptime) - ${since:-0} / 1000000 ))
  if [ "$count" -ge 3 ] && [ "$age" -ge "${KIOSK_STARTING_S:-600}" ]; then
    rm -f "$misses"
    # on a terminal whose server is another machine there is no such unit
    "$systemctl" restart petition.service || true
  fi
fi
"$systemctl" is-active --quiet kiosk.service || "$systemctl" restart kiosk.service
