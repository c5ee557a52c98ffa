"""Measure the window or the field proposal on a labelled CSV.

Usage: python tests/bench/eval_routing.py FILE.csv [--errors]
The file has columns text, label and optionally alt_label and genre. Only counts are printed,
never a text.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kiosk_api.domain.routing import propose  # noqa: E402

WINDOW_LABELS = {
    "court": "court",
    "procuratorate": "procuratorate",
    "public_security": "police",
    "labour_arbitration": "arbitration",
    "discipline": "discipline",
    "administrative_reconsideration": "ordinary",
    "petition_office": "ordinary",
}
DOMAIN_LABELS = {
    "urban_rural_construction": "城乡建设", "agriculture": "农村农业", "political_legal": "政法",
    "education_culture_sport": "教育文体", "labour_social_security": "劳动和社会保障",
    "civil_affairs": "民政", "party_government": "党务政务", "economy": "经济管理",
    "health": "卫生计生", "commerce_tourism": "商贸旅游", "environment": "环境保护",
    "transport": "交通运输", "discipline_supervision": "纪检监察", "land_resources": "国土资源",
    "science_industry": "科技与信息产业",
}


def main(path: str, show_errors: bool) -> None:
    """Print accuracy, macro-F1, false alarms, confusion pairs and the time per text."""
    with open(path, encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    windows = "genre" in rows[0]
    table = WINDOW_LABELS if windows else DOMAIN_LABELS
    strict: dict[str, list[bool]] = defaultdict(list)
    lenient: dict[str, list[bool]] = defaultdict(list)
    alarms: list[bool] = []
    pairs: Counter[tuple[str, str]] = Counter()
    guesses: list[tuple[str, str]] = []
    spent = 0.0
    for row in rows:
        start = time.perf_counter()
        proposal = propose(row["text"])
        spent += time.perf_counter() - start
        guess = table[proposal.window if windows else proposal.domain]
        genre = row.get("genre") or "all"
        right = guess == row["label"]
        strict[genre].append(right)
        lenient[genre].append(right or guess == row.get("alt_label"))
        guesses.append((row["label"], guess))
        if row["label"] == "ordinary":
            alarms.append(guess != "ordinary" and guess != row.get("alt_label"))
        if not right:
            pairs[(row["label"], guess)] += 1
    for genre, hits in strict.items():
        either = lenient[genre]
        print(f"{genre}: {sum(hits)}/{len(hits)} = {sum(hits) / len(hits):.3f}"
              f" (either label {sum(either) / len(either):.3f})")
    scores = []
    for label in sorted({label for label, _ in guesses}):
        true = sum(1 for pair in guesses if pair == (label, label))
        wrong = sum(1 for want, got in guesses if got == label != want)
        missed = sum(1 for want, got in guesses if want == label != got)
        f1 = 2 * true / (2 * true + wrong + missed) if true else 0.0
        scores.append(f1)
        print(f"  {label}: F1 {f1:.3f} (right {true}, wrongly given {wrong}, missed {missed})")
    print(f"macro-F1 {sum(scores) / len(scores):.3f}")
    if alarms:
        print(f"false alarms on ordinary matters: {sum(alarms)}/{len(alarms)}")
    if show_errors:
        for (want, got), count in pairs.most_common():
            print(f"  {want} -> {got}: {count}")
    print(f"{1000 * spent / len(rows):.2f} ms a text")


if __name__ == "__main__":
    main(sys.argv[1], "--errors" in sys.argv)
