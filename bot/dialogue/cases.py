"""Progress, urging and rating: one look-up by number and last four figures (Art. 21)."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Mapping
from typing import Any

from bot.dialogue import codes, commands, extraction, handbook
from bot.dialogue.api_answers import CaseStands
from bot.dialogue.filing import deadline_line
from bot.dialogue.office import a_person
from bot.dialogue.ports import ApiDown, KioskApi, Refused
from bot.dialogue.questions import question_in_closed_slot
from bot.dialogue.reading.message import Message
from bot.dialogue.replies import option, reply
from bot.dialogue.text import bare
from bot.dialogue.texts_zh import MENU, TEXT, WHY, say
from bot.dialogue.told import told_lines
from bot.dialogue.turn import Turn

WISHES = {"check_status": "status", "urge": "urge", "rate": "rate"}
FORM_SLOTS = ("case_action", "case_number", "phone_tail", "rating_office", "rating_unit", "op_id", "misses", "pending")
_DISSATISFIED = re.compile(r"不(太|怎么|是很|够|咋)?满意|不行|太差|很差|差评|差劲|糟|失望|不好|垃圾")
_FAIRLY = re.compile(r"基本满意|比较满意|还行|还可以|一般|凑合|马马虎虎|过得去|还好|将就")
_SATISFIED = re.compile(r"满意|很好|挺好|好评|不错|非常好|^好的?$|点赞")
_FIGURE = re.compile(r"\d")
_BLANKS = re.compile(r"\s")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9\-]{9,}")
_LETTER = re.compile(r"[A-Z]")
RATINGS = {"满意": "satisfied", "基本满意": "fairly_satisfied", "不满意": "dissatisfied"}
ACTIONS = {"urge": "催办", "rate": "评价"}  # what the assistant does for a case itself
OPEN_DEADLINES = frozenset({"running", "overdue"})
_RATING_OPTIONS = [option(label) for label in RATINGS]


def rating_in(text: str) -> str | None:
    """satisfied / fairly_satisfied / dissatisfied, or None."""
    plain = bare(text)
    if _DISSATISFIED.search(plain):
        return "dissatisfied"
    if _FAIRLY.search(plain):
        return "fairly_satisfied"
    if _SATISFIED.search(plain):
        return "satisfied"
    return {"1": "satisfied", "2": "fairly_satisfied", "3": "dissatisfied"}.get(plain)


class CaseTalk:
    """One message of the case form; `state` holds the slots before it."""

    def __init__(self, api: KioskApi, session_id: str, state: Mapping[str, Any]) -> None:
        self.api = api
        self.session_id = session_id
        self.state = dict(state)
        self.before = dict(state)
        self.turn = Turn()

    def start(self, message: Message) -> Turn:
        """A wish about a registered case; numbers said along are taken."""
        self.state.update(
            case_action=WISHES.get(message.intent, "status"),
            rating_office=None,
            rating_unit=None,
            misses=None,
            op_id=uuid.uuid4().hex,
        )
        self._take_numbers(message.text)
        return self._go()

    def respond(self, slot: str, message: Message) -> Turn:
        """A message while `slot` (case_number, phone_tail, rating_*) is open."""
        name = commands.command(message.text)
        if name in ("cancel", "save", "start_over"):
            self.turn.say(reply(TEXT["case_bye"], options=MENU))
            return self._finish(None)
        if name == "human":
            self.turn.say(a_person(self.api))
            return self._ask(slot)
        if name == "why":
            self.turn.say(reply(WHY[slot]))
            return self._ask(slot)
        if name == "back" and slot == "phone_tail":
            self.state["case_number"] = None
            return self._ask("case_number")
        if slot.startswith("rating"):
            return self._rating(slot, message)
        if message.intent in WISHES and message.confidence >= 0.8 and not _FIGURE.search(message.text):
            self.state["case_action"] = WISHES[message.intent]
        if self._take_numbers(message.text, slot):
            return self._go()
        return self._not_understood(slot, message)

    def _take_numbers(self, text: str, slot: str = "") -> bool:
        """Whether a number or a receipt's address was found; a new one drops what was known before."""
        if token := codes.token_in(text):
            self.state.update(lookup_token=token, case_number=None, phone_tail=None)
            return True
        number, tail = codes.case_number_in(text), extraction.phone_tail_in(text)
        if number and number != self.state.get("case_number"):
            self.state.update(case_number=number, phone_tail=None, lookup_token=None)
        if slot == "case_number" and not number:
            found = _CODE.findall(_BLANKS.sub("", codes.folded(text).upper()))
            number = next((code for code in found if _LETTER.search(code)), None)
            self.state["case_number"] = number
            tail = None if number else tail
        if tail and (slot != "case_number" or number):
            self.state["phone_tail"] = tail
        return bool(number if slot == "case_number" else tail if slot == "phone_tail" else number or tail)

    def _not_understood(self, slot: str, message: Message) -> Turn:
        if question_in_closed_slot(message.text, message.intent, message.confidence):
            said, _ = handbook.answer(self.api, message.text)
            said["options"] = []
            self.turn.say(said)
            return self._ask(slot)
        misses = int(self.state.get("misses") or 0) + 1
        self.state["misses"] = misses
        options = ["找人工", "取消"] if misses >= 2 else []
        self.turn.say(reply(TEXT["miss"] + TEXT[slot + "_example"], options=options, expects=slot))
        return self._finish(slot)

    def _who(self) -> dict[str, str]:
        if self.state.get("lookup_token"):
            return {"lookup_token": self.state["lookup_token"]}
        return {"case_number": self.state["case_number"], "phone_tail": self.state["phone_tail"]}

    def _go(self) -> Turn:
        if not self.state.get("lookup_token"):
            for slot in ("case_number", "phone_tail"):
                if not self.state.get(slot):
                    return self._ask(slot)
        try:
            case = self.api.lookup(self._who())
            do = {"status": self._do_status, "urge": self._do_urge, "rate": self._do_rate}
            return do[self.state["case_action"]](case)
        except ApiDown as down:
            self.turn.say(reply(down.said or TEXT["case_down"], options=["查进度", "找人工"]))
            return self._finish(None)
        except Refused as refusal:
            self.state.update(case_number=None, phone_tail=None, lookup_token=None)
            self.state["misses"] = int(self.state.get("misses") or 0) + 1
            text = refusal.detail or TEXT["case_unknown"]
            options = ["找人工", "取消"]
            self.turn.say(reply(text, options=options))
            return self._ask("case_number")

    def _do_status(self, case: CaseStands) -> Turn:
        lines = [f"{case['case_number']} 现在是：{case.get('status_label') or case.get('status')}。"]
        unit = case.get("responsible_unit")
        if unit:
            lines.append(f"办理单位：{unit}。")
        for item in (case.get("timeline") or [])[-3:]:
            lines.append(f"{str(item.get('at', ''))[:10]} {item.get('label', '')}")
        lines += [
            deadline_line(one)
            for one in case.get("deadlines") or []
            if one.get("due_on") and one.get("state") in OPEN_DEADLINES
        ]
        lines += told_lines(case)
        can = case.get("can") or {}
        options = [label for key, label in ACTIONS.items() if (can.get(key) or {}).get("allowed")]
        if (can.get("request_review") or {}).get("allowed"):
            lines.append(TEXT["after_opinion"])
        self.turn.say(reply("\n".join(lines), options=options))
        return self._finish(None)

    def _blocked(self, case: CaseStands, key: str) -> bool:
        can = (case.get("can") or {}).get(key)
        if can and not can.get("allowed"):
            until = f"（{can['until']}之后可以）" if key == "urge" and can.get("until") else ""
            reason = str(can.get("reason") or "").rstrip("。") + until + "。"
            self.turn.say(reply(say("not_allowed", what=ACTIONS[key], reason=reason), options=["查进度"]))
            return True
        return False

    def _do_urge(self, case: CaseStands) -> Turn:
        if not self._blocked(case, "urge"):
            try:
                self.api.urge(self._who(), self._key("urge"))
                self.turn.say(reply(TEXT["urged"], options=["查进度"]))
            except Refused as refusal:
                self.turn.say(reply(refusal.detail))
        return self._finish(None)

    def _do_rate(self, case: CaseStands) -> Turn:
        if self._blocked(case, "rate"):
            return self._finish(None)
        return self._ask("rating_office")

    def _rating(self, slot: str, message: Message) -> Turn:
        value = rating_in(message.text)
        if value is None:
            self.turn.say(reply(TEXT["rate_example"], options=_RATING_OPTIONS, expects="rating"))
            return self._finish(slot)
        self.state[slot] = value
        if slot == "rating_office" and not bare(message.text).startswith(("都", "全都", "两个都")):
            return self._ask("rating_unit")
        office, unit = self.state["rating_office"], self.state.get("rating_unit") or value
        body = {**self._who(), "petition_office": office, "responsible_unit": unit}
        try:
            self.api.rate(body, self._key("rate"))
            self.turn.say(reply(TEXT["rated"]))
        except ApiDown as down:
            self.turn.say(reply(down.said or TEXT["case_down"]))
        except Refused as refusal:
            self.turn.say(reply(refusal.detail))
        return self._finish(None)

    def _key(self, what: str) -> str:
        parts = f"{what}|{self.session_id}|{self.state.get('op_id')}"
        return hashlib.sha256(parts.encode()).hexdigest()

    def _ask(self, slot: str) -> Turn:
        if slot.startswith("rating"):
            text = TEXT["rate_office" if slot == "rating_office" else "rate_unit"]
            self.turn.say(reply(text, options=_RATING_OPTIONS, expects="rating"))
        else:
            self.turn.say(reply(TEXT[slot], expects=slot))
        return self._finish(slot)

    def _finish(self, asks: str | None) -> Turn:
        if asks is None:
            self.state["misses"] = None
        self.turn.asks = asks
        self.turn.slots = {k: v for k, v in self.state.items() if self.before.get(k) != v}
        return self.turn
