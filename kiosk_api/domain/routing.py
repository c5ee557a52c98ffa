"""Propose a window for a matter told in the citizen's own words, and say why.

Pure and transparent: the proposal is a weighted count of named cues, so the reason shown is the
reason used. Staff decide, the citizen may disagree, and nothing is left unrecorded.
Litigation is separated from petitioning by Articles 20, 22 and 28; the six routes are Article 31.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass

from kiosk_api.domain import matter_lexicon as matter
from kiosk_api.domain import routing_lexicon as lexicon
from kiosk_api.domain import routing_zh as words

MAX_CHARACTERS = 20_000
_OPENING = 80           # the subject line of a message: what it is about
_TITLE_BOOST = 1.25
_DECAY = 0.55           # each further cue for one window adds less, so length is no evidence
_SHARPNESS = 0.75
_SURE = 0.55
_SHORTEST = 4

WINDOW_ARTICLES: dict[str, tuple[str, ...]] = {
    "court": ("20", "28", "31"),
    "procuratorate": ("20", "28", "31"),
    "public_security": ("31",),
    "discipline": ("22", "30"),
    "labour_arbitration": ("31",),
    "administrative_reconsideration": ("31",),
    "petition_office": ("22", "31"),
}
@dataclass(frozen=True)
class RouteProposal:
    """A proposal, never a decision. `confidence` and alternatives lie in 0..1."""

    window: str
    confidence: float
    domain: str
    hot_field: str | None
    kind: str
    reason: str
    articles: tuple[str, ...]
    alternatives: tuple[tuple[str, float], ...]
    emergency: bool
    ask: str | None


def normalise(text: str) -> str:
    """First 20,000 characters, NFKC, without runs of blanks between Chinese words."""
    folded = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])[:MAX_CHARACTERS]
    folded = folded.replace("_x000D_", "\n")
    return "".join(
        "。" if character in "\r\n" else character for character in folded if character not in " \t"
    )


def _evidence(text: str) -> dict[str, list[tuple[float, str]]]:
    found: dict[str, list[tuple[float, str]]] = {window: [] for window in lexicon.WINDOWS}
    for cue in lexicon.CUES:
        match = cue.pattern.search(text)
        if match is None:
            continue
        boost = _TITLE_BOOST if match.start() < _OPENING else 1.0
        found[cue.window].append((cue.weight * boost, cue.name))
    for cues in found.values():
        cues.sort(reverse=True)
    return found


def _scores(found: dict[str, list[tuple[float, str]]]) -> dict[str, float]:
    scores = {}
    for window, cues in found.items():
        total = lexicon.PRIOR.get(window, 0.0)
        for rank, (weight, _name) in enumerate(cues):
            total += weight * _DECAY**rank
        scores[window] = total
    return scores


def _settle(scores: dict[str, float], found: dict[str, list[tuple[float, str]]]) -> None:
    """Rules that hold between windows (Article 31): where one door yields to another."""
    names = {name for cues in found.values() for _weight, name in cues}
    if "判决没有执行到位" in names:
        scores["labour_arbitration"] *= 0.55
    if "公安机关不立案" in names:
        scores["public_security"] *= 0.5
        scores["court"] *= 0.6
    if names & {"申请抗诉或检察监督", "不起诉或不批捕", "公益诉讼", "减刑、假释或监外执行",
                "羁押引起的国家赔偿"}:
        scores["court"] *= 0.55
        scores["public_security"] *= 0.6
    if names & {"要打官司", "法院传票或开庭", "对判决或裁定不服"}:
        scores["public_security"] *= 0.75
    if "小区与物业" in names and "非法集资或卷款跑路" not in names:
        scores["public_security"] *= 0.7
    if "司法人员涉嫌犯罪" in names:
        scores["discipline"] *= 0.6


def _softmax(scores: dict[str, float]) -> list[tuple[str, float]]:
    top = max(scores.values())
    powers = {window: math.exp(_SHARPNESS * (score - top)) for window, score in scores.items()}
    total = sum(powers.values())
    ranked = sorted(powers.items(), key=lambda item: (-item[1], lexicon.WINDOWS.index(item[0])))
    return [(window, power / total) for window, power in ranked]


def propose_domain(text: str) -> str:
    """The most likely of the fifteen fields; `party_government` when nothing speaks."""
    scores = dict.fromkeys(matter.DOMAINS, 0.0)
    seen: dict[str, int] = {}
    for match in matter.DOMAIN_PATTERN.finditer(text):
        word = match.group()
        times = seen.get(word, 0)
        seen[word] = times + 1
        if times > 2:
            continue
        place = 2.0 if match.start() < _OPENING // 2 else 1.0
        for domain, weight in matter.DOMAIN_TERMS[word]:
            scores[domain] += weight * place / (1 + times) ** 1.5
    best = max(scores, key=lambda domain: scores[domain])
    return best if scores[best] > 0 else "party_government"


def hot_field(text: str) -> str | None:
    """One of the five fields the bureau screens, or None; the earliest mention decides."""
    best: tuple[int, str] | None = None
    for name, pattern in matter.HOT_FIELDS:
        match = pattern.search(text)
        if match is not None and (best is None or match.start() < best[0]):
            best = (match.start(), name)
    return best[1] if best else None


def _kind(text: str, window: str) -> str:
    """appeal, suggestion or accusation (Articles 29-31)."""
    accuses = matter.ACCUSATION.search(text) is not None
    wrong = matter.WRONGDOING.search(text) is not None
    if window == "discipline" or (accuses and (wrong or window == "public_security")):
        return "accusation"
    if accuses and matter.ACCUSATION.search(text[:_OPENING]):
        return "accusation"
    if (
        window == "petition_office"
        and matter.SUGGESTION.search(text)
        and not matter.GRIEVANCE.search(text)
    ):
        return "suggestion"
    return "appeal"


def find_emergency(text: str) -> str | None:
    """What danger is present now, in plain words, or None. A mere risk or the past is none."""
    for what, pattern in matter.EMERGENCIES:
        for match in pattern.finditer(text):
            start, end = match.start(), match.end()
            before = max(text.rfind(mark, 0, start) for mark in "。！？!?;；") + 1
            stops = [at for at in (text.find(mark, end) for mark in "。！？!?;；") if at >= 0]
            after = min(stops) if stops else len(text)
            clause = text[max(before, start - 30) : min(after, end + 20)]
            if matter.ALWAYS_NOW.search(clause) or not matter.NOT_NOW.search(clause):
                return what
    return None


def _reason(
    window: str, cues: list[tuple[float, str]], danger: str | None, articles: tuple[str, ...]
) -> str:
    names: list[str] = []
    for _weight, name in cues:
        if name not in names and not (name.startswith("提到") and names):
            names.append(name)
    why = words.WHY[window]
    heard = "、".join(f"“{name}”" for name in names[:3])
    return words.PROPOSAL.format(
        opening=words.DANGER.format(danger=danger) if danger else "",
        basis=(words.HEARD if names else words.NOTHING_HEARD).format(heard=heard, why=why),
        door=words.DOOR[window],
        articles="、".join(f"第{_chinese(number)}条" for number in articles),
    )


def _chinese(number: str) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(int(number), 10)
    head = "" if tens == 0 else ("十" if tens == 1 else digits[tens] + "十")
    return head + (digits[ones] if ones or not tens else "")


def propose(text: str) -> RouteProposal:
    """Window, field, kind and reason for a matter; empty text goes to the petition office."""
    plain = normalise(text)
    found = _evidence(plain)
    scores = _scores(found)
    _settle(scores, found)
    ranked = _softmax(scores)
    window, confidence = ranked[0]
    danger = find_emergency(plain)
    articles = WINDOW_ARTICLES[window]
    kind = _kind(plain, window)
    if kind == "suggestion":
        articles = ("22", "29")
    elif kind == "accusation" and "30" not in articles:
        articles = (*articles, "30")
    if danger:
        articles = (*articles, "25")
    return RouteProposal(
        window=window,
        confidence=round(confidence, 4),
        domain=propose_domain(plain),
        hot_field=hot_field(plain),
        kind=kind,
        reason=_reason(window, found[window], danger, articles),
        articles=articles,
        alternatives=tuple(
            (other, round(share, 4)) for other, share in ranked[1:4] if share >= 0.03
        ),
        emergency=danger is not None,
        ask=_ask(plain, ranked, found),
    )


def _ask(
    text: str, ranked: list[tuple[str, float]], found: dict[str, list[tuple[float, str]]]
) -> str | None:
    if len(text) < _SHORTEST or not any(found.values()):
        return words.ASK_MORE
    if ranked[0][1] >= _SURE:
        return None
    return words.ASK_PAIRS.get(frozenset({ranked[0][0], ranked[1][0]}), words.ASK_MORE)
