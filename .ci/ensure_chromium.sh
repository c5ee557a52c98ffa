#!/usr/bin/env bash
# Make sure that two browsers and a Chinese font are there: the small headless one that drives the
# pages, and the full one for profiles, windows and policies.
set -euo pipefail

PACKAGES=(chromium-headless-shell chromium fonts-noto-cjk fonts-liberation fontconfig)

has_browsers() { command -v chromium-headless-shell >/dev/null && command -v chromium >/dev/null; }
has_fonts() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn)" ] && [ -n "$(fc-list 'Liberation Sans')" ]; }

if ! has_browsers || ! has_fonts; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Install the browsers and fonts first: apt-get install ${PACKAGES[*]}" >&2
    exit 1
  fi
  apt-get update -q >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${PACKAGES[@]}" >&2
fi
has_browsers || { echo "No Chromium was found after installing it." >&2; exit 1; }
has_fonts || { echo "No Chinese font was found after installing fonts-noto-cjk." >&2; exit 1; }
