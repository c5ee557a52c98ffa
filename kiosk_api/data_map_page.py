"""The operators' page about what is kept, rendered from the map."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kiosk_api.persistence.data_map import About, DataMap, Kept, MappedTable, Protection, lifetime

PROTECTION = {
    Protection.SEALED: "密文",
    Protection.MARK: "单向标记",
    Protection.HASH: "散列",
    Protection.PLAIN: "明文",
}
ABOUT = {
    About.NOBODY: "—",
    About.CASE: "信访件",
    About.CITIZEN: "个人信息",
    About.SENSITIVE: "个人信息，可能敏感",
    About.STAFF: "工作人员",
}
KEPT = {
    Kept.CASE: "和信访件一样久",
    Kept.EVENT: "从经过算出，和信访件一样久",
    Kept.OFFICE: "一直",
    Kept.ACCOUNT: "和账号一样久",
    Kept.SETTING: "本单位定（`KIOSK_KEEP_CASES_YEARS`）；没有定以前一直留着",
}
_HEAD = """# 存了什么、为什么、多久 · data map

这一页由 `python -m kiosk_api.cli data-map` 从 `kiosk_api/persistence/data_map.toml` 写出，测试保证它和数据库一致。要改请改那个文件。

怎样到期清除、怎样应本人要求清除、恢复备份以后做什么，见 [清除](erasure.md)。

- **密文**：加密，钥匙不在数据库里（[钥匙](keys-and-store.md)）。**单向标记**：带钥匙的散列，只能核对，读不出原文。
- **可能敏感**：信访内容里可能有个人信息保护法第二十八条说的敏感信息（病情、账户、行踪、未成年人等），所以整段加密，只给办理的人看。
- 信访工作条例没有规定信访件在本系统里要留多久。期限由本单位按档案管理的规定来定；没有定以前，本系统不清除信访件。
- 其他期限是本单位的办法（`kiosk_api/domain/policy.py`），不是法律规定。
"""


def render(data: DataMap) -> str:
    """The whole page, Markdown."""
    return "\n".join(_lines(data)) + "\n"


def _lines(data: DataMap) -> Iterator[str]:
    yield _HEAD
    yield "## 数据库以外\n"
    yield "| 在哪里 | 是什么 | 个人信息 | 留多久 | 怎样清除 |\n|---|---|---|---|---|"
    for place in data.places:
        yield f"| {place.where} | {place.what} | {place.personal} | {place.kept} | {place.erased} |"
    yield "\n## 数据库的表\n"
    for table in data.tables:
        yield from _table(table)


def _table(table: MappedTable) -> Iterator[str]:
    yield f"### `{table.name}`：{table.what}\n"
    yield f"- 谁的：{table.whose}"
    yield f"- 依据：{'；'.join(table.law)}"
    yield f"- 留多久：{'；'.join(KEPT[one] if isinstance(one, Kept) else period(one) for one in table.kept)}"
    yield f"- 怎样清除：{table.erased}"
    yield f"- 谁能看：{table.readers}\n"
    yield "| 列 | 怎样存 | 关于谁 | 是什么 |\n|---|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | {PROTECTION[column.protection]} | {ABOUT[column.about]} | {column.what} |"
    yield ""


def period(name: str) -> str:
    """`72小时（IDEMPOTENCY_KEPT）`."""
    return f"{_spoken(lifetime(name))}（`{name}`）"


def _spoken(span: timedelta) -> str:
    for unit, seconds in (("天", 86_400), ("小时", 3600), ("分钟", 60)):
        number, rest = divmod(int(span.total_seconds()), seconds)
        if number and not rest:
            return f"{number}{unit}"
    return f"{int(span.total_seconds())}秒"
