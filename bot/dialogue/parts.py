"""What every step of the petition form uses: check and store values, ask, end."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

from bot.dialogue import corrections, record
from bot.dialogue.emergency import emergency
from bot.dialogue.petition_fields import OPTIONAL, check_name
from bot.dialogue.ports import ApiDown, KioskApi, Message, Refused
from bot.dialogue.replies import Option, reply
from bot.dialogue.texts_zh import ASK, CHOICES, EMERGENCY, EXAMPLE, MENU, TEXT, say
from bot.dialogue.turn import Turn

FORM_SLOTS = (*record.VALUES, "confirm", "draft_id", "misses", "pending", "attempt", "opening",
              "clarify", "route_answers", "accusation", "confidential", "proxy")  # fmt: skip


class TalkParts:
    """One message of one session; `state` holds the slots before the message."""

    def __init__(self, api: KioskApi, session_id: str, state: Mapping[str, Any]) -> None:
        self.api = api
        self.session_id = session_id
        self.state = dict(state)
        self.before = dict(state)
        self.turn = Turn()

    def _danger(self, message: Message) -> None:
        if kind := emergency(message):
            self.turn.say(reply(EMERGENCY[kind]))

    def _group_hint(self, text: str) -> None:
        if corrections.speaks_of_group(text) and not self.state.get("representatives"):
            self.turn.say(reply(TEXT["representative_hint"]))

    def _valid(self, field: str, value: str) -> bool:
        try:
            return bool(self.api.check(field, value).get("ok"))
        except (ApiDown, Refused):
            return True

    def _checked(self, slot: str, value: str) -> str | None:
        """The value as the API keeps it; None after a reply that says what is wrong."""
        try:
            found = self.api.check(check_name(slot), value)
        except Refused as refusal:
            self.turn.say(reply(refusal.detail or EXAMPLE[slot]))
            return None
        except ApiDown:
            self.turn.say(reply(TEXT["api_down_check"]))
            return value
        if found.get("ok"):
            return str(found.get("value") or value)
        self.turn.say(reply(str(found.get("detail") or EXAMPLE[slot])))
        return None

    def _store(self, values: Mapping[str, str]) -> list[str]:
        stored = []
        for slot, value in values.items():
            if (kept := self._checked(slot, value)) is not None:
                self.state[slot] = kept
                stored.append(slot)
        return stored

    def _miss(self, slot: str, explained: bool = False) -> Turn:
        misses = int(self.state.get("misses") or 0) + 1
        text = "" if explained else TEXT["miss"]
        if misses == 1:
            text += EXAMPLE.get(slot, "") if slot != "confirm" else "请点“确认提交”或“修改”。"
            options = CHOICES.get(slot, []) if slot in OPTIONAL | {"confirm"} else []
        elif misses == 2:
            text += EXAMPLE.get(slot, "") + "也可以点下面的："
            options = CHOICES.get(slot, [])
        else:
            text += TEXT["miss_human"]
            options = ["找人工", *CHOICES.get(slot, [])[:2]]
        self.turn.say(reply(text, options=dict.fromkeys(options)))
        return self._wait(slot, silent=True, misses=misses)

    def _human(self, slot: str) -> Turn:
        self.turn.say(reply(TEXT["human"] + TEXT["human_form"]))
        return self._wait(slot)

    def _cancel(self) -> Turn:
        self._quietly(self.api.discard_draft, self.session_id)
        self._clear()
        self.turn.say(reply(TEXT["cancelled"], options=MENU))
        return self._end()

    def _save(self, slot: str) -> Turn:
        try:
            code = self.api.save_draft(self.session_id, record.draft(self.state, slot), True)
        except (ApiDown, Refused):
            self.turn.say(reply(TEXT["save_failed"]))
            return self._wait(slot)
        text = TEXT["saved"] + (say("saved_code", code=code) if code else "")
        self.turn.say(reply(text, options=["接着填"]))
        self._clear()
        self.state["seen"] = None
        return self._end()

    def _quietly(self, call: Callable[..., object], *args: object) -> None:
        with contextlib.suppress(ApiDown, Refused):
            call(*args)

    def _next(self) -> Turn:
        self.state["pending"] = None
        return self._wait(record.next_slot(self.state))

    def _wait(self, slot: str, silent: bool = False, misses: int = 0, extra: tuple[str, ...] = ()) -> Turn:
        """Ask `slot` (unless already asked in this turn's words) and keep the draft."""
        self.state["misses"] = misses
        expects = {"resume_choice": "resume_choice", "addition": "facts", "ask_cancel": "confirm"}.get(slot, slot)
        if not silent:
            text, options = self._asking(slot)
            self.turn.say(reply(text, options=[*options, *extra], expects=expects))
        elif self.turn.replies:
            self.turn.replies[-1]["expects"] = expects
        if slot != "resume_choice" and any(self.state.get(s) for s in record.VALUES):
            self._quietly(self.api.save_draft, self.session_id, record.draft(self.state, slot))
        return self._finish(slot)

    def _asking(self, slot: str) -> tuple[str, list[str | Option]]:
        """The words and buttons of an open question."""
        if slot == "confirm":
            return record.read_back(self.state), [*CHOICES["confirm"]]
        if slot == "facts" and self.state.get("opening"):
            return say("ask_more", opening=self.state["opening"]), []
        return ASK.get(slot, ""), ["跳过"] if slot in OPTIONAL else []

    def _end(self) -> Turn:
        return self._finish(None)

    def _finish(self, asks: str | None) -> Turn:
        self.turn.asks = asks
        self.turn.slots = {k: v for k, v in self.state.items() if self.before.get(k) != v}
        return self.turn

    def _clear(self) -> None:
        for slot in FORM_SLOTS:
            self.state[slot] = None
