"""Field, screened field, kind and present danger of a matter, found by words alone.

These rules work without the assistant; when its reading is available (`domain.routing`) they
are one of two signals.
"""

from __future__ import annotations

from kiosk_api.domain import matter_lexicon as matter

OPENING = 80  # characters: the subject line of a message, what it is about


def domain_scores(text: str) -> dict[str, float]:
    """A score for each of the fifteen fields; all 0 when no word of any field occurs."""
    scores = dict.fromkeys(matter.DOMAINS, 0.0)
    seen: dict[str, int] = {}
    for match in matter.DOMAIN_PATTERN.finditer(text):
        word = match.group()
        times = seen.get(word, 0)
        seen[word] = times + 1
        if times > 2:
            continue
        place = 2.0 if match.start() < OPENING // 2 else 1.0
        for domain, weight in matter.DOMAIN_TERMS[word]:
            scores[domain] += weight * place / (1 + times) ** 1.5
    return scores


def hot_field(text: str) -> str | None:
    """One of the five fields the bureau screens, or None; the earliest mention decides."""
    best: tuple[int, str] | None = None
    for name, pattern in matter.HOT_FIELDS:
        match = pattern.search(text)
        if match is not None and (best is None or match.start() < best[0]):
            best = (match.start(), name)
    return best[1] if best else None


def kind_of(text: str, window: str) -> str:
    """appeal, suggestion or accusation (Articles 29-31)."""
    accuses = matter.ACCUSATION.search(text) is not None
    wrong = matter.WRONGDOING.search(text) is not None
    if window == "discipline" or (accuses and (wrong or window == "public_security")):
        return "accusation"
    if accuses and matter.ACCUSATION.search(text[:OPENING]):
        return "accusation"
    if window == "petition_office" and matter.SUGGESTION.search(text) and not matter.GRIEVANCE.search(text):
        return "suggestion"
    return "appeal"


def may_accuse(text: str) -> bool:
    """Whether any word speaks of reporting somebody or of what officials are reported for."""
    return bool(matter.ACCUSATION.search(text) or matter.WRONGDOING.search(text))


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
