"""What a line of an unseen conversation should do, and whether a turn did it. The format: ../../conversations/unseen/README.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.dialogue import record
from bot.dialogue.extraction import phone_candidate
from bot.dialogue.reading.values import figures
from bot.dialogue.turn import Turn
from bot.petition_fields import ASKED_IN_TURN, OPTIONAL
from tests.conversations.fake_api import CASE

SLOTS = {"name": "petitioner_name", "representative": "representatives"}
ASKED = {"rating": "rating_office", "callback_phone": "callback_phone"}
_SAME = {"ask_again": "ask"}
FIELDS = ("facts", "request", "place", "about_unit", "amount", "happened", "petitioner_name", "phone", "address",
          "id_number")  # fmt: skip


# What a read-back holds where the exam names only what matters to it.
COMPLETE = {"facts": "村里修路占了我家的地。", "request": "把补偿款付清", "place": "", "about_unit": "",
            "petitioner_name": "王小明", "phone": "13900001111", "address": "城关镇和平村3组12号"}  # fmt: skip

MATTER, IDENTITY = ("place", "about_unit"), ("name", "phone", "address", "id_number")
# Asked for by the exam's writers, but by this assistant only when a change is wished: what is missing next will do.
UNASKED = frozenset(OPTIONAL - set(ASKED_IN_TURN))
# The exam has no move for a rating that was taken.
RATED = frozenset({"rated", "rating_unit", "ask:rating_unit"})


def slot(name: str) -> str:
    """The bot's name of a field of the exam."""
    return SLOTS.get(name, name)


def state_before(
    line: Mapping[str, Any], earlier: Sequence[str] = (), draft_id: str = "0" * 32, case_heard: bool = False
) -> dict[str, Any]:
    """The slots as a good officer would hold them before this line; `earlier` is what was said before it.

    `case_heard`: a registered case was found earlier in the talk, so its number and tail are known.
    """
    known = {
        slot(name): value
        for name, value in line["known"].items()
        if name not in ("on_behalf_of", "representatives", "representative", "case_number", "confidential")
        and isinstance(value, str)
    }
    if "phone" in known:
        known["phone"] = "".join(one for one in known["phone"] if one.isdigit())
    state: dict[str, Any] = {"seen": True, **known}
    if line["known"].get("on_behalf_of"):
        state["proxy"] = True
    asked = line["asked"]
    if asked not in (None, "case_number", "phone_tail", "rating") or known:
        state["draft_id"] = draft_id if (known or asked in ("facts", "request", "name", "phone", "address")) else None
    state["asked"] = ASKED.get(asked, slot(asked)) if asked else None
    settled: dict[str, int] = {}
    if (
        asked in IDENTITY or "petitioner_name" in known
    ):  # the matter was asked for before: what is not known of it was left open
        for name in MATTER:
            state.setdefault(name, "")
        settled = {record.WHICH: 1}
    if asked == "confirm":
        for name, value in COMPLETE.items():
            state.setdefault(name, value)
    if case_heard:
        state["case_number"], state["phone_tail"] = CASE, "5678"
    if asked in ("case_number", "phone_tail", "rating"):
        state["case_action"] = "rate" if asked == "rating" else "urge" if _only_urges(line) else "status"
        state["case_number"] = None if asked == "case_number" else line["known"].get("case_number") or CASE
        state["phone_tail"] = "5678" if asked == "rating" else None
    if asked == "owner":
        state["pending"] = {"owner": _doubt(line, earlier)}
    state["times"] = {state["asked"]: 1, **settled} if state["asked"] else None
    state["route_answers"] = {}
    return state


def _only_urges(line: Mapping[str, Any]) -> bool:
    return "urged" in _moves(line) and "status" not in _moves(line)


def _moves(line: Mapping[str, Any]) -> tuple[str, ...]:
    return (*(line.get("must") or ()), *(line.get("any") or ()))


def _doubt(line: Mapping[str, Any], earlier: Sequence[str]) -> dict[str, str]:
    """What was asked about: the number the question shows, whole as it was said before."""
    shown = figures(str(line.get("last", "")))
    for said in reversed(earlier):
        number = phone_candidate(said)
        if number and (not shown or number.endswith(shown[-4:])):
            return {"field": "phone", "value": number, "words": said}
    return {"field": "phone", "value": shown[:11], "words": shown}


