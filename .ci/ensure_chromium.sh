#!/usr/bin/env bash
# Make sure a Chromium and a CJK font are there; print the browser's path as the last line.
set -euo pipefail

find_browser() {
  for name in chromium chromium-browser google-chrome; do
    command -v "$name" && return 0
  done
  ls "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium-*/chrome-linux*/chrome \
    2>/dev/null | head -n 1 | grep . && return 0
  return 1
}

has_cjk_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn)" ]; }

if ! find_browser >/dev/null || ! has_cjk_font; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Install a browser and a Chinese font first: apt-get install chromium fonts-noto-cjk" >&2
    exit 1
  fi
  apt-get update -q >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium fonts-noto-cjk fontconfig >&2
fi
has_cjk_font || { echo "No Chinese font was found after installing fonts-noto-cjk." >&2; exit 1; }
find_browser
