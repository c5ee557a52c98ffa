#!/usr/bin/env bash
# The browser of the terminal: one page, no address bar, nothing kept. Ends when the browser ends.
#   KIOSK_URL       the page (default http://127.0.0.1:8000/)
#   KIOSK_BROWSER   the browser's program (default chromium)
#   KIOSK_FLAGS     more flags, parted by spaces
#   KIOSK_PROFILES  where the profile lives for one run (default $XDG_RUNTIME_DIR, a tmpfs)
set -euo pipefail

url="${KIOSK_URL:-http://127.0.0.1:8000/}"
browser="${KIOSK_BROWSER:-chromium}"
read -r -a more <<<"${KIOSK_FLAGS:-}"

profile="$(mktemp -d "${KIOSK_PROFILES:-${XDG_RUNTIME_DIR:-/run/user/$(id -u)}}/terminal.XXXXXX")"
child=""
end() {
  [ -z "$child" ] || kill "$child" 2>/dev/null || true
  [ -z "$child" ] || wait "$child" 2>/dev/null || true
  # the browser's helpers may still be writing when it has gone
  for _ in $(seq 50); do
    rm -rf -- "$profile" 2>/dev/null && [ ! -e "$profile" ] && break
    sleep 0.1
  done
}
trap end EXIT
trap 'exit 143' TERM INT

# Right after power-on the server may still be starting.
for _ in $(seq 60); do
  curl --silent --fail --max-time 2 --noproxy '*' "${url%/}/healthz" >/dev/null && break
  sleep 1
done

"$browser" \
  --kiosk --incognito --kiosk-printing \
  --user-data-dir="$profile" --disk-cache-dir="$profile/cache" --disk-cache-size=1048576 \
  --no-first-run --no-default-browser-check --noerrdialogs --disable-session-crashed-bubble \
  --disable-pinch --overscroll-history-navigation=0 --disable-features=Translate \
  --disable-sync --disable-component-update --disable-background-networking \
  --password-store=basic --check-for-update-interval=31536000 \
  --autoplay-policy=no-user-gesture-required --lang=zh-CN --accept-lang=zh-CN \
  "${more[@]}" "$url" &
child=$!
wait "$child"
