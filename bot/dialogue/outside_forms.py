"""Messages outside the forms: greetings, questions, windows, a wish for a person, what was not understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.dialogue import commands, handbook, record
from bot.dialogue.mood import is_outburst
from bot.dialogue.office import a_person
from bot.dialogue.ports import ApiDown, KioskApi, Refused
from bot.dialogue.questions import is_question
from bot.dialogue.reading.choices import chosen
from bot.dialogue.reading.message import Message
from bot.dialogue.replies import Reply, option, reply
from bot.dialogue.text import bare, faithful, narrow, said_count
from bot.dialogue.texts_zh import CALL_ME, CHOICES, MENU, TEXT, say
from bot.dialogue.turn import Turn

_SIMPLE = {"greet": "greet", "thanks": "thanks", "bye": "bye", "bot_challenge": "bot",
           "help": "help", "out_of_scope": "out_of_scope", "cancel": "nothing_to_cancel",
           "deny": "menu_again", "affirm": "menu_again", "after_opinion": "after_opinion"}  # fmt: skip
_WINDOW_WORDS = re.compile(
    r"(请问|你好|您好|我)?(这(个|种)?事?|这个)?(我)?(应该|应当|该|要|得)?(去|到|找|上|归|是|由)(哪个?|哪一个|什么|哪里的?)"
    r"(窗口|部门|单位|科室|办公室|地方)?(管|办|办理|反映|解决)?|哪个窗口|[?？]"
)
REGISTER = "登记这件事"


def _moves(intent: str, message: Message) -> list[str]:
    """What answering this intent does, by name."""
    if intent == "ask_handbook":
        topics = sorted(act.removeprefix("asks.") for act in message.acts if act.startswith("asks."))
        return [f"answered:{one}" for one in topics or ["procedure"]]
    done = {"find_window": "answered:where", "human": "person", "bot_challenge": "answered:identity"}.get(intent)
    return [done] if done else []


class OutsideForms:
    """One message outside the forms. `turn.slots['start']` names a form to open."""

    def __init__(self, api: KioskApi, session_id: str, state: Mapping[str, Any]) -> None:
        self.api = api
        self.session_id = session_id
        self.state = dict(state)
        self.turn = Turn()

    def respond(self, message: Message) -> Turn:
        """Answer by intent; exact commands come first."""
        intent = message.intent if bare(message.text) else "nlu_fallback"
        if (name := commands.command(message.text)) in ("cancel", "human", "help"):
            intent = name
        pending = self.state.get("pending") or {}
        if message.text.strip() in pending.get("offered", ()):
            intent = "ask_handbook"
        if handbook.follows(message.text, self.state.get("last_question")):
            intent = "ask_handbook"
        self.turn.slots.update(pending=None, opening=None)
        if (ask := pending.get("ask")) and (key := chosen(message.text, ask["choices"])):
            self._propose(pending["matter"], {ask["key"]: key})
            return self.turn
        if is_outburst(message.text) and intent not in ("human", "cancel"):
            self.turn.say(reply(TEXT["anger"], options=MENU))
            self._offer_draft()
            return self.turn
        self.turn.moves += _moves(intent, message)
        topic = {"ask_handbook": self._handbook, "find_window": self._window, "human": self._human}.get(intent)
        if topic:
            topic(message)
        elif intent in _SIMPLE and not (intent == "affirm" and self.state.get("opening")):
            self.turn.say(reply(TEXT[_SIMPLE[intent]], options=MENU))
        elif intent == "affirm":
            self.turn.slots.update(start="petition_form", opening=self.state["opening"])
        else:
            self._unknown(message)
        self._offer_draft()
        return self.turn

    def _handbook(self, message: Message) -> None:
        said, offered = self._asked(message)
        self.turn.slots["pending"] = {"offered": list(offered)} if offered else None
        self.turn.say(said)

    def _asked(self, message: Message) -> tuple[Reply, tuple[str, ...]]:
        question = narrow(message.text)
        self.turn.slots["last_question"] = question
        return handbook.answer(self.api, question, self.state.get("last_question"))

    def _human(self, message: Message) -> None:
        self.turn.say(a_person(self.api, options=[CALL_ME, "我要反映问题", "查进度"]))

    def _window(self, message: Message) -> None:
        matter = _WINDOW_WORDS.sub("", narrow(message.text)).strip(" ,，。")
        try:
            if said_count(matter) >= 5:
                if not is_question(matter):
                    self.turn.slots["opening"] = faithful(message.text)
                self._propose(matter, {})
                return
            lines = [f"{one['label']}：{one.get('purpose', '')}" for one in self.api.windows()]
        except (ApiDown, Refused):
            self.turn.say(reply(TEXT["handbook_down"]))
            return
        self.turn.say(reply("\n".join([TEXT["window_intro"], *lines, TEXT["window_say"]]), expects="facts"))

    def _propose(self, matter: str, answers: dict[str, str]) -> None:
        """A window with its reason; when two are about equally likely, the question that decides."""
        try:
            found = self.api.route(matter, answers)
        except (ApiDown, Refused):
            self.turn.say(reply(TEXT["handbook_down"]))
            return
        if answers:
            self.turn.slots["opening"] = self.state.get("opening")
        window = found.get("window_label") or found.get("window")
        reason = str(found.get("reason") or "").rstrip("。")
        self.turn.say(
            reply(
                say("window_proposed", window=window, reason=reason + "。" if reason else ""),
                options=[option("登记这件事", REGISTER), option("找人工")],
            )
        )
        if (ask := found.get("ask")) and ask["choices"]:
            self.turn.slots["pending"] = {"ask": ask, "matter": matter}
            self.turn.say(
                reply(ask["text"], expects="clarify", options=[option(one["label"]) for one in ask["choices"]])
            )

    def _unknown(self, message: Message) -> None:
        if said_count(message.text) >= 10 and not is_question(message.text):
            self.turn.slots["opening"] = faithful(message.text)
            self.turn.say(reply(TEXT["unknown_account"], options=[option("登记这件事", REGISTER), option("找人工")]))
            return
        if is_question(message.text):
            said, offered = self._asked(message)
            if said["citations"] or offered:
                self.turn.slots["pending"] = {"offered": list(offered)} if offered else None
                self.turn.say(said)
                return
        if self._offer_draft():  # the answer to a question that an assistant since restarted had asked
            return
        misses = int(self.state.get("misses") or 0) + 1
        self.turn.slots["misses"] = misses
        self.turn.say(reply(TEXT["unknown"], options=() if misses >= 3 else MENU))
        if misses >= 3:
            self.turn.say(a_person(self.api, options=[CALL_ME, *MENU]))

    def _offer_draft(self) -> bool:
        """On the first message of a conversation: is something half filled in?"""
        if self.state.get("seen") or self.turn.slots.get("seen"):
            return False
        self.turn.slots["seen"] = True
        try:
            kept = self.api.load_draft(session_id=self.session_id)
        except (ApiDown, Refused):
            return False
        if not (kept and any(kept.get(slot) for slot in record.VALUES)):
            return False
        self.turn.say(reply(TEXT["resume_offer"], options=CHOICES["resume_choice"], expects="resume_choice"))
        return True
