"""What an account says besides its words: particulars, confidentiality, and the one question about the window."""

from __future__ import annotations

import uuid

from bot.dialogue import commands, extraction, record, secrecy
from bot.dialogue.api_answers import Choice
from bot.dialogue.mood import speaks_for_another
from bot.dialogue.particulars import particulars
from bot.dialogue.parts import TalkParts
from bot.dialogue.ports import ApiDown, Message, Refused
from bot.dialogue.replies import Option, option, reply
from bot.dialogue.text import bare, han_count
from bot.dialogue.texts_zh import LABELS, TEXT, say
from bot.dialogue.turn import Turn

SHORT_OPENING = 14  # characters: what is meant, but not yet what happened
NOT_SURE = "unknown"
OPEN_QUESTION = "more"  # the question that takes any words


class AccountDetails(TalkParts):
    """Used by every step that stores words of the account."""

    def _begin(self, opening: str | None, message: Message | None = None, tells: bool = True) -> Turn:
        text = message.text if message else ""
        self._clear()
        self.state["draft_id"] = uuid.uuid4().hex
        if message:
            self._speaks_for_another(message)
            if secrecy.wish(text, account=True):
                self._note_secrecy()
        own = extraction.personal_facts(text) if text else {}
        noted = self._store(own) if own else []
        if opening and han_count(opening) < SHORT_OPENING and not tells:
            self.state["opening"] = opening
        elif opening and self._checked("facts", opening):
            self.state["facts"] = opening
            noted.append("facts")
        if noted_text := [f"{LABELS[s]} {record.shown(s, self.state[s])}" for s in noted if s != "facts"]:
            self.turn.say(reply(say("noted", what="，".join(noted_text))))
        if opening and self.state.get("facts"):
            self._look_at(message or Message(opening))
        return self._next()

    def _look_at(self, message: Message) -> None:
        """After an account was stored: take what it states plainly, and say what it means for them."""
        taken = []
        for slot, value in particulars(message.text).items():
            if self.state.get(slot) is None and self._checked(slot, value):
                self.state[slot] = value
                taken.append(f"{LABELS[slot]} {value}")
        if taken:
            self.turn.say(reply(say("noted", what="，".join(taken))))
        self._group_hint(message.text)
        self._speaks_for_another(message)
        if message.kind == "accusation":
            self._promise_confidence()

    def _speaks_for_another(self, message: Message) -> None:
        if not self.state.get("proxy") and speaks_for_another(message.text):
            self.state["proxy"] = True
            self.turn.say(reply(TEXT["proxy"]))

    def _promise_confidence(self) -> None:
        """Once: who sees an accusation and who does not (Art. 30, 46)."""
        if not self.state.get("accusation"):
            self.state["accusation"] = True
            self.turn.say(reply(TEXT["accusation"]))

    def _note_secrecy(self) -> None:
        """Once: what the citizen wished is in the read-back and goes with the petition."""
        if not record.is_confidential(self.state):
            self.state["confidential"] = True
            self.turn.say(reply(TEXT["confidential"]))

    def _next(self) -> Turn:
        self.state["pending"] = None
        if record.next_slot(self.state) == "confirm" and self.state.get("route_answers") is None:
            self._ask_about_window()
        return super()._next()

    def _ask_about_window(self) -> None:
        """One question, only when two windows are about equally likely; without an answer of the API, none."""
        self.state["route_answers"] = {}
        try:
            route = self.api.route(record.narrative(self.state))
        except (ApiDown, Refused):
            return
        if route.get("kind") == "accusation":
            self._promise_confidence()
        if ask := route.get("ask"):
            self.state["clarify"] = ask

    def _asking(self, slot: str) -> tuple[str, list[str | Option]]:
        if slot != "clarify":
            return super()._asking(slot)
        ask = self.state.get("clarify") or {}
        choices: list[str | Option] = [option(one["label"]) for one in ask.get("choices", [])]
        return str(ask.get("text")), choices or [option("跳过")]


def chosen(text: str, choices: list[Choice]) -> str | None:
    """The key of the choice this message is: its button, or a plain yes, no or don't know."""
    said = bare(text)
    for one in choices:
        if said == bare(one["label"]):
            return one["key"]
    if commands.is_skip(text) and not commands.is_no(text) and said not in ("没有", "没有了", "无"):
        return NOT_SURE
    keys = [one["key"] for one in choices]
    if keys[:2] == ["yes", "no"]:
        if commands.is_yes(text) or said in ("有", "有的", "判了", "判过", "裁了", "给过", "报过"):
            return "yes"
        if commands.is_no(text) or said in ("没有", "没有了", "没", "无", "没判", "还没", "还没有", "没给"):
            return "no"
    matching = [one["key"] for one in choices if len(said) >= 2 and said in bare(one["label"])]
    return matching[0] if len(matching) == 1 else None
