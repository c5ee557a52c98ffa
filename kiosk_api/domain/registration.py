"""A matter that staff register: a letter, a call, a fax or a visit (信访工作条例 Art. 17, 19, 22, 44).

Whatever comes is registered, also without name, address, phone or request; what is missing is written down, and how
the person can be reached. The 15 days of Art. 22 count from the day of receipt, which may lie before the registration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from kiosk_api.domain.attachments import bundle_token
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.limits import PEOPLE_MAX, SHORT_MAX
from kiosk_api.domain.petition import (
    FieldErrors,
    Petition,
    read_answers,
    read_flag,
    read_representatives,
    read_window,
)
from kiosk_api.domain.petition_fields import MATTER_FIELDS, PERSON_FIELDS, Identity
from kiosk_api.domain.typed import clean, is_text, one_line, says_something


class Channel(StrEnum):
    """The ways of Art. 17."""

    NETWORK = "network"
    LETTER = "letter"
    PHONE = "phone"
    FAX = "fax"
    VISIT = "visit"


CHANNEL_LABELS = {
    Channel.NETWORK: "网上", Channel.LETTER: "来信", Channel.PHONE: "来电",
    Channel.FAX: "传真", Channel.VISIT: "来访",
}  # fmt: skip
BY_STAFF = tuple(one for one in Channel if one is not Channel.NETWORK)
"""What comes over the network registers itself."""


class Reach(StrEnum):
    """How an answer reaches the person."""

    PHONE = "phone"
    POST = "post"
    IN_PERSON = "in_person"
    THROUGH_SOMEONE = "through_someone"
    NOT_AT_ALL = "not_at_all"


REACH_LABELS = {
    Reach.PHONE: "打电话", Reach.POST: "寄信", Reach.IN_PERSON: "本人到窗口来", Reach.THROUGH_SOMEONE: "请人转告",
    Reach.NOT_AT_ALL: "联系不上",
}  # fmt: skip
MAY_BE_MISSING = ("name", "address", "phone", "request")
"""What a petition states (Art. 19) or the office asks for, and a letter may lack."""
MAY_BE_UNCLEAR = ("name", "address")
"""Without these two no notice in writing is owed (Art. 23)."""
MISSING_LABELS = {"name": "姓名", "address": "住址", "phone": "电话", "request": "请求"}
EARLIEST = date(2000, 1, 1)  # a year typed wrong


@dataclass(frozen=True)
class Arrival:
    """How and when a matter came, what it lacks, and how the person can be reached.

    `people`: how many came or signed, where that was counted. `missing` names what was not stated or not clearly.
    """

    channel: Channel
    received_on: date
    reach: Reach
    reach_through: str = ""
    missing: tuple[str, ...] = ()
    people: int | None = None

    @property
    def can_be_told_in_writing(self) -> bool:
        """Whether the notice of Art. 23 is owed: name and address are clear."""
        return not set(MAY_BE_UNCLEAR) & set(self.missing)

    @property
    def reaches_nobody(self) -> bool:
        """Whether there is nobody to hand a decision to: unknown or unclear who it is, and no way to reach them."""
        return self.reach is Reach.NOT_AT_ALL and not self.can_be_told_in_writing

    def to_data(self) -> dict[str, str]:
        """As the register event records it."""
        data = {"channel": str(self.channel), "received_on": self.received_on.isoformat(), "reach": str(self.reach)}
        if self.reach_through:
            data["reach_through"] = self.reach_through
        if self.missing:
            data["missing"] = ",".join(self.missing)
        if self.people:
            data["people"] = str(self.people)
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, str]) -> Arrival | None:
        """The inverse; None for what came over the network, which states everything."""
        if "channel" not in data:
            return None
        return cls(
            channel=Channel(data["channel"]),
            received_on=date.fromisoformat(data["received_on"]),
            reach=Reach(data["reach"]),
            reach_through=data.get("reach_through", ""),
            missing=tuple(one for one in data.get("missing", "").split(",") if one),
            people=int(data["people"]) if data.get("people") else None,
        )


@dataclass(frozen=True)
class Registration:
    """What an officer registers."""

    petition: Petition
    arrival: Arrival


def parse_registration(body: object, identity: Identity, today: date) -> Registration:
    """Check what an officer typed (shape of `POST /desk/petitions`); all errors at once.

    Raises DomainError(code="invalid_petition") whose `errors` name each field by its path.
    """
    if not isinstance(body, Mapping):
        raise DomainError("invalid_petition", "提交的内容不完整，请重新填写后再提交。")
    found = FieldErrors()
    found.unknown(body, _IN_BODY, "")
    person = body.get("petitioner")
    if person is not None and not isinstance(person, Mapping):
        found.add("petitioner", "required", "姓名、电话、住址请分开填，没有的空着。")
    person = person if isinstance(person, Mapping) else {}
    found.unknown(person, {field.name for field in PERSON_FIELDS}, "petitioner.")
    values: dict[str, Any] = {
        field.name: found.check(field.path, field.name, given.get(field.name), identity, field.name == "facts")
        for given, fields in ((person, PERSON_FIELDS), (body, MATTER_FIELDS))
        for field in fields
    }
    for name in MAY_BE_MISSING:
        values[name] = values[name] or ""
    people = read_representatives(body.get("representatives"), values, identity, found, with_phone=False)
    confidential = read_flag(body, "confidential", found)
    window = read_window(body.get("window_choice"), found)
    answers = read_answers(body.get("route_answers"), found)
    arrival = _arrival(body, values, today, found)
    try:
        bundle_token(body)
    except DomainError as error:
        found.items.extend(error.errors)
    if found.items or arrival is None:
        raise DomainError("invalid_petition", "有几处需要您改一下，其他内容都还在。", tuple(found.items))
    petition = Petition(
        **values, representatives=people, confidential=confidential, window_choice=window, route_answers=answers
    )
    return Registration(petition, arrival)


_IN_BODY = {
    "petitioner", "representatives", "confidential", "window_choice", "route_answers", "attachments",
    "channel", "received_on", "reach", "reach_through", "unclear", "people", *(field.name for field in MATTER_FIELDS),
}  # fmt: skip


def _arrival(
    body: Mapping[str, Any], stated: Mapping[str, str | None], today: date, found: FieldErrors
) -> Arrival | None:
    """How it came; None when something in it is wrong."""
    channel = body.get("channel")
    if not isinstance(channel, str) or channel not in BY_STAFF:
        found.add("channel", "unknown_channel", "请选这件事是怎么来的：来信、来电、传真还是来访。")
        channel = None
    received_on = _day(body.get("received_on"), today, found)
    reach, through = _reach(body, stated, found)
    unclear = _unclear(body.get("unclear"), found)
    people = _people(body.get("people"), found)
    if channel is None or received_on is None or reach is None:
        return None
    missing = tuple(one for one in MAY_BE_MISSING if not stated.get(one) or one in unclear)
    return Arrival(Channel(channel), received_on, reach, through, missing, people)


def _day(value: object, today: date, found: FieldErrors) -> date | None:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None:
        found.add("received_on", "bad_date", "请填收到的那一天，比如 2026-01-31；15日从这一天算起（第二十二条）。")
    elif day > today:
        found.add("received_on", "not_yet", "收到的日期还没有到，请改成今天或以前。")
    elif day < EARLIEST:
        found.add("received_on", "too_long_ago", "收到的日期好像写错了年份，请核对。")
    else:
        return day
    return None


def _reach(body: Mapping[str, Any], stated: Mapping[str, str | None], found: FieldErrors) -> tuple[Reach | None, str]:
    value, through = body.get("reach"), _line(body.get("reach_through"), found)
    if not isinstance(value, str) or value not in list(Reach):
        found.add("reach", "unknown_reach", "请选怎样才能联系到这个人；联系不上也请选上。")
        return None, ""
    reach = Reach(value)
    if reach is Reach.PHONE and not stated.get("phone"):
        found.add("petitioner.phone", "required", "您选了“打电话”，请填写电话，或者改选别的联系办法。")
    if reach is Reach.POST and not stated.get("address"):
        found.add("petitioner.address", "required", "您选了“寄信”，请填写住址，或者改选别的联系办法。")
    if reach is Reach.THROUGH_SOMEONE and not through:
        found.add("reach_through", "required", "请写请谁转告、怎么找到他（她）。")
    return reach, through if reach is Reach.THROUGH_SOMEONE else ""


def _line(value: object, found: FieldErrors) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or not is_text(value):
        found.add("reach_through", "not_text", "这一项应该是文字，请重新填写。")
        return ""
    text = one_line(clean(value)).strip()
    if len(text) > SHORT_MAX:
        found.add("reach_through", "too_long", f"这一项最多写{SHORT_MAX}个字。")
    return text if says_something(text) else ""


def _unclear(value: object, found: FieldErrors) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, list) and all(isinstance(one, str) and one in MAY_BE_UNCLEAR for one in value):
        return tuple(value)
    found.add("unclear", "unknown_choice", "不清楚的只能是姓名或住址，请从选项里选。")
    return ()


def _people(value: object, found: FieldErrors) -> int | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= PEOPLE_MAX:
        return value
    found.add("people", "bad_number", f"人数请填1到{PEOPLE_MAX}的整数，没有数过就空着。")
    return None
