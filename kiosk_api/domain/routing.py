"""Propose a window for a matter described in the citizen's own words, and give the reason.

Two signals: named cues in the words (`routing_lexicon`), and the reading of the assistant's
trained classifier when it is available. Without the reading the cues decide alone, and the
proposal records that in `model`. Staff decide, the citizen may disagree, and both are recorded.
Litigation is separated from petitioning by Articles 20, 22 and 28; the six routes are Article 31.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk_api.domain import matter_cues as cues
from kiosk_api.domain import routing_lexicon as lexicon
from kiosk_api.domain import routing_zh as words
from kiosk_api.domain.accusations import ASKED_FROM, KEY, SAID_YES, SURE_FROM, Accusation, accusation_of
from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.routing_questions import Question, effect_of, question_for
from kiosk_api.domain.statute import cite_short
from kiosk_api.domain.windows import WINDOWS

KEYWORDS = "keywords"  # `model` of a proposal made without a reading
_TITLE_BOOST = 1.25
_DECAY = 0.55  # each further cue for one window adds less, so a long text scores no higher for its length
_SHARPNESS = 0.75
_SURE = 0.55
_SHORTEST = 4
# Chosen on held-out tellings of our own matters (tests/bench/understanding); never on real texts.
_CUES_BESIDE_READING = 0.35
_FIELD_CUES_BESIDE_READING = 0.3
_KIND_CUES = 1.0
_BY_LAW = 20.0  # what goes to the discipline organs is an accusation (Article 30)
# Share of any danger; with words that name one; from which a line is added in case there is one.
_DANGER_AT, _DANGER_SAID_AT, _DOUBT_AT = 0.4, 0.2, 0.15
_LEAST = 1e-4

KINDS = ("appeal", "suggestion", "accusation")
Scores = dict[str, float]
Evidence = dict[str, list[tuple[float, str]]]


@dataclass(frozen=True)
class Reading:
    """What the trained classifier made of a text: label → probability, each table sums to 1."""

    window: Mapping[str, float]
    domain: Mapping[str, float]
    topic: Mapping[str, float] = field(default_factory=dict)
    kind: Mapping[str, float] = field(default_factory=dict)
    accuses: Mapping[str, float] = field(default_factory=dict)  # `official` or `nobody`
    hot_field: Mapping[str, float] = field(default_factory=dict)
    danger: Mapping[str, float] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    version: str = ""


@dataclass(frozen=True)
class Reason:
    """Why this window: a sentence, and its parts for a text in another language."""

    sentence: str
    opening: str  # about danger: a sentence with {danger} in it, or ""
    danger: str
    terms: tuple[str, ...]  # words of the text that are the reason
    why: str


@dataclass(frozen=True)
class RouteProposal:
    """A proposal, never a decision. `confidence` and alternatives lie in 0..1."""

    window: str
    confidence: float
    domain: str
    topic: str | None
    hot_field: str | None
    kind: str
    kind_confidence: float
    accusation: Accusation
    reason: Reason
    articles: tuple[str, ...]
    alternatives: tuple[tuple[str, float], ...]
    domain_confidence: float
    domain_alternatives: tuple[tuple[str, float], ...]
    emergency: bool
    ask: Question | None
    model: str


def normalise(text: str) -> str:
    """First 20,000 characters, NFKC, without runs of blanks between Chinese words."""
    folded = unicodedata.normalize("NFKC", text[:TEXT_MAX])[:TEXT_MAX]
    folded = folded.replace("_x000D_", "\n")
    return "".join("。" if character in "\r\n" else character for character in folded if character not in " \t")


def propose(text: str, reading: Reading | None = None, answers: Mapping[str, str] | None = None) -> RouteProposal:
    """Window, field, kind and reason for a matter; empty text goes to the petition office.

    `text` is best given in simplified characters. `answers` are question key → answer key of
    `routing_questions`; unknown ones are ignored.
    """
    plain = normalise(text)
    given = dict(answers or {})
    found = _evidence(plain)
    ranked = _ranked(_log_shares(found, reading, given))
    window, confidence = ranked[0]
    domains = _ranked(_domain_log_shares(plain, reading))
    danger, opening = _danger(plain, reading)
    accusation, kind, kind_confidence = _kind(plain, window, reading, given.get(KEY))
    articles = _articles(window, kind, accusation, danger is not None)
    silent = len(plain) < _SHORTEST or not (any(found.values()) or reading)
    return RouteProposal(
        window=window,
        confidence=round(confidence, 4),
        domain=domains[0][0],
        topic=max(reading.topic, key=lambda name: reading.topic[name])
        if reading and reading.topic else None,
        hot_field=_hot_field(plain, reading),
        kind=kind,
        kind_confidence=round(kind_confidence, 4),
        accusation=accusation,
        reason=_reason(window, found[window], reading, opening, danger or "", articles),
        articles=articles,
        alternatives=tuple(
            (other, round(share, 4)) for other, share in ranked[1:4] if share >= 0.03
        ),
        domain_confidence=round(domains[0][1], 4),
        domain_alternatives=tuple(
            (other, round(share, 4)) for other, share in domains[1:3] if share >= 0.05
        ),
        emergency=danger is not None,
        ask=question_for(
            plain, [name for name, _ in ranked[:3]], sure=confidence >= _SURE, silent=silent,
            doubtful=accusation is Accusation.DOUBTFUL, answered=given,
        ),
        model=reading.version if reading else KEYWORDS,
    )  # fmt: skip


def _evidence(text: str) -> Evidence:
    found: Evidence = {window: [] for window in WINDOWS}
    for cue in lexicon.CUES:
        match = cue.pattern.search(text)
        if match is None:
            continue
        boost = _TITLE_BOOST if match.start() < cues.OPENING else 1.0
        found[cue.window].append((cue.weight * boost, cue.name))
    for named in found.values():
        named.sort(reverse=True)
    return found


def _scores(found: Evidence) -> Scores:
    scores = {}
    for window, named in found.items():
        total = lexicon.PRIOR.get(window, 0.0)
        for rank, (weight, _name) in enumerate(named):
            total += weight * _DECAY**rank
        scores[window] = total
    return scores


def _settle(scores: Scores, found: Evidence) -> None:
    """Rules between windows (Article 31): which window takes precedence over which."""
    names = {name for named in found.values() for _weight, name in named}
    if "判决没有执行到位" in names:
        scores["labour_arbitration"] *= 0.55
    if "公安机关不立案" in names:
        scores["public_security"] *= 0.5
        scores["court"] *= 0.6
    if names & {"申请抗诉或检察监督", "不起诉或不批捕", "公益诉讼", "减刑、假释或监外执行", "羁押引起的国家赔偿"}:
        scores["court"] *= 0.55
        scores["public_security"] *= 0.6
    if names & {"要打官司", "法院传票或开庭", "对判决或裁定不服"}:
        scores["public_security"] *= 0.75
    if "小区与物业" in names and "非法集资或卷款跑路" not in names:
        scores["public_security"] *= 0.7
    if "司法人员涉嫌犯罪" in names:
        scores["discipline"] *= 0.6


def _log_shares(found: Evidence, reading: Reading | None, answers: Mapping[str, str]) -> Scores:
    scores = _scores(found)
    _settle(scores, found)
    total = {}
    for window, score in scores.items():
        share = _SHARPNESS * score
        if reading:
            share = share * _CUES_BESIDE_READING + math.log(max(reading.window.get(window, 0.0), _LEAST))
        total[window] = share + effect_of(answers, window)
    return total


def _domain_log_shares(text: str, reading: Reading | None) -> Scores:
    scores = cues.domain_scores(text)
    if reading is None:
        if not any(scores.values()):
            scores["party_government"] = 1.0
        return scores
    return {
        name: _FIELD_CUES_BESIDE_READING * min(score, 12.0) + math.log(max(reading.domain.get(name, 0.0), _LEAST))
        for name, score in scores.items()
    }


def _ranked(log_shares: Scores) -> list[tuple[str, float]]:
    """Shares that sum to 1, best first; ties in the order of the table."""
    top = max(log_shares.values())
    powers = {name: math.exp(score - top) for name, score in log_shares.items()}
    total = sum(powers.values())
    order = list(log_shares)
    ranked = sorted(powers.items(), key=lambda item: (-item[1], order.index(item[0])))
    return [(name, power / total) for name, power in ranked]


def _danger(text: str, reading: Reading | None) -> tuple[str | None, str]:
    """What danger is present now, in plain words, and the opening of the proposal that warns of it."""
    said = cues.find_emergency(text)
    shares = {kind: share for kind, share in (reading.danger if reading else {}).items() if kind in words.DANGERS}
    share = sum(shares.values())
    if reading is None or not reading.danger:
        found = said
    elif share >= (_DANGER_AT if said is None else _DANGER_SAID_AT):
        found = said or words.DANGERS[max(shares, key=lambda kind: shares[kind])]
    else:
        return None, words.DANGER_DOUBT if said or share >= _DOUBT_AT else ""
    return found, (words.DANGER if said else words.DANGER_DOUBT) if found else ""  # a guess is not what they said


def _kinds(text: str, window: str, reading: Reading | None) -> list[tuple[str, float]]:
    """Shares of appeal, suggestion and accusation (Articles 29-31), best first."""
    read = reading.kind if reading and reading.kind else dict.fromkeys(KINDS, 1.0)
    scores = {kind: math.log(max(read.get(kind, 0.0), _LEAST)) for kind in KINDS}
    scores[cues.kind_of(text, window)] += _BY_LAW if window == "discipline" else _KIND_CUES
    return _ranked(scores)


def _kind(text: str, window: str, reading: Reading | None, answer: str | None) -> tuple[Accusation, str, float]:
    """Whether it accuses somebody, its kind and the share of that kind; the citizen's own word counts."""
    ranked = _kinds(text, window, reading)
    kinds = dict(ranked)
    if reading and reading.kind:
        share = max(kinds["accusation"] if kinds["accusation"] >= SURE_FROM else 0.0, _official(reading))
    elif ranked[0][0] == "accusation":
        share = kinds["accusation"]
    else:  # words alone: they settle nothing, the classifier reads it later
        share = ASKED_FROM if cues.may_accuse(text) else 0.0
    accusation = accusation_of(ranked[0][0], share, answer)
    if answer == SAID_YES:
        return accusation, "accusation", 1.0
    kind = next(name for name, _ in ranked if name != "accusation" or accusation is not Accusation.NO)
    return accusation, kind, kinds[kind]


