# ruff: noqa: E501 -- tables of Chinese sentences; Chinese counts double in width
"""A simulated citizen: knows what is true, answers what is asked, and behaves as people do.

Seeded: the same seed is the same person. Noise: several facts at once, digressions, anger, wrong
numbers put right later, a changed mind, steps back, a draft kept and taken up again, spoken digits,
full-width and traditional characters.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.simulated.stories import ADDRESSES, NAMES, PHONES, STORIES, Story

Say = Callable[[str], dict[str, Any]]
MOST_TURNS = 45
_SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
QUESTIONS = ("信访要多久给答复？", "你们周末上班吗", "复查怎么申请？", "会不会把我的名字说出去？", "最多几个代表？", "不受理怎么办？", "交了材料多久受理")  # fmt: skip
SMALL_TALK = ("你好", "谢谢你啊", "你是机器人吗", "今天天气咋样")
ANGER = ("你们就知道踢皮球", "烦死了", "问问问，烦不烦啊")
WHYS = {"petitioner_name": "为啥要我名字", "phone": "要我电话干嘛", "address": "为什么要地址", "facts": "为什么要问这些", "request": "为什么要写这个", "place": "为啥问地点", "about_unit": "问单位干啥"}  # fmt: skip
OPENINGS = ("我要反映问题", "你好，我想登记一件事", "俺要告状", "我要信访", "我要投訴", "想反映个事儿")
YES = ("确认提交", "对，提交吧", "没错", "都对", "可以，提交", "是的")
LABELS = {"petitioner_name": "名字", "phone": "电话", "address": "地址", "request": "诉求"}


@dataclass
class Outcome:
    """What became of it. `useless` counts turns that brought nothing and were not the citizen's own digressions."""

    case_number: str | None = None
    turns: int = 0
    own: int = 0
    useless: int = 0
    fallbacks: int = 0
    wrong_at_read_back: list[str] = field(default_factory=list)
    log: list[tuple[str, str]] = field(default_factory=list)


