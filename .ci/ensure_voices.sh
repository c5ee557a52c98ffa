#!/usr/bin/env bash
# Make sure that the voices of kokoro-js (Apache-2.0) are in var/voice/voices: eight files of numbers out of its npm
# package. Nothing of the package is run and none of its dependencies is fetched.
set -euo pipefail
cd "$(dirname "$0")/.."

PACKAGE=kokoro-js@1.2.1
SHA512=a2ad076495a2b37b7c94446430987ce162d4f3a769603d04b813eda989cb950cf214fd4e9320510dcc1e02a09f84d3a996dc8df63fdace9d47eaeb82e3b81287
to=var/voice/voices

.venv/voice/bin/python -c "from voice.models import check_voices; check_voices()" 2>/dev/null && exit 0
.ci/ensure_eslint.sh >/dev/null # brings npm
at="$(mktemp -d)"
trap 'rm -rf "$at"' EXIT
npm pack --silent --pack-destination "$at" "$PACKAGE" >/dev/null
echo "$SHA512  $at/kokoro-js-1.2.1.tgz" | sha512sum --check --quiet
tar -xzf "$at/kokoro-js-1.2.1.tgz" -C "$at" --wildcards 'package/voices/z[fm]_*.bin'
mkdir -p "$to"
mv "$at"/package/voices/z[fm]_*.bin "$to/"
