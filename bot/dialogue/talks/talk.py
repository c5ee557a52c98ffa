"""One message of one conversation: what is known, what was meant, what is said, what is asked next.

Handlers are functions of a `Talk`; each deals with one kind of act and takes it out of `meaning`.
`state` holds the slots; `asked` names the question that waits for an answer, None when none does.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.dialogue import card, record
from bot.dialogue.particulars import UNIT
from bot.dialogue.ports import ApiDown, KioskApi, Refused
from bot.dialogue.reading.meaning import Meaning
from bot.dialogue.reading.message import Clause
from bot.dialogue.replies import Link, Reply, reply
from bot.dialogue.texts_zh import CALL_ME, EXAMPLE, LABELS, TEXT, say
from bot.dialogue.turn import Turn
from bot.dialogue.words.questions import asking
from bot.petition_fields import ASKED_IN_TURN, FIELD, OPTIONAL, check_name

PETITION_SLOTS = (*record.VALUES, "draft_id", "attempt", "opening", "clarify", "route_answers", "accusation",
                  "confidential", "proxy", "evidence", "times", "kind_asked")  # fmt: skip
PASSING_SLOTS = ("pending", "misses")
WAITS = frozenset({"confirm", "clarify", "stop_check", "owner", "resume_choice", "resume_code", "fix_which",
                   "listening", "kind", "case_number", "phone_tail", "rating_office", "rating_unit"})  # fmt: skip

SURELY = 0.6  # share from which a yes or a no of the reader counts


class Talk:
    """What handlers work on. `end` is set once the turn needs nothing more."""

    def __init__(
        self, api: KioskApi, session_id: str, state: Mapping[str, Any], meaning: Meaning, clauses: Sequence[Clause] = ()
    ) -> None:
        self.api = api
        self.session_id = session_id
        self.state = dict(state)
        self.before = dict(state)
        self.meaning = meaning
        self.clauses = clauses
        self.asked: str | None = state.get("asked")
        self.replies: list[Reply] = []
        self.noted: list[str] = []  # fields stored in this turn
        self.moves: list[str] = []  # what was done, by name
        self.understood = False  # the message meant something, even if nothing was said or stored

    # ---- what is known ------------------------------------------------------------------
    @property
    def in_petition(self) -> bool:
        """Whether a petition is under way."""
        return bool(self.state.get("draft_id"))

    @property
    def pending(self) -> dict[str, Any]:
        """What waits for an answer besides the question itself: buttons offered, values in doubt."""
        return dict(self.state.get("pending") or {})

    def missing(self) -> str:
        """The next thing to ask for: a field, `clarify` or `confirm`."""
        return record.next_slot(self.state)

    # ---- what was meant -----------------------------------------------------------------
    @property
    def agrees(self) -> bool:
        """A yes that is exact, or that the reader is sure of; never enough to register."""
        return self.meaning.yes or self._surely("yes")

    @property
    def denies(self) -> bool:
        """A no, as sure."""
        return self.meaning.no or self._surely("no")

    def _surely(self, act: str) -> bool:
        return any(one.shares.get(act, 0.0) >= SURELY for one in self.clauses)

    # ---- what is said -------------------------------------------------------------------
    def say(self, key: str, *, options: Iterable[Any] = (), links: Iterable[Link] = (), **values: object) -> None:
        """A sentence of the table; every second time in other words, where it has them."""
        if f"{key}_reworded" in TEXT:
            times = dict(self.state.get("times") or {})
            said = times.get(f"said:{key}", 0)
            self.state["times"] = {**times, f"said:{key}": said + 1}
            key = f"{key}_reworded" if said % 2 else key
        self.replies.append(reply(say(key, **values), options=tuple(options), links=links))

    def put(self, one: Reply) -> None:
        """A reply made elsewhere."""
        self.replies.append(one)

    def did(self, move: str) -> None:
        """Note what was done, such as `changed:phone`."""
        self.moves.append(move)

    # ---- the record ---------------------------------------------------------------------
    def checked(self, field: str, value: str) -> str | None:
        """The value as the API keeps it; None after the citizen was told what is wrong.

        What nobody asked for, and nobody changes, is left out in silence: it was hardly meant as that field.
        """
        meant = field == self.asked or self.state.get(field) is not None or FIELD[field].masked
        try:
            found = self.api.check(check_name(field), value)
        except Refused as refusal:
            if meant:
                self.put(reply(refusal.detail or EXAMPLE[field]))
            return None
        except ApiDown:
            self.say("api_down_check")
            return value
        if found.get("ok"):
            return str(found.get("value") or value)
        if meant:
            self.put(reply(str(found.get("detail") or EXAMPLE[field])))
        return None

    def store(self, field: str, value: str, words: str, whose: str = "own") -> bool:
        """Check and keep a value with its evidence; says what is wrong otherwise."""
        kept = self.checked(field, value)
        if kept is None:
            return False
        self.state[field] = kept
        if field == UNIT == self.asked:
            self.which_is_answered()
        self._prove(field, words, whose)
        self.noted.append(field)
        return True

    def which_is_answered(self) -> None:
        """The unit is known as well as the citizen knows it."""
        self.state["times"] = {**(self.state.get("times") or {}), record.WHICH: 1}

    def left_empty(self, field: str) -> None:
        """A question that was answered with nothing."""
        self.state[field] = ""
        self._prove(field, self.meaning.words, "own")

    def _prove(self, field: str, words: str, whose: str) -> None:
        evidence = dict(self.state.get("evidence") or {})
        evidence[field] = {"words": words[:400], "turn": self.turn_number, "whose": whose}
        self.state["evidence"] = evidence

    def append_facts(self, words: str) -> bool:
        """More of the account, behind what was told before."""
        earlier = self.state.get("facts")
        return self.store("facts", f"{earlier}\n{words}" if earlier else words, words)

    @property
    def turn_number(self) -> int:
        """Counted from 1."""
        return int(self.state.get("turns") or 0) + 1

    # ---- how the turn ends --------------------------------------------------------------
    def ask(self, what: str, *, silent: bool = False, misses: int = 0, options: Iterable[Any] = ()) -> None:
        """Wait for `what`; its question is said unless `silent`, never twice in the same words."""
        self.state["misses"] = misses
        if not silent:
            times = dict(self.state.get("times") or {})
            text, buttons = asking(what, self.state, times.get(what, 0))
            times[what] = times.get(what, 0) + 1
            self.state["times"] = times
            shown = card.read_back(self.state, times[what] - 1) if what == "confirm" else None
            self.put(reply(text, options=(*buttons, *options), card=shown))
            self.did("summary" if what == "confirm" else f"ask:{what}")
        if self.replies:
            self.replies[-1]["expects"] = record.EXPECTS.get(what, what)
        self.asked = what

    def go_on(self) -> None:
        """Ask for what is missing next; a change that was begun goes on first."""
        change = self.pending.get("change")
        if change and change == self.asked and change != "representatives":
            self.ask(change)
            return
        self.state["pending"] = None
        missing = self.missing()
        if record.is_put_off(self.state, missing):  # nothing else is left: without it, a person
            self.say("put_off_last")
            self.did("person")
            self.ask(missing, options=(CALL_ME, "找人工", "先存着"))
        else:
            self.ask(missing)

    def stop_asking(self) -> None:
        """Nothing waits for an answer."""
        self.asked = None

    def clear(self) -> None:
        """Forget the petition under way."""
        for slot in (*PETITION_SLOTS, *PASSING_SLOTS):
            self.state[slot] = None
        self.noted.clear()

    def discard_draft(self) -> None:
        """Forget what the API keeps of it as well."""
        self.quietly(self.api.discard_draft, self.session_id)

    def keep_draft(self) -> None:
        """Keep what is known, so that a talk that breaks off can be taken up again."""
        if self.in_petition and any(self.state.get(slot) for slot in record.VALUES):
            self.quietly(self.api.save_draft, self.session_id, record.draft(self.state, self.asked))

    def quietly(self, call: Any, *args: Any) -> None:
        """A call whose failure changes nothing for the citizen."""
        with contextlib.suppress(ApiDown, Refused):
            call(*args)

    def finished(self) -> Turn:
        """Replies, changed slots and the open question."""
        self.state["turns"] = self.turn_number
        self.state["asked"] = self.asked
        changed = {key: value for key, value in self.state.items() if self.before.get(key) != value}
        return Turn(self.replies, changed, self.asked, self.moves)


def shown_values(state: Mapping[str, Any], fields: Iterable[str]) -> str:
    """姓名 王小明，电话 *******5678."""
    return "，".join(f"{LABELS[one]} {record.shown(one, state[one])}" for one in fields if state.get(one))


__all__ = ["ASKED_IN_TURN", "FIELD", "OPTIONAL", "PETITION_SLOTS", "TEXT", "WAITS", "Talk", "shown_values"]
