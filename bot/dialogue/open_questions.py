"""An open question of the petition form: each kind of message handled in one place."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue import commands, corrections, extraction, handbook, questions, record, secrecy
from bot.dialogue.account_details import AccountDetails
from bot.dialogue.petition_fields import ASKED_IN_TURN, FIELD, FIELD_WORDS, FREE_TEXT, NARRATIVE
from bot.dialogue.ports import Message
from bot.dialogue.replies import option, reply
from bot.dialogue.text import faithful, han_count
from bot.dialogue.texts_zh import EXAMPLE, LABELS, TEXT, WHY, say
from bot.dialogue.turn import Turn
from bot.dialogue.understand import Kind, Meaning, understand

MAX_REPRESENTATIVES = 5  # Art. 20
RECORDED = NARRATIVE | {"addition", "clarify"}  # words for the record
ANSWER_AND_QUESTION = 300  # characters: longer is no short answer with a question beside it
STORY = 25  # characters: longer than any answer to a short question


class OpenQuestions(AccountDetails):
    """Answers, digressions, corrections and commands while a slot is open."""

    def _question_open(self, slot: str, message: Message) -> Turn:
        pending = self.state.get("pending") or {}
        meaning = self._swap(message) or understand(slot, message, tuple(pending.get("offered") or ()))
        if meaning.kind == "command" and meaning.name == "write_into_record" and pending.get("held"):
            meaning = Meaning("answer", values={slot: pending["held"]})
        elif meaning.kind == "command" and meaning.name == "cancel" and pending.get("old"):
            self.state[slot] = pending["old"]
            return self._next()
        self.state["pending"] = {"old": pending["old"]} if pending.get("old") else None
        both = self._answer_beside(slot, message) if meaning.kind in ("question", "answer") else None
        if both and (meaning.kind == "question" or questions.about_procedure(both[1])):
            return self._on_answer_and_question(slot, *both)
        return self._act(slot, meaning, message)

    def _act(self, slot: str, meaning: Meaning, message: Message) -> Turn:
        """What a message of this kind does at the open question."""
        handlers: dict[Kind, Callable[[str, Meaning, Message], Turn]] = {
            "command": self._on_command,
            "skip": self._on_skip,
            "correct": self._on_correct,
            "append": self._on_append,
            "representative": self._on_representative,
            "question": self._on_question,
            "chat": self._on_chat,
            "elsewhere": self._on_elsewhere,
            "account": self._on_account,
            "answer": self._on_answer,
            "unsure": self._on_unsure,
            "miss": self._on_miss,
        }
        return handlers[meaning.kind](slot, meaning, message)

    def _without_secrecy(self, slot: str, message: Message) -> Message | None:
        """Notes a wish for confidentiality: what is left of the message, None when that was all.

        What goes into the record keeps every word of it.
        """
        if secrecy.taken_back(message.text):
            self.state["confidential"] = None
            kept = self.state.get("accusation")
            self.turn.say(reply(TEXT["accusation" if kept else "not_confidential"]))
            return None
        if not (wish := secrecy.wish(message.text)):
            return message
        story = (
            slot in RECORDED
            or han_count(wish.rest) >= STORY
            or (message.intent == "tell_matter" and understand(slot, Message(wish.rest)).kind != "answer")
        )
        if wish.rest and story and not secrecy.wish(message.text, account=True):
            return message
        self._note_secrecy()
        if not wish.rest:
            return None
        return message if story else Message(wish.rest, kind=message.kind)

    @staticmethod
    def _answer_beside(slot: str, message: Message) -> tuple[Meaning, str] | None:
        """“柳林镇三组，多久有答复？”: the answer to `slot`, and the question beside it."""
        if slot in FREE_TEXT or len(message.text) > ANSWER_AND_QUESTION:
            return None
        said, asked = questions.split_question(message.text)
        if not said or not asked:
            return None
        meaning = understand(slot, Message(said))
        return (meaning, asked) if meaning.kind == "answer" and slot in meaning.values else None

    def _on_answer_and_question(self, slot: str, meaning: Meaning, asked: str) -> Turn:
        if slot not in self._store(meaning.values):
            return self._miss(slot, explained=True)
        self._answer_question(Meaning("question", value=asked))
        following = record.next_slot(self.state)
        return self._next() if following == "confirm" else self._wait(following)

    def _on_answer(self, slot: str, meaning: Meaning, message: Message) -> Turn:
        values = dict(meaning.values)
        if slot == "facts" and self.state.get("opening") and "facts" in values:
            values["facts"] = f"{self.state['opening']}\n{values['facts']}"
        stored = self._store(values)
        if "facts" in stored:
            self.state["opening"] = None
        others = [s for s in stored if s != slot]
        if others:
            what = "，".join(f"{LABELS[s]} {record.shown(s, self.state[s])}" for s in others)
            self.turn.say(reply(say("noted", what=what)))
        if "facts" in stored:
            self._look_at(message)
        if self.state.get(slot) is None and slot in meaning.values:
            return self._miss(slot, explained=True)
        return self._next()

    def _on_unsure(self, slot: str, meaning: Meaning, message: Message) -> Turn:
        value = meaning.values[slot]
        self.turn.say(
            reply(
                say("unsure", value=value, label=LABELS[slot]),
                options=[option(f"是，{value}", FIELD[slot].guess_lead + value)],
                expects=slot,
            )
        )
        return self._wait(slot, silent=True)

    def _on_skip(self, slot: str, meaning: Meaning, message: Message) -> Turn:
        self.state[slot] = "" if slot in ASKED_IN_TURN else None
        return self._next()

    def _on_miss(self, slot: str, meaning: Meaning, message: Message) -> Turn:
        return self._miss(slot)

    def _on_account(self, slot: str, meaning: Meaning, message: Message) -> Turn:
        """An account instead of the answer: it is kept as facts, and the question is asked again."""
        if self.state.get("facts"):
            self.state["facts"] = f"{self.state['facts']}\n{meaning.value}"
            self.turn.say(reply(TEXT["added_facts"]))
        elif self._checked("facts", meaning.value):
            self.state["facts"] = meaning.value
            self.turn.say(reply("您说的事我记进事实经过了。"))
        self._look_at(message)
        return self._wait(slot)

    def _swap(self, message: Message) -> Meaning | None:
        """“不是江浦街道，是桥林”: the answer that holds the wrong words, with the right ones."""
        pair = corrections.replacement(message.text)
        holding = [
            slot for slot, _ in FIELD_WORDS if pair and slot != "facts" and pair[0] in str(self.state.get(slot) or "")
        ]
        if not pair or len(holding) != 1:
            return None
        right = corrections.right_words(*pair)
        value = str(self.state[holding[0]]).replace(pair[0], right, 1)
        return Meaning("correct", name=holding[0], value=value)

    def _on_chat(self, slot: str, meaning: Meaning, message: Message) -> Turn:
        texts = {
            "greet": "您好。",
            "thanks": TEXT["thanks"].split("。")[0] + "。",
            "bye": "",
            "bot_challenge": TEXT["bot"],
            "out_of_scope": TEXT["out_of_scope"],
            "anger": TEXT["anger_form"],
        }
        if meaning.name == "bye":
            return self._save(slot)
        self.turn.say(reply(texts[meaning.name]))
        return self._wait(slot)

    def _on_elsewhere(self, slot: str, meaning: Meaning, message: Message) -> Turn:
        self.turn.say(reply(TEXT["elsewhere"]))
        return self._wait(slot, extra=("先存着",))

    def _on_question(self, slot: str, meaning: Meaning, message: Message) -> Turn:
        held = faithful(message.text) if meaning.why == "held" else None
        self._answer_question(meaning, held)
        return self._wait(slot)

    def _answer_question(self, meaning: Meaning, held: str | None = None) -> None:
        """What the handbook says; `held` are words that may be meant for the record instead."""
        said, offered = handbook.answer(self.api, meaning.value, self.state.get("last_question"))
        self.state["last_question"] = meaning.value
        if held:
            said["text"] += "\n" + TEXT["held"]
            said["options"].append(option("写进去"))
        self.turn.say(said)
        self.state["pending"] = {**(self.state.get("pending") or {}), "offered": list(offered), "held": held}

    def _on_append(self, slot: str, meaning: Meaning, message: Message) -> Turn:
        if not meaning.value:
            self.turn.say(reply(TEXT["ask_addition"], expects="facts"))
            self.state["pending"] = None
            return self._wait("addition", silent=True)
        return self._append(meaning.value, slot)

    def _append(self, words: str, slot: str) -> Turn:
        self.state["facts"] = f"{self.state['facts']}\n{words}" if self.state.get("facts") else words
        self.turn.say(reply(TEXT["added_facts"]))
        return self._wait(slot) if self.state.get(slot) is None else self._next()

    def _addition(self, message: Message) -> Turn:
        name = commands.command(message.text)
        if name in ("cancel", "back") or commands.is_skip(message.text):
            return self._next()
        return self._append(faithful(message.text), record.next_slot(self.state))

    def _on_representative(self, slot: str, meaning: Meaning, message: Message) -> Turn:
        people = list(self.state.get("representatives") or [])
        good = self._valid("name", meaning.values["name"]) and self._valid("phone", meaning.values["phone"])
        if len(people) >= MAX_REPRESENTATIVES:
            self.turn.say(reply(TEXT["representative_full"]))
        elif not good:
            self.turn.say(reply(TEXT["representative_bad"]))
        else:
            self.state["representatives"] = [*people, meaning.values]
            self.turn.say(
                reply(say("representative_added", name=meaning.values["name"], tail=meaning.values["phone"][-4:]))
            )
        return self._wait(slot)

    def _on_correct(self, slot: str, meaning: Meaning, message: Message) -> Turn:
        target, value = meaning.name, meaning.value
        if not value:
            old = self.state.get(target)
            self.state["pending"] = {"old": old} if old else None
            self.state[target] = None
            return self._wait(target)
        if target == "phone":
            value = extraction.phone_candidate(value) or value
        elif target == "petitioner_name":
            guess = extraction.bare_name(value)
            value = guess[0] if guess else value
        if self._store({target: value}):
            what = f"{LABELS[target]} {record.shown(target, self.state[target])}"
            self.turn.say(reply(say("changed", what=what)))
        return self._next() if slot == "confirm" or self.state.get(slot) is not None else self._wait(slot)

    def _on_command(self, slot: str, meaning: Meaning, message: Message) -> Turn:
        return self._command(slot, meaning.name)

    def _command(self, slot: str, name: str) -> Turn:
        if name == "back":
            before = record.previous_slot(self.state, slot)
            if before is None:
                self.turn.say(reply(TEXT["back_first"]))
                return self._wait(slot)
            old = self.state.get(before)
            self.state["pending"] = {"old": old} if old else None
            self.state[before] = None
            return self._wait(before)
        if name == "cancel":
            return self._cancel()
        if name == "ask_cancel":
            self.turn.say(reply(TEXT["ask_cancel"], options=["取消登记", "先存着", "接着填"], expects=slot))
            return self._wait("ask_cancel", silent=True)
        if name == "save":
            return self._save(slot)
        if name == "start_over":
            self._quietly(self.api.discard_draft, self.session_id)
            self.turn.say(reply(TEXT["restarted"]))
            return self._begin(None)
        if name == "human":
            return self._human(slot)
        if name == "help":
            self.turn.say(reply(EXAMPLE.get(slot, TEXT["help_form"])))
        elif name == "why":
            self.turn.say(reply(WHY.get(slot, WHY["facts"])))
        elif name == "full_text":
            facts = self.state.get("facts")
            self.turn.say(reply(say("full_text", facts=facts) if facts else "还没有填。"))
        elif name == "review":
            filled = [f"{LABELS[s]}：{record.shown(s, self.state[s])}" for s in record.VALUES if self.state.get(s)]
            self.turn.say(reply("\n".join(filled) or "还没有填。"))
        return self._wait(slot)

    def _sure_cancel(self, message: Message) -> Turn:
        name = commands.command(message.text)
        if name == "cancel" or commands.is_yes(message.text):
            return self._cancel()
        if name == "save":
            return self._save(record.next_slot(self.state))
        slot = record.next_slot(self.state)
        if commands.is_continue(message.text) or commands.is_no(message.text) or slot == "confirm":
            return self._next()
        return self._question_open(slot, message)
