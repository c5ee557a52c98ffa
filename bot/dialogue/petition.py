"""The petition form: from the first word to the case number. No Rasa, no I/O of its own."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from bot.dialogue import commands, corrections, extraction, record
from bot.dialogue.account_details import NOT_SURE, OPEN_QUESTION, chosen
from bot.dialogue.filing import file_petition
from bot.dialogue.open_questions import OpenQuestions
from bot.dialogue.petition_fields import FIELDS
from bot.dialogue.ports import ApiDown, Message
from bot.dialogue.replies import option, reply
from bot.dialogue.text import faithful, han_count, narrow
from bot.dialogue.texts_zh import CHOICES, LABELS, TEXT
from bot.dialogue.turn import Turn
from bot.dialogue.understand import Meaning, understand

_WISH = re.compile(
    r"(我们?|俺)?(要|想|来|是来){0,4}(向|跟|和)?(你们|政府|领导|信访局)?(实名)?"
    r"(反映|举报|投诉|检举|控告|告状|告|信访|上访|申诉|登记|提|说|写|递|交|报|办){1,4}(一下|一个|一份|一件|点|个|件)?"
    r"(问题|情况|事情|事儿?|意见|建议|材料|信访件?|人|单位|新的)?|讨个?(说法|公道)|找政府|解决|你们|管不管|管管|我的案子|一?件事情?|一个事|这个?事?|那就?"
    r"|你好|您好|麻烦|帮我|给我|请|怎么|还有|有|要|想|嗯|可以|是的|吧"
)


ABOUT_THE_FORM = frozenset({"resume_choice", "resume_code", "ask_cancel"})


class PetitionTalk(OpenQuestions):
    """Opening, resuming, reading back and filing."""

    # ---- entry points -------------------------------------------------------------------
    def start(self, message: Message) -> Turn:
        """The message that opens the form: a wish, an account, or a kept draft to go on with."""
        self._danger(message)
        if message.intent == "resume_draft" or commands.is_continue(message.text):
            return self._resume(message.text)
        if message.intent == "start_over" or commands.command(message.text) == "start_over":
            self._quietly(self.api.discard_draft, self.session_id)
            self.turn.say(reply(TEXT["restarted"]))
            return self._begin(None)
        opening = self._account(message) or self.state.get("opening")
        if not self.state.get("seen") and (kept := self._load()):
            self.state["pending"] = {"draft": kept, "opening": opening or ""}
            self.turn.say(reply(TEXT["resume_offer"], options=CHOICES["resume_choice"]))
            return self._wait("resume_choice", silent=True)
        self.turn.say(reply(TEXT["form_account" if opening else "form_start"]))
        return self._begin(
            opening, message, tells=message.intent != "start_petition" or bool(self.state.get("opening"))
        )

    def respond(self, slot: str, message: Message) -> Turn:
        """A message while `slot` is open."""
        self._danger(message)
        special = {
            "resume_choice": self._resume_choice,
            "resume_code": self._resume_code,
            "fix_which": self._fix_which,
            "confirm": self._confirm,
            "addition": self._addition,
            "ask_cancel": self._sure_cancel,
            "clarify": self._clarify,
        }.get(slot)
        offered = (self.state.get("pending") or {}).get("offered") or ()
        if slot not in ABOUT_THE_FORM and message.text.strip() not in offered:
            if (left := self._without_secrecy(slot, message)) is None:
                return self._next() if slot in ("fix_which", "addition") else self._wait(slot)
            message = left
        return special(message) if special else self._question_open(slot, message)

    # ---- beginning and resuming ----------------------------------------------------------
    def _account(self, message: Message) -> str | None:
        text = narrow(message.text)
        if message.intent == "tell_matter" and han_count(text) >= 8 or han_count(text) >= 30:
            return faithful(message.text)
        if message.intent == "start_petition" and han_count(_WISH.sub("", text)) >= 4:
            return faithful(message.text)
        return None

    def _load(self) -> dict[str, Any] | None:
        """The draft of this conversation; none when it cannot be asked for either."""
        try:
            return self._found()
        except ApiDown:
            return None

    def _found(self, code: str | None = None) -> dict[str, Any] | None:
        kept = self.api.load_draft(resume_code=code) if code else self.api.load_draft(session_id=self.session_id)
        return kept if kept and any(kept.get(slot) for slot in record.VALUES) else None

    def _resume(self, text: str) -> Turn:
        code = extraction.resume_code_in(text)
        pending = self.state.get("pending") or {}
        try:
            kept = self._found(code) if code else pending.get("draft") or self._load()
        except ApiDown as down:  # whether there is such a code is not known
            self.turn.say(reply(down.said or TEXT["resume_down"]))
            return self._wait("resume_code", silent=True)
        if kept:
            return self._take_up(kept)
        if code:
            self.turn.say(reply(TEXT["resume_missing"]))
        self._clear()
        return self._wait("resume_code")

    def _take_up(self, kept: Mapping[str, Any]) -> Turn:
        self._clear()
        for slot in record.VALUES:
            self.state[slot] = kept.get(slot)
        self.state["draft_id"] = kept.get("draft_id") or uuid.uuid4().hex
        self.state.update({mark: kept.get(mark) for mark in record.MARKS})
        done = "、".join(LABELS[s] for s in record.VALUES if self.state.get(s))
        self.turn.say(reply(TEXT["resumed"] + (f"已经填好：{done}。" if done else "")))
        return self._next()

    def _resume_choice(self, message: Message) -> Turn:
        pending = self.state.get("pending") or {}
        if commands.is_continue(message.text) or commands.is_yes(message.text) or message.intent == "resume_draft":
            return self._take_up(pending.get("draft") or self._load() or {})
        name = commands.command(message.text)
        if (
            name == "start_over"
            or message.intent in ("start_over", "start_petition", "tell_matter")
            or commands.is_no(message.text)
        ):
            self._quietly(self.api.discard_draft, self.session_id)
            self.turn.say(reply(TEXT["restarted"]))
            return self._begin(pending.get("opening") or self._account(message), message)
        if name == "cancel":
            return self._cancel()
        if name == "human":
            return self._human("resume_choice")
        self.turn.say(reply(TEXT["resume_offer"], options=CHOICES["resume_choice"]))
        return self._wait("resume_choice", silent=True)

    def _resume_code(self, message: Message) -> Turn:
        name = commands.command(message.text)
        if name == "cancel":
            return self._cancel()
        if name == "human":
            return self._human("resume_code")
        if extraction.resume_code_in(message.text):
            return self._resume(message.text)
        if (
            name == "start_over"
            or message.intent in ("start_petition", "tell_matter", "start_over")
            or commands.is_skip(message.text)
        ):
            self.turn.say(reply(TEXT["restarted"]))
            return self._begin(self._account(message), message)
        return self._miss("resume_code")

    def _clarify(self, message: Message) -> Turn:
        """The answer to the question about the window; anything longer is more account."""
        ask = self.state.get("clarify") or {}
        name = commands.command(message.text)
        if name and name != "write_into_record":
            return self._command("clarify", name)
        key = chosen(message.text, ask.get("choices", []))
        if key is None and han_count(message.text) >= 6:
            self.state["facts"] = f"{self.state['facts']}\n{faithful(message.text)}"
            self.turn.say(reply(TEXT["added_facts"]))
            key = NOT_SURE
        if key is None:
            if int(self.state.get("misses") or 0) < 1:
                return self._miss("clarify")
            key = NOT_SURE
        self.state["route_answers"] = {ask.get("key", OPEN_QUESTION): key}
        self.state["clarify"] = None
        return self._next()

    # ---- reading back -------------------------------------------------------------------
    def _confirm(self, message: Message) -> Turn:
        offered = tuple((self.state.get("pending") or {}).get("offered") or ())
        if message.text.strip() in offered:
            return self._on_question("confirm", Meaning("question", value=message.text), message)
        if commands.is_yes(message.text):
            return self._submit()
        if commands.is_no(message.text):
            return self._ask_which()
        if swap := self._swap(message):
            return self._on_correct("confirm", swap, message)
        if change := corrections.correction(message.text):
            return self._on_correct("confirm", Meaning("correct", name=change.slot, value=change.value or ""), message)
        meaning = understand("confirm", message)
        if meaning.kind in ("answer", "unsure"):
            return self._miss("confirm")
        if meaning.kind == "account":
            return self._append(meaning.value, "confirm")
        return self._act("confirm", meaning, message)

    def _ask_which(self) -> Turn:
        filled = [field.name for field in FIELDS if field.words and self.state.get(field.name) is not None]
        self.turn.say(
            reply(
                TEXT["fix_which"],
                expects="fix_which",
                options=[*(option(LABELS[slot], "改" + LABELS[slot]) for slot in filled), option("不改了")],
            )
        )
        return self._wait("fix_which", silent=True)

    def _fix_which(self, message: Message) -> Turn:
        name = commands.command(message.text)
        if name in ("cancel", "save", "human", "start_over"):
            return self._command("fix_which", name)
        change = corrections.correction(message.text)
        target = change.slot if change else corrections.field_named(message.text)
        if target:
            return self._on_correct(
                "confirm", Meaning("correct", name=target, value=(change.value if change else "") or ""), message
            )
        if (more := corrections.addition(message.text)) is not None:
            return self._on_append("confirm", Meaning("append", value=more), message)
        if (
            narrow(message.text).startswith("不改")
            or commands.is_yes(message.text)
            or commands.is_skip(message.text)
            or name == "back"
        ):
            return self._next()
        return self._ask_which()

    def _submit(self) -> Turn:
        outcome = file_petition(self.api, self.state)
        self.turn.say(*outcome.replies)
        self.state["attempt"] = outcome.attempt
        if outcome.case:
            self._quietly(self.api.discard_draft, self.session_id)
            self._clear()
            self.state.update(
                case_number=outcome.case.get("case_number"), lookup_token=outcome.case.get("lookup_token")
            )
            return self._end()
        if outcome.wrong_slot:
            self.state[outcome.wrong_slot] = None
            return self._wait(outcome.wrong_slot)
        return self._wait("confirm", silent=True)
