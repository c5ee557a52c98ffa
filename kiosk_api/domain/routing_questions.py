# ruff: noqa: E501 -- one question a line group; Chinese counts double in width
"""The question asked when two windows score alike, and how much each answer changes the scores.

Sources: Articles 20, 22, 28, 30, 31 of the 信访工作条例; that the police have
refused to file before the procuratorate steps in, 刑事诉讼法 Article 113.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk_api.domain import accusations
from kiosk_api.domain.windows import COURT, DISCIPLINE, LABOUR, PETITION, POLICE, PROCURATORATE, RECONSIDERATION

_FOR, _AGAINST = 4.0, -4.0  # log-odds: one clear answer outweighs an uncertain proposal


@dataclass(frozen=True)
class Choice:
    """One answer: its key, the words on the button, the windows it speaks for and against."""

    key: str
    label: str
    speaks_for: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """Asked once. Without choices it is open: say more in your own words."""

    key: str
    text: str
    choices: tuple[Choice, ...] = ()


_NOT_SURE = Choice("unknown", "说不清")


def _between(
    key: str, text: str, yes: tuple[str, str], no: tuple[str, str], labels: tuple[str, str] = ("是", "不是")
) -> Question:
    """A two-way question: (speaks for, against) of each answer."""
    return Question(
        key,
        text,
        (
            Choice("yes", labels[0], (yes[0],), (yes[1],)),
            Choice("no", labels[1], (no[0],), (no[1],)),
            _NOT_SURE,
        ),
    )


_C, _P, _S, _D = COURT, PROCURATORATE, POLICE, DISCIPLINE
_L, _R, _O = LABOUR, RECONSIDERATION, PETITION

MORE = Question("more", "请您再多说一点：是什么事，和哪个单位或什么人有关，您希望怎么解决？")
# The answer says nothing about the window, but who may see the case (Art. 30).
ACCUSES = Question(
    accusations.KEY,
    "您是要举报工作人员违纪违法吗？是的话，内容和您的身份一律保密，不会让被反映的人或单位看到（《信访工作条例》第三十条）。",
    (
        Choice(accusations.SAID_YES, "是，举报工作人员"),
        Choice(accusations.SAID_NO, "不是，只是办事的事"),
        Choice(accusations.NOT_SURE, "说不准"),
    ),
)
JUDGED = _between(
    "judged", "这笔钱或这件事，法院判过了吗，或者仲裁裁过了吗？", (_C, _L), (_L, _C), ("判过或裁过了", "还没有")
)
WAGES = _between("wages", "这笔钱是给他干活的工钱（有劳动合同、工牌或考勤），还是借款、货款（有借条、欠条）？",
                 (_L, _C), (_C, _L), ("干活的工钱", "借款或货款"))  # fmt: skip
BETWEEN: dict[frozenset[str], Question] = {
    frozenset({_C, _O}): _between("in_court", "这件事在法院打官司吗，或者法院已经判过了吗？", (_C, _O), (_O, _C), ("在打官司或判过了", "没有")),
    frozenset({_C, _P}): _between("supervision", "您是想自己打官司、对判决不服，还是想请检察院来监督？", (_C, _P), (_P, _C), ("打官司或不服判决", "请检察院监督")),
    frozenset({_C, _S}): _between("police_or_money", "您是想请公安机关查处对方，还是想让对方还钱、赔偿？", (_S, _C), (_C, _S), ("请公安查处", "要对方还钱、赔偿")),
    frozenset({_C, _R}): _between("whose_decision", "这个决定是法院作出的，还是政府部门作出的？", (_C, _R), (_R, _C), ("法院", "政府部门")),
    frozenset({_P, _S}): _between("not_filed", "您报过案吗？派出所给过不立案通知书，或者明说不立案吗？", (_P, _S), (_S, _P), ("说了不立案", "没有，或还没报案")),
    frozenset({_S, _O}): _between("crime", "这件事里有没有人被骗、被打、被偷或者受到威胁？", (_S, _O), (_O, _S), ("有", "没有")),
    frozenset({_D, _O}): _between("official", "您是要反映某位干部个人违纪违法，还是想请部门把这件事办好？", (_D, _O), (_O, _D), ("反映干部违纪违法", "请部门把事办好")),
    frozenset({_L, _O}): _between("employer", "这是您和用人单位之间的争议吗，比如工资、合同、工伤、单位不缴社保？", (_L, _O), (_O, _L)),
    frozenset({_R, _O}): _between("decision", "您手里有没有政府部门给您的书面决定，比如处罚决定书、征收决定？", (_R, _O), (_O, _R), ("有", "没有")),
    frozenset({_D, _S}): _between("cadre", "您要反映的人是干部、公职人员，还是一般的个人或公司？", (_D, _S), (_S, _D), ("干部、公职人员", "个人或公司")),
    frozenset({_P, _O}): _between("prosecutors", "您是想请检察院监督公安、法院办的案子吗？", (_P, _O), (_O, _P)),
    frozenset({_L, _R}): _between("employer_or_office", "您不服的是用人单位的做法，还是政府部门（比如人社局）的决定？", (_L, _R), (_R, _L), ("用人单位的做法", "政府部门的决定")),
    frozenset({_S, _R}): _between("fined_or_harmed", "您是不服给您自己的处罚，还是有人害了您？", (_R, _S), (_S, _R), ("不服给我的处罚", "有人害了我")),
    frozenset({_L, _S}): _between("employer_or_crime", "您是和用人单位有争议，还是被人骗了、打了、威胁了？", (_L, _S), (_S, _L), ("和用人单位有争议", "被骗、被打或被威胁")),
    frozenset({_P, _D}): _between("judicial_staff", "您要反映的是公安、法院、监狱办案的人，还是别的干部？", (_P, _D), (_D, _P), ("办案的人", "别的干部")),
}  # fmt: skip
_ASKABLE = {one.key: one for one in (*BETWEEN.values(), JUDGED, WAGES)}
_READABLE = {**_ASKABLE, ACCUSES.key: ACCUSES}
_JUDGEMENT = re.compile("法院|判|裁|仲裁|执行|官司")


def question_for(
    text: str, ranked: Sequence[str], *, sure: bool, silent: bool, doubtful: bool, answered: Mapping[str, str]
) -> Question | None:
    """The question to ask now, or None; never a second question about the window after an answer.

    `sure` of the window; `doubtful` whether it is an accusation, which is asked first.
    """
    if silent:
        return MORE
    if doubtful and ACCUSES.key not in answered:
        return ACCUSES
    if sure or any(key in _ASKABLE for key in answered):
        return None
    pair = frozenset(ranked[:2])
    if pair == {_C, _L}:
        return JUDGED if _JUDGEMENT.search(text) else WAGES
    return BETWEEN.get(pair, MORE)


def effect_of(answers: Mapping[str, str], window: str) -> float:
    """What the answers add to the log-odds of a window."""
    total = 0.0
    for key, answer in answers.items():
        question = _ASKABLE.get(key)
        for choice in question.choices if question else ():
            if choice.key == answer:
                total += _FOR * (window in choice.speaks_for) + _AGAINST * (window in choice.against)
    return total


def readable_answers(answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """(question, answer) in words, for the desk; unknown keys are left out."""
    return [
        (_READABLE[key].text, choice.label)
        for key, answer in answers.items() if key in _READABLE
        for choice in _READABLE[key].choices if choice.key == answer
    ]  # fmt: skip
