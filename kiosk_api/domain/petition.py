"""A petition as it is recorded (信访工作条例 Art. 19, 20), and the check of a whole submission.

Every problem of a submission is found in one pass, so that a citizen corrects a form once.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kiosk_api.domain.attachments import bundle_token
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import ROUTE_ANSWER_MAX, ROUTE_ANSWERS_MAX
from kiosk_api.domain.petition_fields import FIELDS, MATTER_FIELDS, PERSON_FIELDS, Identity, check_field, is_given
from kiosk_api.domain.proxy import Proxy, read_proxy
from kiosk_api.domain.statute import MAX_REPRESENTATIVES
from kiosk_api.domain.windows import WINDOWS

MOST_OTHERS = MAX_REPRESENTATIVES - 1
"""Representatives beside the one who files: whoever speaks for others is one of the five."""
TOO_MANY = f"代表人连您自己在内最多{MAX_REPRESENTATIVES}名（《信访工作条例》第二十条），除您以外最多再填{MOST_OTHERS}名，请推选后再填。"


@dataclass(frozen=True)
class Representative:
    """Somebody who speaks for the others beside the one who files (Art. 20)."""

    name: str
    phone: str  # "" where staff registered somebody without one


@dataclass(frozen=True)
class Petition:
    """What was said, in the citizen's own words, checked but never reworded.

    What staff registered may lack name, phone, address or request: they are then "".
    """

    name: str
    phone: str
    address: str
    request: str
    facts: str
    id_number: str | None = None
    reasons: str | None = None
    place: str | None = None
    about_unit: str | None = None
    amount: str | None = None
    happened: str | None = None
    representatives: tuple[Representative, ...] = ()
    confidential: bool = False
    window_choice: str | None = None
    route_answers: Mapping[str, str] = field(default_factory=dict)
    proxy: Proxy | None = None

    @property
    def speakers(self) -> tuple[Representative, ...]:
        """Who speaks where several people have one matter, the one who files first; () where one person does."""
        return (Representative(self.name, self.phone), *self.representatives) if self.representatives else ()

    @property
    def narrative(self) -> str:
        """The text that routing reads."""
        return "\n".join(part for part in (self.request, self.facts, self.reasons) if part)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for sealing."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Petition:
        """The inverse of to_dict."""
        people = tuple(Representative(**one) for one in values.get("representatives", ()))
        proxy = values.get("proxy")
        return cls(**{**values, "representatives": people, "proxy": Proxy(**proxy) if proxy else None})


def parse_petition(body: object, identity: Identity) -> Petition:
    """Check a whole submission (shape of `POST /petitions`); all errors at once.

    Raises DomainError(code="invalid_petition") whose `errors` name each field by its path.
    """
    if not isinstance(body, Mapping):
        raise DomainError("invalid_petition", "提交的内容不完整，请重新填写后再提交。")
    found = FieldErrors()
    found.unknown(body, _IN_BODY, "")
    person = body.get("petitioner")
    if not isinstance(person, Mapping):
        found.add("petitioner", "required", "请填写您的姓名、电话和住址。")
        person = {}
    found.unknown(person, {field.name for field in PERSON_FIELDS}, "petitioner.")
    values: dict[str, Any] = {
        field.name: found.check(field.path, field.name, given.get(field.name), identity, field.required)
        for given, fields in ((person, PERSON_FIELDS), (body, MATTER_FIELDS))
        for field in fields
    }
    values["representatives"] = read_representatives(body.get("representatives"), values, identity, found)
    values["confidential"] = read_flag(body, "confidential", found)
    values["window_choice"] = read_window(body.get("window_choice"), found)
    values["route_answers"] = read_answers(body.get("route_answers"), found)
    values["proxy"] = read_proxy(
        body.get("proxy"),
        lambda path, name, value: found.check(path, name, value, identity, True),
        found.add,
    )
    try:
        bundle_token(body)
    except DomainError as error:
        found.items.extend(error.errors)
    if body.get("consent") is not True:
        detail = "请先阅读说明，并勾选“我确认以上内容属实，同意提交”。"
        found.add("consent", "consent_required", detail)
    if found.items:
        raise DomainError("invalid_petition", "有几处需要您改一下，其他内容都还在。", tuple(found.items))
    return Petition(**values)


def problems_so_far(given: Mapping[str, Any], identity: Identity) -> tuple[FieldError, ...]:
    """What is wrong with the fields that `given` states, in the shape of a whole submission; what it does not state
    is not asked for yet."""
    try:
        parse_petition(given, identity)
    except DomainError as error:
        return tuple(one for one in error.errors if _states(given, one.field))
    return ()


def _states(given: object, path: str) -> bool:
    for part in path.split("."):
        if isinstance(given, list) and part.isdigit() and int(part) < len(given):
            given = given[int(part)]
        elif isinstance(given, Mapping) and part in given:
            given = given[part]
        else:
            return False
    return True


_IN_BODY = {
    "petitioner", "representatives", "confidential", "window_choice", "route_answers", "consent", "proxy",
    "assisted_by_code", "attachments", *(field.name for field in MATTER_FIELDS),
}  # fmt: skip


class FieldErrors:
    """Collects the errors of one submission."""

    def __init__(self) -> None:
        self.items: list[FieldError] = []

    def add(self, path: str, code: str, detail: str) -> None:
        self.items.append(FieldError(path, code, detail))

    def unknown(self, given: Mapping[str, Any], known: Container[str], prefix: str) -> None:
        for _ in (name for name in given if name not in known):
            path = prefix.rstrip(".") or "body"
            self.add(path, "unknown_field", "有一项内容我们不认识，请删去后再提交。")

    def check(self, path: str, name: str, value: object, identity: Identity, required: bool) -> str | None:
        if not is_given(value):
            if required:
                self.add(path, "required", FIELDS[name].missing)
            return None
        try:
            return check_field(name, value, identity)
        except DomainError as error:
            self.add(path, error.code, error.detail)
            return None


def read_representatives(
    given: object, filer: Mapping[str, str | None], identity: Identity, found: FieldErrors, *, with_phone: bool = True
) -> tuple[Representative, ...]:
    """Who speaks beside the one who files. `filer` holds the name and phone of the latter, who counts among the five;
    somebody who is written down twice counts once."""
    if given is None:
        return ()
    if not isinstance(given, list):
        found.add("representatives", "not_a_list", "代表人请逐个填写姓名和电话。")
        return ()
    if len(given) > MOST_OTHERS:
        found.add("representatives", "too_many_representatives", TOO_MANY)
        return ()
    people: list[Representative] = []
    for index, one in enumerate(given):
        path = f"representatives.{index}"
        if not isinstance(one, Mapping):
            found.add(path, "required", "请填写这位代表人的姓名和电话。")
            continue
        found.unknown(one, ("name", "phone"), path + ".")
        name = found.check(f"{path}.name", "name", one.get("name"), identity, True)
        phone = found.check(f"{path}.phone", "phone", one.get("phone"), identity, with_phone)
        person = Representative(name or "", phone or "")
        known = (Representative(filer.get("name") or "", filer.get("phone") or ""), *people)
        if name and (phone or not with_phone) and person not in known:
            people.append(person)
    return tuple(people)


def read_flag(body: Mapping[str, Any], name: str, found: FieldErrors) -> bool:
    value = body.get(name, False)
    if isinstance(value, bool):
        return value
    found.add(name, "not_yes_or_no", "这一项请选“是”或“否”。")
    return False


def read_window(value: object, found: FieldErrors) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and value in WINDOWS:
        return value
    found.add("window_choice", "unknown_window", "没有这个窗口，请从列出的窗口里选，或者不选。")
    return None


def read_answers(value: object, found: FieldErrors) -> dict[str, str]:
    """What the citizen said to the questions of `POST /route`: key → answer key."""
    if value is None:
        return {}
    if (
        isinstance(value, Mapping)
        and len(value) <= ROUTE_ANSWERS_MAX
        and all(isinstance(part, str) and len(part) <= ROUTE_ANSWER_MAX for pair in value.items() for part in pair)
    ):
        return dict(value)
    found.add("route_answers", "bad_answers", "刚才那个问题的回答没有收好，请重新选一次。")
    return {}
