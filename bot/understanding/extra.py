"""A bureau's own rows: texts with a window, a field or both, from a CSV file.

Columns: `text`, and any of `window`, `domain`, `hot_field`, `kind`; or one column `label` whose
values name a window or a field. Labels may be the identifiers or their usual Chinese names.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from pathlib import Path

from bot.understanding.matters import KINDS, WINDOWS, Matter

DOMAINS = {
    "城乡建设": "urban_rural_construction", "农村农业": "agriculture", "政法": "political_legal",
    "教育文体": "education_culture_sport", "劳动和社会保障": "labour_social_security",
    "民政": "civil_affairs", "党务政务": "party_government", "经济管理": "economy",
    "卫生计生": "health", "商贸旅游": "commerce_tourism", "环境保护": "environment",
    "交通运输": "transport", "纪检监察": "discipline_supervision", "国土资源": "land_resources",
    "科技与信息产业": "science_industry",
}  # fmt: skip
WINDOW_NAMES = {
    "法院": "court", "检察院": "procuratorate", "公安": "public_security", "公安机关": "public_security",
    "纪检监察": "discipline", "纪委监委": "discipline", "劳动仲裁": "labour_arbitration",
    "劳动监察": "labour_arbitration", "行政复议": "administrative_reconsideration",
    "信访": "petition_office", "police": "public_security", "arbitration": "labour_arbitration",
    "reconsideration": "administrative_reconsideration", "ordinary": "petition_office",
}  # fmt: skip
HELD_BACK = 5  # one row in five is kept to measure on


class BadRows(ValueError):
    """The file cannot be learnt from; the message says where and what to do."""


def read_extra(path: Path) -> list[Matter]:
    """All rows; raises BadRows with the line of the first bad one."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        columns = set(reader.fieldnames or ())
        if "text" not in columns or not columns & {"label", "window", "domain"}:
            raise BadRows(f"{path}: the first line must name the columns: text, and label or window or domain")
        rows = [
            _matter(row, f"{path}:{number}") for number, row in enumerate(reader, 2) if (row.get("text") or "").strip()
        ]
    if not rows:
        raise BadRows(f"{path}: no rows")
    return rows


def _matter(row: dict[str, str | None], where: str) -> Matter:
    text = str(row["text"]).strip()
    window, domain = _window(row.get("window"), where), _domain(row.get("domain"), where)
    if label := (row.get("label") or "").strip():
        if label in DOMAINS or label in DOMAINS.values():
            domain = _domain(label, where)
        else:
            window = _window(label, where)
    kind = (row.get("kind") or "").strip() or None
    if kind and kind not in KINDS:
        raise BadRows(f"{where}: unknown kind {kind!r}: {', '.join(KINDS)}")
    if not (window or domain):
        raise BadRows(f"{where}: neither window nor field")
    return Matter(
        text=text,
        situation=f"extra-{digest(text)}",
        window=window,
        domain=domain,
        kind=kind,
        hot_field=(row.get("hot_field") or "").strip() or None,
        voice="site",
    )


def _window(value: str | None, where: str) -> str | None:
    name = (value or "").strip()
    found = WINDOW_NAMES.get(name, name) or None
    if found and found not in WINDOWS:
        raise BadRows(f"{where}: unknown window {name!r}: {', '.join(WINDOWS)}")
    return found


def _domain(value: str | None, where: str) -> str | None:
    name = (value or "").strip()
    found = DOMAINS.get(name, name) or None
    if found and found not in DOMAINS.values():
        raise BadRows(f"{where}: unknown field {name!r}: {', '.join(DOMAINS)}")
    return found


def digest(text: str) -> str:
    """Sixteen characters of a text's hash."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def held_back(rows: Iterable[Matter]) -> tuple[list[Matter], list[Matter]]:
    """(to learn from, to measure on); a text is always on the same side, whatever the file."""
    learn: list[Matter] = []
    measure: list[Matter] = []
    for row in rows:
        (measure if int(digest(row.text), 16) % HELD_BACK == 0 else learn).append(row)
    return learn, measure


def write_extra(path: Path, rows: Iterable[Matter]) -> None:
    """Rows as `read_extra` reads them; only the owner may read the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    names = ("text", "window", "domain", "kind", "hot_field")
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(names)
        writer.writerows([getattr(row, name) or "" for name in names] for row in rows)
