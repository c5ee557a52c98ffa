"""What a messenger gets for a message: texts and choices ready to be rendered, nothing at all, or a promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kiosk_api.domain.messengers import GIVEN_AS_NUMBERS, Option
from kiosk_api.services.base.as_json import JsonObject
from kiosk_api.services.chat.chat import Reply, Turn

BY_NUMBER = "哪一行不对，回复前面的编号就能改。"
STATUS = "点开就能查进度（拿到这个链接的人都能查，请别转发）"
PICK = "回复前面的数字就行："
OR_SAY = "也可以回复："
_TO_BE_FILLED = {
    "/form": "（要把说过的带过去：先回复“先存着”拿续填码，再在那一页点“我有续填码”）",
}


@dataclass(frozen=True)
class Answer:
    """`texts` in the order in which they are said. `options` are the choices; those with a number can be picked by it,
    and stand as lines or as a menu under the texts. `on_card` are those that the numbered lines of a card name already.
    `is_late`: nothing is answered now, a Sender brings it."""

    texts: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    on_card: tuple[Option, ...] = ()
    expects: str = ""
    is_late: bool = False

    @property
    def picks(self) -> tuple[Option, ...]:
        """All that a message after this answer may pick."""
        return (*self.on_card, *self.options)


NOTHING = Answer()
LATER = Answer(is_late=True)


def answer_of(turn: Turn, public_url: str) -> Answer:
    """A turn of the conversation for a channel without buttons: cards and choices have numbers, links their address.

    A choice gets no number where the question itself may be answered with one.
    """
    expects = turn.expects or ""
    texts = tuple(_plain(one, public_url, turn.degraded) for one in turn.replies)
    on_card = tuple(
        Option(row["label"], row["change"], int(row["number"]))
        for one in turn.replies
        for row in one.card.get("rows", ())
        if row["number"]
    )
    first = max((one.number for one in on_card), default=0) + 1
    given = [(str(one["label"]), str(one["value"])) for reply in turn.replies for one in reply.options]
    given = list(dict.fromkeys(given))
    numbers = [0] * len(given) if expects in GIVEN_AS_NUMBERS else range(first, first + len(given))
    options = tuple(Option(*one, number) for one, number in zip(given, numbers, strict=True))
    return Answer(tuple(one for one in texts if one), options, on_card, expects)


def said(*texts: str) -> Answer:
    """An answer of words only."""
    return Answer(tuple(texts))


def before(texts: tuple[str, ...], answer: Answer) -> Answer:
    """The same with something said first."""
    return replace(answer, texts=(*texts, *answer.texts)) if texts else answer


def stored(answer: Answer) -> JsonObject:
    """As it is sealed with the message."""
    return {
        "texts": list(answer.texts),
        "options": _rows(answer.options),
        "on_card": _rows(answer.on_card),
        "expects": answer.expects,
    }


def restored(content: Mapping[str, Any]) -> Answer:
    """The inverse."""
    return Answer(
        tuple(content.get("texts", ())), _options(content.get("options")), _options(content.get("on_card")),
        str(content.get("expects", "")),
    )  # fmt: skip


def _rows(options: tuple[Option, ...]) -> list[list[Any]]:
    return [[one.number, one.label, one.value] for one in options]


def _options(rows: Any) -> tuple[Option, ...]:
    return tuple(Option(label, value, number) for number, label, value in rows or ())


def _plain(reply: Reply, public_url: str, degraded: bool) -> str:
    lines = [_numbered(reply.card) if reply.card else reply.text]
    if token := reply.case.get("lookup_token"):  # pages show it as a QR code
        lines.append(f"{STATUS}：{public_url}/r#{token}")
    for one in reply.links:
        if not one.href.startswith("/"):  # what only a page can do; the text says the number itself
            continue
        how = "" if degraded else _TO_BE_FILLED.get(one.href, "")  # while the assistant is away it gives no code
        lines.append(f"{one.label}：{public_url}{one.href}{how}")
    return "\n".join(line for line in lines if line)


def _numbered(card: JsonObject) -> str:
    """“1 姓名：王小明”; a row that cannot be changed has no number."""
    rows = [f"{row['number'] or ''} {row['label']}：{row['text']}".strip() for row in card["rows"]]
    hint = BY_NUMBER if any(row["number"] for row in card["rows"]) else ""
    return "\n".join(line for line in (card["title"], *rows, hint, card["closing"]) if line)
