#!/usr/bin/env bash
# Make sure that Zinnia and its model of simplified Chinese are there; print the model's path.
set -euo pipefail

MODEL="${KIOSK_HANDWRITING_MODEL:-/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model}"

has_library() { [ -n "$(ls /usr/lib/*/libzinnia.so.0 /usr/lib/libzinnia.so.0 2>/dev/null || true)" ]; }

if ! has_library || [ ! -f "$MODEL" ]; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Install handwriting first: apt-get install libzinnia0 tegaki-zinnia-simplified-chinese" >&2
    exit 1
  fi
  apt-get update -q >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    libzinnia0 tegaki-zinnia-simplified-chinese >&2
fi
[ -f "$MODEL" ] || { echo "The handwriting model is not at $MODEL." >&2; exit 1; }
echo "$MODEL"
