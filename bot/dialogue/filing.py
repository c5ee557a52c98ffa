"""The yes to the read-back: registering once, and saying exactly what happened."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from bot.dialogue import record
from bot.dialogue.api_answers import Deadline, Registered
from bot.dialogue.ports import ApiDown, KioskApi, Refused
from bot.dialogue.replies import CaseOfReply, Reply, reply
from bot.dialogue.texts_zh import CHOICES, TEXT, say


@dataclass
class Filed:
    """`case` only after a 201; `attempt` keeps a body that may or may not have been registered."""

    replies: list[Reply] = field(default_factory=list)
    case: CaseOfReply | None = None
    attempt: dict[str, Any] | None = None
    wrong_slot: str | None = None


def day_of(due: str) -> str:
    year, month, day = (int(part) for part in due[:10].split("-"))
    return f"{year}年{month}月{day}日"


def deadline_line(item: Deadline) -> str:
    """One deadline with its date and article."""
    article = str(item.get("article", ""))
    where = f"（第{article}条）" if article.isdigit() else (f"（{article}）" if article else "")
    return f"{item.get('label', '')}：{day_of(str(item['due_on']))}前{where}"


def receipt_text(answer: Registered) -> str:
    """Number, proposed window with its reason, deadlines with dates, where the QR leads."""
    lines = [TEXT["registered"], say("registered_number", number=answer["case_number"])]
    route = answer.get("route") or {}
    if window := route.get("window_label") or route.get("window"):
        reason = str(route.get("reason") or "").rstrip("。")
        lines.append(say("registered_window", window=window, reason=reason + "。" if reason else ""))
    dated = [item for item in answer.get("deadlines") or [] if item.get("due_on")]
    if dated:
        lines.append(TEXT["registered_deadlines"])
        lines.extend(deadline_line(item) for item in dated[:4])
    lines.append(TEXT["registered_keep"])
    return "\n".join(lines)


def file_petition(api: KioskApi, state: dict[str, Any]) -> Filed:
    """Register under the draft's one key; a lost answer is asked for again with the same body."""
    sent = record.body(state)
    draft_id = state.setdefault("draft_id", uuid.uuid4().hex) or uuid.uuid4().hex
    state["draft_id"] = draft_id
    key = record.idempotency_key(draft_id)
    try:
        return _done(api.register(sent, key))
    except ApiDown:
        pass
    except Refused as refusal:
        return _refused(api, key, state, refusal)
    try:
        return _done(api.register(sent, key))
    except ApiDown:
        return Filed([reply(TEXT["submit_failed"], options=CHOICES["confirm"])], attempt=state.get("attempt") or sent)
    except Refused as refusal:
        return _refused(api, key, state, refusal)


def _done(answer: Registered, note: str = "") -> Filed:
    case: CaseOfReply = {"case_number": answer["case_number"], "lookup_token": answer.get("lookup_token", "")}
    text = receipt_text(answer) + ("\n" + note if note else "")
    return Filed([reply(text, case=case, options=["查进度"])], case=case)


def _refused(api: KioskApi, key: str, state: dict[str, Any], refusal: Refused) -> Filed:
    earlier = state.get("attempt")
    if earlier and not refusal.errors:
        try:
            return _done(api.register(earlier, key), TEXT["already_registered"])
        except (ApiDown, Refused):
            pass
    detail = "；".join(e.get("detail", "") for e in refusal.errors) or refusal.detail
    wrong = next((slot for e in refusal.errors if (slot := record.slot_of_error(e.get("field", "")))), None)
    return Filed([reply(say("submit_refused", detail=detail), options=CHOICES["confirm"])], wrong_slot=wrong)
