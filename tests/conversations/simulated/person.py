"""A simulated citizen: knows what is true, hears what is asked, and answers in a voice, with behaviours.

A person checks the read-back and objects to what is wrong. `seed` is who it is; `telling` only how it is said.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence

from tests.conversations.simulated.behaviours import BEHAVIOURS, Behaviour
from tests.conversations.simulated.case import Case, invented
from tests.conversations.simulated.checking import Objection, objection
from tests.conversations.simulated.words import VOICES, Words

FIELDS = ("facts", "request", "place", "about_unit", "petitioner_name", "phone", "address")
MOST_OBJECTIONS = 6
PATIENCE = 6  # times that one thing is asked for
_CODE = re.compile(r"续填码：([A-Z0-9\-]+)")


class Person:
    """One citizen in one conversation; `leaves` is set when it goes away, with the reason."""

    def __init__(self, seed: int, telling: int = 0, behaviours: Sequence[str] | None = None, voice: str = "") -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.case: Case = invented(self.chance)
        self.voice = voice or self.chance.choice(VOICES)
        wanted = list(behaviours) if behaviours is not None else self._some()
        self.behaviours = tuple(wanted)
        self._todo: list[Behaviour] = [BEHAVIOURS[name] for name in wanted]
        self.words = Words(self.voice, random.Random(f"{seed}/{telling}"))
        self.opens_with = self.chance.choice(("wish", "matter", "matter_with_wish"))
        self.wrong_first: dict[str, str] = {}  # field → what is said before it is put right
        self.others_own = False
        self.for_kin = False
        self.will_register = True
        self.keeps_back = ""  # one step of the account that is told later
        self.steps = [self.words.account(self.words.chance.choice(step)) for step in self.case.tells]
        self.request = self.words.account(self.words.chance.choice(self.case.wants))
        case, written = self.case, self.words.written
        self.truth = {
            "petitioner_name": written(case.name), "phone": case.phone, "address": written(case.address),
            "place": self.words.account(case.place), "about_unit": self.words.account(case.unit),
        }  # fmt: skip
        self.side = {"amount": self.words.account(case.sum), "happened": self.words.account(case.day)}
        self.told: list[str] = []  # steps of the account
        self.gave: set[str] = set()  # fields
        self.refused: set[str] = set()
        self.asides: list[str] = []  # what belongs in no field
        self.asked: Counter[str] = Counter()
        self.objections: Counter[str] = Counter()
        self.queue: list[str] = []  # what is said next, whatever is asked
        self.representative: tuple[str, str] | None = None
        self.secret = False
        self.moved = ""  # another session or the same one begun anew, for the next message
        self.code = ""
        self.returns = False  # goes now and comes back with the code
        self.wishes = False  # the last message is a plain wish to register, as Rasa's own classifier knows it
        self.leaves = ""
        for one in self._todo:
            one.prepares(self)

    def _some(self) -> list[str]:
        names = sorted(BEHAVIOURS)
        count = self.chance.choice((1, 1, 2, 2, 3))
        first = names[self.seed % len(names)]
        return list(dict.fromkeys([first, *self.chance.sample(names, count)]))[:count]

    # ---- what is said -------------------------------------------------------------------
    def opening(self) -> str:
        """The first message."""
        for one in self._todo:
            if said := one.opens(self):
                return said
        if self.opens_with == "wish":
            return self.wish()
        facts = self.tell()
        return f"{self.words.say('wish')}，{facts}" if self.opens_with == "matter_with_wish" else facts

    def hear(self, asks: str | None, text: str, buttons: Sequence[str]) -> str | None:
        """The next message, None when the person goes."""
        if found := _CODE.search(text):
            self.code = found[1]
        asks = asks or ""
        self.asked[asks] += 1
        if asks not in ("confirm",) and self.asked[asks] > PATIENCE and asks:
            self.leaves = f"asked {asks} again and again"
            return None
        self.wishes = False
        if self.returns and self.code:
            self.returns, self.moved = False, "new"
            return self.words.say("come_back", True, code=self.code)
        if not self.will_register and asks not in ("", "stop_check"):
            return self._insists()
        if self.queue:
            return self.queue.pop(0)
        for one in list(self._todo):
            if said := one.instead(self, asks, text):
                self._todo.remove(one)
                return said
        return self._answer(asks, text, buttons)

    def wish(self) -> str:
        """That something is to be registered, no more."""
        self.wishes = True
        return self.words.say("wish", plainly=True)

    def tell(self) -> str:
        """The account, but for what is kept back."""
        self.told = [one for one in self.steps if one != self.keeps_back]
        self.gave |= {"facts"}
        return self.words.say("facts", facts=self.words.joined(self.told))

    def give(self, field: str, frame: str = "") -> str:
        """A field, as this person says it."""
        self.gave.add(field)
        if field == "facts":
            return self.tell()
        if field == "request":
            return self.words.say("request", request=self.request)
        value = self.wrong_first.get(field) or self.truth[field]
        if not value:
            return self.words.say("unknown")
        shown = self.words.number(value) if field == "phone" else value
        if field == "petitioner_name" and self.for_kin:
            return self.words.say("kin_name", name=shown, kin=self.case.kin)
        short = {"petitioner_name": "name", "about_unit": "unit"}.get(field, field)
        return self.words.say(frame or field, **{short: shown, "value": shown})

    def aside(self, frame: str, **values: str) -> str:
        """Words that belong in no field."""
        said = self.words.say(frame, **values)
        self.asides.append(said)
        return said

    def _answer(self, asks: str, text: str, buttons: Sequence[str]) -> str | None:
        if asks in FIELDS:
            return self._field(asks)
        if asks == "confirm":
            return self._checked(text)
        if asks == "clarify":
            return self.words.chance.choice([*buttons[:2], self.words.say("not_sure", plainly=True)])
        if asks == "fix_which":
            found = objection(self, self.last_shown)
            return self._object(found) if found else "不改了"
        if asks == "owner":
            return self._whose(text)
        if asks == "stop_check":
            return self.words.say("go_on" if self.will_register else "stop_sure", plainly=True)
        fixed = {"kind": "no_accusation", "listening": "fine", "resume_choice": "go_on", "callback_phone": "disagree"}
        if asks in fixed:
            return self.words.say(fixed[asks], plainly=True)
        if asks == "resume_code":
            return self.code or "重新开始"
        if not self.will_register:
            self.leaves = "gave up as wished"
            return None
        if self.asked[""] > 3:
            self.leaves = "nothing was asked"
            return None
        return "接着填" if self.asked[""] == 2 and self.gave else self.wish()

    def _insists(self) -> str | None:
        self.asked["leaving"] += 1
        if self.asked["leaving"] > 2:
            self.leaves = "could not leave"
            return None
        return self.words.say("stop_sure", plainly=True)

    def _field(self, field: str) -> str:
        if field in self.refused:
            self.refused.discard(field)
            value = self.words.number(self.truth[field]) if field == "phone" else self.truth[field]
            self.gave.add(field)
            return self.words.say("give_in", value=value)
        if field in self.gave and self.asked[field] <= 2 and self.words.chance.random() < 0.6:
            value = self._value(field)
            if value and self.words.chance.random() < 0.6:
                return self.words.say("already_with", value=value)
            return self.aside("already")
        return self.give(field)

    def _value(self, field: str) -> str:
        if field == "facts":
            return self.words.joined(self.told)
        if field == "request":
            return self.request
        return self.words.number(self.truth[field]) if field == "phone" else self.truth[field]

    def adds(self, step: str, again: bool) -> str:
        """What the read-back lacks; the whole account once more where that did not help."""
        if again:
            return f"事实经过错了，改成{self.words.joined(self.told)}"
        return self.words.say("add_facts", True, value=step)

    def _whose(self, text: str) -> str:
        if "用哪一个" in text:
            new, _, old = text.rpartition("，前面记的是")
            value = next((one for one in (*self.truth.values(), *self.side.values()) if one and one in new), "")
            value = value or next((one for one in (self.truth["phone"],) if one[-4:] in new), "")
            return self.words.say("choose_new", True, value=value) if value else self.words.say("choose_old", True)
        digits = "".join(one for one in text if one.isdigit())
        right = self.truth["phone"] in digits or self.truth["petitioner_name"] in text
        return self.words.say("mine" if right else "not_mine", plainly=True)

    # ---- the read-back -------------------------------------------------------------------
    last_shown = ""

    def _checked(self, text: str) -> str | None:
        if "姓名：" in text:
            self.last_shown = text
        found = objection(self, self.last_shown)
        if found:
            return self._object(found)
        return self.words.say("agree", plainly=True)

    def _object(self, found: Objection) -> str | None:
        self.objections[found.field] += 1
        self.gave.add(found.field)
        if sum(self.objections.values()) > MOST_OBJECTIONS:
            self.leaves = f"could not put {found.field} right"
            return None
        return found.said(self)
