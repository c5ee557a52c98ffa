"""A turn of the conversation as plain messages, for channels without buttons."""

from __future__ import annotations

from kiosk_api.services.base.as_json import JsonObject
from kiosk_api.services.chat.chat import Reply, Turn

LONGEST = 600  # characters: one long SMS of ten parts at the most
MOST = 5  # messages in answer to one
_BY_NUMBER = "哪一行不对，回复前面的编号就能改。"
_STATUS = "点开就能查进度（拿到这个链接的人都能查，请别转发）"
_TO_BE_FILLED = {
    "/form": "（要把说过的带过去：先回复“先存着”拿续填码，再在那一页点“我有续填码”）",
}
_CUT = "……（太长，这里只放得下这些）"


def messages(turn: Turn, public_url: str) -> list[str]:
    """Texts of at most LONGEST characters, at most MOST; what does not fit is said to be left out."""
    return _split("\n".join(_plain(reply, public_url, turn.degraded) for reply in turn.replies))


def _plain(reply: Reply, public_url: str, degraded: bool) -> str:
    lines = [_numbered(reply.card) if reply.card else reply.text]
    if reply.options:
        lines[0] += "（可回复：" + "、".join(str(one["value"]) for one in reply.options) + "）"
    if token := reply.case.get("lookup_token"):  # pages show it as a QR code
        lines.append(f"{_STATUS}：{public_url}/r#{token}")
    for one in reply.links:
        if not one.href.startswith("/"):  # what only a page can do; the text says the number itself
            continue
        how = "" if degraded else _TO_BE_FILLED.get(one.href, "")  # while the assistant is away it gives no code
        lines.append(f"{one.label}：{public_url}{one.href}{how}")
    return "\n".join(lines)


def _numbered(card: JsonObject) -> str:
    """“1 姓名：王小明”; a row that cannot be changed has no number."""
    rows = [f"{row['number'] or ''} {row['label']}：{row['text']}".strip() for row in card["rows"]]
    hint = _BY_NUMBER if any(row["number"] for row in card["rows"]) else ""
    return "\n".join(line for line in (card["title"], *rows, hint, card["closing"]) if line)


def _split(text: str) -> list[str]:
    """Broken at the end of a line where there is one, else in the middle."""
    found: list[str] = []
    while text and len(found) < MOST:
        if len(text) <= LONGEST:
            return [*found, text]
        end = text.rfind("\n", 1, LONGEST + 1)
        end = end if end > LONGEST // 2 else LONGEST
        found.append(text[:end])
        text = text[end:].lstrip("\n")
    if text:
        found[-1] = found[-1][: LONGEST - len(_CUT)] + _CUT
    return found
