#!/usr/bin/env python3
"""Looks for secrets in files: keys of providers, private keys, strings too random to be words.

    .ci/check_secrets.py FILE …

detect-secrets does the looking, offline; two patterns of our own find key files of this service and secrets of its
settings. What is found and known stands in known_strings.tsv with its reason. Prints one line for each finding, without
the string; the exit code is 1 when there is any.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from detect_secrets.core.scan import scan_file
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parent.parent
KNOWN = Path(__file__).with_name("known_strings.tsv")
PROVIDERS = (
    "AWSKeyDetector", "AzureStorageKeyDetector", "BasicAuthDetector", "GitHubTokenDetector", "GitLabTokenDetector",
    "JwtTokenDetector", "NpmDetector", "OpenAIDetector", "PrivateKeyDetector", "PypiTokenDetector", "SlackDetector",
    "TwilioKeyDetector",
)  # fmt: skip
RANDOM = ("Base64HighEntropyString", "HexHighEntropyString")
# Pictures and fonts hold no text; hashes of packages are published; lists of words are no strings of ours.
PASSED_OVER = re.compile(
    r"\.(?:png|webp|ico|woff2)$|requirements[\w-]*\.txt$|^package-lock\.json$|^nlu_data/|/static/(?:pinyin|vendor)/"
    r"|^\.ci/known_strings\.tsv$"
)
# Both are linear: one class of signs each, bounded.
OURS = (
    ("key file", re.compile(r"(?<![0-9a-fA-F])[0-9a-f]{64}(?![0-9a-fA-F])")),
    (
        "secret of a setting",
        re.compile(
            r"(?:AUTH_TOKEN|AES_KEY|WECHAT_TOKEN|SECRET|PASSWORD|API_KEY)[ \t]{0,3}[=:][ \t]{0,3}([\w+/=-]{12,200})"
        ),
    ),
)


def findings(name: str) -> Iterator[tuple[str, int, str]]:
    """(kind, line, mark of the string) of everything in a file, known or not; `name` is relative to the checkout."""
    if PASSED_OVER.search(name) or not (ROOT / name).is_file():
        return
    words = () if name.startswith("tests/") else ("KeywordDetector",)  # tests have passwords of invented people
    plugins = [{"name": one} for one in (*PROVIDERS, *RANDOM, *words)]
    with transient_settings({"plugins_used": plugins, "filters_used": []}):
        for one in scan_file(str(ROOT / name)):
            yield one.type, one.line_number, mark(one.secret_value or "")
    for number, line in enumerate((ROOT / name).read_text("utf-8", "replace").splitlines(), 1):
        for kind, pattern in OURS:
            for match in pattern.finditer(line):
                yield kind, number, mark(match[match.re.groups])


def mark(string: str) -> str:
    """What the list of known strings holds in place of a string."""
    return sha256(string.encode()).hexdigest()[:16]


def known() -> dict[tuple[str, str], str]:
    """(file, mark) → reason."""
    rows = [line.split("\t") for line in KNOWN.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return {(name, seen): reason for name, seen, reason in rows}


def main(paths: list[str]) -> int:
    allowed, bad = known(), set()
    for path in paths:
        name = Path(path).resolve().relative_to(ROOT).as_posix()
        if (name, "*") not in allowed:
            bad |= {(name, line, kind, seen) for kind, line, seen in findings(name) if (name, seen) not in allowed}
    for name, line, kind, seen in sorted(bad):
        print(f"{name}:{line}: {kind} (mark {seen}); take it out, or list it in .ci/{KNOWN.name} with its reason")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