@dataclass
class Verdict:
    """Faults of one line; empty when it went well."""

    faults: list[str] = field(default_factory=list)


def grade(line: Mapping[str, Any], before: Mapping[str, Any], turn: Turn, kept: Mapping[str, Any]) -> Verdict:
    """What is missing or wrong in a turn; `kept` is the draft or petition it sent away."""
    verdict = Verdict()
    gone = {"saved", "registered"} & set(turn.moves)
    if "ended" in turn.moves and "ended" in _moves(line):
        before = {**before, **turn.slots}  # nothing is kept of what was given up
    after = {**before, **kept} if gone else {**before, **turn.slots}
    wanted = {slot(name): words for name, words in (line.get("set") or {}).items()}
    for name in FIELDS:
        had, has = before.get(name) or "", after.get(name) or ""
        if name in wanted:
            words = wanted[name]
            if words is None:
                verdict.faults += [f"{name} not emptied"] if has else []
            else:
                verdict.faults += [f"{name} lacks {one}" for one in words if not _holds(has, one)]
        elif has != had and not _harmless(name, had, has, line):
            verdict.faults.append(f"{name} changed to {has!r}")
    moves = {_move(one) for one in turn.moves} | ({f"ask:{turn.asks}"} if turn.asks else set())
    moves |= {"summary"} if turn.asks == "confirm" and "summary" in turn.moves else set()
    verdict.faults += [f"did not {one}" for one in line.get("must") or () if not _done(one, moves)]
    verdict.faults += [f"did {one}" for one in line.get("must_not") or () if _done(one, moves, exact=True)]
    if line.get("any") and not any(_done(one, moves) for one in line["any"]):
        verdict.faults.append(f"did none of {line['any']}")
    return verdict


def _holds(value: Any, words: str) -> bool:
    plain = _plain(str(value))
    return _plain(words) in plain


def _plain(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in ",，。.;；、-")


def _harmless(name: str, had: Any, has: Any, line: Mapping[str, Any]) -> bool:
    """A place, sum, day or unit read out of this very message, or more of its account, is no fault."""
    said = _plain(str(line["say"]))
    if name in ("place", "about_unit", "amount", "happened") and not had:
        return has == "" or _plain(str(has)) in said
    return name == "facts" and "facts" in (line.get("set") or {}) and str(has).startswith(str(had))


def _move(name: str) -> str:
    head, _, tail = name.partition(":")
    return f"{_SAME.get(head, head)}:{tail}" if tail else head


def _done(wanted: str, moves: set[str], exact: bool = False) -> bool:
    head, _, tail = wanted.partition(":")
    tail = slot(tail)
    head = _SAME.get(head, head)
    if (
        not exact
        and head == "ask"
        and tail in UNASKED
        and any(one.startswith("ask:") or one == "summary" for one in moves)
    ):
        return True
    if not exact and head == "kind" and "confidential" in moves:  # surely an accusation: it says what that means
        return True
    if not exact and head == "answered" and tail == "other" and moves & RATED:
        return True
    if head == "answered":
        return f"answered:{tail}" in moves or (
            tail in ("procedure", "other", "privacy", "cost") and any(one.startswith("answered:") for one in moves)
        )
    if head in ("case_number", "phone_tail") and not tail:
        return head in moves or f"ask:{head}" in moves
    if head == "danger":
        return any(one.startswith("danger:") for one in moves) if tail == "any" else f"danger:{tail}" in moves
    return (f"{head}:{tail}" if tail else head) in moves


def run(
    talks: Sequence[Mapping[str, Any]],
    hear: Callable[[dict[str, Any], str], Turn],
    kept: Callable[[], Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """Each line by itself, from the state before it: [{id, line, faults, turn}].

    `kept` gives the draft that the last turn saved, by slot.
    """
    found = []
    for place, talk in enumerate(talks):
        for number, line in enumerate(talk["lines"]):
            earlier = [one["say"] for one in talk["lines"][:number]]
            heard = any({"status", "urged"} & set(_moves(one)) for one in talk["lines"][:number])
            before = state_before(line, earlier, f"{place:016x}{number:016x}", heard)
            turn = hear(dict(before), line["say"])
            faults = grade(line, before, turn, kept()).faults
            found.append({"id": talk["id"], "line": number, "faults": faults, "say": line["say"], "turn": turn})
    return found