class Citizen:
    """One person with one story."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        pick = self.chance.choice
        self.story: Story = STORIES[seed % len(STORIES)]
        self.truth = {
            "petitioner_name": NAMES[seed % len(NAMES)],
            "phone": pick(PHONES),
            "address": pick(ADDRESSES),
            "facts": self.story.facts,
            "request": self.story.request,
            "place": self.story.place or "",
            "about_unit": self.story.unit or "",
        }
        self.habits = set(
            self.chance.sample(
                [
                    "digress",
                    "small_talk",
                    "anger",
                    "why",
                    "wrong_phone",
                    "wrong_name",
                    "changed_mind",
                    "back",
                    "save",
                    "all_at_once",
                    "tells_first",
                    "swap",
                    "gibberish",
                    "group",
                ],
                k=self.chance.randint(2, 5),
            )
        )
        self.done: set[str] = set()
        self.outcome = Outcome()
        self.given: set[str] = set()

    # ---- the talk -----------------------------------------------------------------------
    def file(self, say: Say) -> Outcome:
        """Talk until registered, or until MOST_TURNS."""
        answer = self._speak(say, self._opening())
        asked = ""
        while self.outcome.turns < MOST_TURNS:
            case = next((one["case"] for one in answer["replies"] if one.get("case")), None)
            if case:
                self.outcome.case_number = case["case_number"]
                return self.outcome
            expects = answer.get("expects") or ""
            aside = self._aside(expects, answer)
            if aside:
                self.outcome.own += 1
                answer = self._speak(say, aside)
                asked = ""
                continue
            if expects == asked and expects not in ("confirm", "clarify", "fix_which"):
                self.outcome.useless += 1
            asked = expects
            answer = self._speak(say, self._answer(expects, answer))
        return self.outcome

    def _speak(self, say: Say, text: str) -> dict[str, Any]:
        self.outcome.turns += 1
        answer = say(text)
        said = "\n".join(one["text"] for one in answer["replies"])
        self.outcome.log.append((text, said))
        if "没听明白" in said:
            self.outcome.fallbacks += 1
        return answer

    def _opening(self) -> str:
        if "tells_first" in self.habits:
            self.given.add("facts")
            return self.story.facts
        return self.chance.choice(OPENINGS)

    # ---- what nobody asked for ------------------------------------------------------------
    def _aside(self, expects: str, answer: dict[str, Any]) -> str | None:
        for habit in sorted(self.habits - self.done):
            text = getattr(self, f"_{habit}", lambda _e, _a: None)(expects, answer)
            if text:
                self.done.add(habit)
                return text
        return None

    def _digress(self, expects: str, _answer: object) -> str | None:
        return self.chance.choice(QUESTIONS) if expects in ("phone", "address", "place") else None

    def _small_talk(self, expects: str, _answer: object) -> str | None:
        return self.chance.choice(SMALL_TALK) if expects in ("petitioner_name", "address") else None

    def _anger(self, expects: str, _answer: object) -> str | None:
        return self.chance.choice(ANGER) if expects in ("phone", "facts", "request") else None

    def _why(self, expects: str, _answer: object) -> str | None:
        return WHYS.get(expects) if self.chance.random() < 0.5 else None

    def _gibberish(self, expects: str, _answer: object) -> str | None:
        return "asdfgh" if expects in ("petitioner_name", "about_unit") else None

    def _changed_mind(self, expects: str, _answer: object) -> str | None:
        if expects != "confirm":
            return None
        self.truth["request"] = "请给我一个书面答复，把这件事说清楚"
        return "诉求改成" + self.truth["request"]

    def _wrong_phone(self, expects: str, _answer: object) -> str | None:
        return f"电话错了，改成{self.truth['phone']}" if expects == "address" and "phone" in self.given else None

    def _wrong_name(self, expects: str, _answer: object) -> str | None:
        named = "petitioner_name" in self.given
        return f"名字打错了，是{self.truth['petitioner_name']}" if expects == "phone" and named else None

    def _swap(self, expects: str, _answer: object) -> str | None:
        if expects != "confirm":
            return None
        return f"不是新安镇，是{self._town()}" if "swapped" in self.given else None

    def _back(self, expects: str, _answer: object) -> str | None:
        return "上一步" if expects == "address" and "phone" in self.given else None

    # ---- what is asked ----------------------------------------------------------------------
    def _town(self) -> str:
        for mark in ("镇", "街道", "新区", "村"):
            if mark in self.truth["address"]:
                return self.truth["address"].split(mark)[0] + mark
        raise AssertionError(self.truth["address"])

    def _answer(self, expects: str, answer: dict[str, Any]) -> str:
        if expects == "confirm":
            return self._read_back("\n".join(one["text"] for one in answer["replies"]))
        if expects == "clarify":
            options = [one["label"] for one in answer["replies"][-1].get("options", [])]
            return self.chance.choice([*options[:2], "说不清"]) if options else "说不清"
        if expects == "resume_choice":
            return "接着填"
        if expects == "choice":
            labels = [one["label"] for one in answer["replies"][-1]["options"]]
            return next((one for one in labels if one.startswith("不是，只是")), labels[0])
        if expects not in self.truth:
            return "接着填" if "save" in self.done else "我要反映问题"
        if expects == "address" and "save" in self.habits - self.done:
            self.done.add("save")
            self.outcome.own += 2
            return "先存着"
        self.given.add(expects)
        return getattr(self, f"_say_{expects}", lambda: self.truth[expects] or "跳过")()

    def _say_petitioner_name(self) -> str:
        name = self.truth["petitioner_name"]
        if "wrong_name" in self.habits - self.done and len(name) == 3:
            name = name[:2] + ("娜" if name[2] != "娜" else "丽")
        if "all_at_once" in self.habits:
            self.given |= {"phone", "address"}
            return f"{name} {self.truth['phone']} {self.truth['address']}"
        return self.chance.choice(["{}", "我叫{}", "俺叫{}", "{}。", "姓名：{}", "我是{}"]).format(name)

    def _say_phone(self) -> str:
        phone = self.truth["phone"]
        if "wrong_phone" in self.habits - self.done:
            phone = phone[:-1] + str((int(phone[-1]) + 1) % 10)
        form = self.chance.randrange(5)
        if form == 0:
            return phone.translate(_SPOKEN)
        if form == 1:
            return phone.translate(_WIDE)
        if form == 2:
            return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
        return phone if form == 3 else f"我电话是{phone}"

    def _say_address(self) -> str:
        address = self.truth["address"]
        if "swap" in self.habits - self.done:
            address = address.replace(self._town(), "新安镇", 1)
            self.given.add("swapped")
        return self.chance.choice(["{}", "住在{}", "我家在{}", "地址是{}"]).format(address)

    def _read_back(self, said: str) -> str:
        """Check every line; put right what is wrong, else say yes."""
        lines = dict(line.split("：", 1) for line in said.splitlines() if "：" in line)
        for slot, label in (("petitioner_name", "姓名"), ("address", "住址"), ("request", "诉求")):
            if lines.get(label) != self.truth[slot]:
                self.outcome.wrong_at_read_back.append(slot)
                return f"{LABELS[slot]}错了，改成{self.truth[slot]}"
        if (lines.get("电话") or "")[-4:] != self.truth["phone"][-4:]:
            self.outcome.wrong_at_read_back.append("phone")
            return f"电话错了，改成{self.truth['phone']}"
        return self.chance.choice(YES)


def wrong_slots(citizen: Citizen, petition: Any) -> list[str]:
    """Slots of the stored petition that are not what the citizen meant or said."""
    truth, story = citizen.truth, citizen.story
    wrong = [
        slot
        for slot, stored in (
            ("petitioner_name", petition.name),
            ("address", petition.address),
            ("request", petition.request),
        )
        if stored != truth[slot]
    ]
    if not petition.phone.endswith(truth["phone"]):
        wrong.append("phone")
    if petition.facts != story.facts:
        wrong.append("facts")
    for slot, stored, meant in (
        ("place", petition.place, story.place),
        ("about_unit", petition.about_unit, story.unit),
        ("amount", petition.amount, None),
        ("happened", petition.happened, None),
    ):
        if stored and stored != meant and stored not in story.may:
            wrong.append(slot)
        if meant and not stored:
            wrong.append(slot)
    return wrong