def _official(reading: Reading) -> float:
    """The share of somebody in office being accused."""
    return reading.accuses.get("official", 0.0) if reading.accuses else reading.kind.get("accusation", 0.0)


def _hot_field(text: str, reading: Reading | None) -> str | None:
    if reading is None or not reading.hot_field:
        return cues.hot_field(text)
    name = max(reading.hot_field, key=lambda one: reading.hot_field[one])
    return None if name == "-" else name


def _articles(window: str, kind: str, accusation: Accusation, urgent: bool) -> tuple[str, ...]:
    articles = WINDOWS[window].articles
    if kind == "suggestion":
        articles = ("22", "29")
    if accusation is not Accusation.NO and "30" not in articles:
        articles = (*articles, "30")
    return (*articles, "25") if urgent else articles


def _reason(
    window: str, named: list[tuple[float, str]], reading: Reading | None,
    opening: str, danger: str, articles: tuple[str, ...],
) -> Reason:  # fmt: skip
    """Named cues first; the classifier's words only when no cue speaks for this window."""
    terms: list[str] = []
    for _weight, name in named:
        if name not in terms and not (name.startswith("提到") and terms):
            terms.append(name)
    if not terms and reading and window != "petition_office":
        terms = list(reading.words)
    terms = terms[:3]
    why = WINDOWS[window].why
    quoted = "、".join(f"“{name}”" for name in terms)
    sentence = words.PROPOSAL.format(
        opening=opening.format(danger=danger),
        basis=(words.WITH_TERMS if terms else words.WITHOUT_TERMS).format(heard=quoted, why=why),
        door=WINDOWS[window].label,
        articles="、".join(cite_short(number) for number in articles),
    )
    return Reason(sentence, opening, danger, tuple(terms), why)
