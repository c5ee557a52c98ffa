"""Models of the staff API's requests and answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiosk_api.domain.limits import CODE_MAX, SEARCH_MAX
from kiosk_api.domain.petition_fields import MATTER_FIELDS, PERSON_FIELDS, PetitionField
from kiosk_api.domain.registration import Channel, Reach
from kiosk_api.domain.workflow import Role, Status
from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.staff.staff_cases import StaffView
from kiosk_api.web.api.answers import (
    Accusation,
    Deadline,
    GuessedAt,
    Kind,
    Opinion,
    ReasonParts,
    RegisteredRoute,
    TimelineItem,
)
from kiosk_api.web.api.desk_accused_schemas import Accused
from kiosk_api.web.api.desk_notice_schemas import NoticeOnDesk
from kiosk_api.web.api.desk_people_schemas import InCharge
from kiosk_api.web.api.more_answers import Picture
from kiosk_api.web.api.schemas import Page
from kiosk_api.web.checked import Sent

CaseNumber = Annotated[str, Field(min_length=1, max_length=CODE_MAX)]
View = Literal["mine", "new", "due", "overdue", "urged", "all"]
NeededText = Annotated[str, Field(min_length=1)]


class SessionBody(Sent):
    """`POST /session`; `code` is that of an authenticator app, where the account has one."""

    username: NeededText
    password: NeededText
    code: Annotated[str, Field(max_length=CODE_MAX)] = ""


class ActionBody(Sent):
    """`POST /cases/{number}/actions`; `data` by the names of the action's fields; with `seen`, the case's `steps`
    as they were read, a step is refused when somebody in office has acted since."""

    action: NeededText
    data: dict[str, str] = {}
    seen: int | None = None


class NewCodeBody(Sent):
    """`POST /cases/{number}/new-code`: sent after the officer has checked the person's papers."""

    identity_checked: bool = False


class FindBody(Sent):
    """`POST /cases/find`: sent after the officer has checked the person's papers."""

    owner: NeededText
    identity_checked: bool = False


class NewCode(BaseModel):
    """The QR code that opens the case from now on."""

    case_number: str
    lookup_token: str
    url: str
    qr_svg: str


class CasesQuery(Sent):
    """`GET /cases`; a case must match every filter given."""

    view: View = "mine"
    page: Page = 1
    q: Annotated[str, Field(max_length=SEARCH_MAX)] = ""
    kind: Literal["", "appeal", "suggestion", "accusation"] = ""
    status: Literal[("", *(one.value for one in Status))] = ""  # type: ignore[valid-type]
    channel: Literal[("", *(one.value for one in Channel))] = ""  # type: ignore[valid-type]


class CallbacksQuery(Sent):
    """The list of requests to be called back at the desk."""

    view: Literal["open", "closed"] = "open"
    page: Page = 1


class CasePath(Sent):
    number: CaseNumber


class CasePicturePath(CasePath):
    picture_id: CaseNumber


class Who(BaseModel):
    username: str
    display_name: str
    role: Role
    unit: str | None
    unit_name: str | None
    must_change: bool


class Session(BaseModel):
    token: str
    officer: Who


class Person(BaseModel):
    name: str
    phone: str


def _stating(fields: Iterable[PetitionField]) -> Callable[[dict[str, Any]], None]:
    """Publish these fields of a petition; an optional one is null when it was left out."""

    def extend(schema: dict[str, Any]) -> None:
        texts, needed = schema.setdefault("properties", {}), schema.setdefault("required", [])
        for field in fields:
            kinds = {"type": "string"} if field.required else {"anyOf": [{"type": "string"}, {"type": "null"}]}
            texts[field.name] = {**kinds, "title": field.name.replace("_", " ").title()}
            needed.append(field.name)

    return extend


class PetitionerInFull(BaseModel):
    model_config = ConfigDict(json_schema_extra=_stating(PERSON_FIELDS))


class ProxyInFull(Person):
    relation: str
    consent_how: str
    consent_on: str


class Arrival(BaseModel):
    """How a matter came that staff registered; `missing` names what was not stated or not clearly."""

    channel: Channel
    received_on: str
    reach: Reach
    reach_through: str
    missing: list[str]
    people: int | None


class EarlierCase(BaseModel):
    """A case of the same petitioner that this one may repeat, or does (`is_decided`): one, and only for the office.
    `ground` is the `cause` of decline_repeat that it allows, empty where none is."""

    case_number: str
    registered_at: str
    status: Status
    status_label: str
    channel_label: str
    window_label: str
    responsible_unit: str | None
    is_decided: bool
    ground: str
    advice: str
    where_to_go: str


class CasePicture(Picture):
    at: str
    later: bool


class DeskTimelineItem(TimelineItem):
    actor: str
    data: dict[str, str]


class CaseRoute(RegisteredRoute):
    """The route as stored, with the window that staff corrected; parts that an earlier release did not store are
    null or empty."""

    reason_parts: ReasonParts | None  # type: ignore[assignment]
    accusation: Accusation | Literal[""]  # type: ignore[assignment]
    corrected_window: str = ""


class ActionField(BaseModel):
    name: str
    label: str
    kind: str
    choices: list[list[str]]
    required: bool


class ActionOpen(BaseModel):
    """An action of the workflow table, and why it is not open now, if it is not."""

    action: str
    label: str
    article: str
    allowed: bool
    reason: str
    fields: list[ActionField]


def case_in_full(view: StaffView) -> JsonObject:
    """A case as CaseInFull publishes it: the petitioner's fields are in a member of their own."""
    found = as_json(view)
    stated = found.pop("petition")
    return {
        **found,
        "petitioner": {field.name: stated[field.name] for field in PERSON_FIELDS},
        **{field.name: stated[field.name] for field in MATTER_FIELDS},
        "representatives": stated["representatives"],
        "proxy": stated["proxy"],
    }


class CaseInFull(BaseModel):
    """Everything an officer needs to act lawfully; each text of the petition is a named member."""

    model_config = ConfigDict(json_schema_extra=_stating(MATTER_FIELDS))

    case_number: str
    status: Status
    status_label: str
    kind: Kind
    kind_label: str
    accusation: Accusation
    domain_label: str
    window: str
    window_label: str
    emergency: bool
    petitioner: PetitionerInFull
    representatives: list[Person]
    proxy: ProxyInFull | None
    assisted_by: str
    channel: Channel
    channel_label: str
    arrival: Arrival | None
    confidential: bool
    pictures: list[CasePicture]
    route: CaseRoute
    responsible_unit: str | None
    responsible_unit_id: str | None
    registered_at: str
    timeline: list[DeskTimelineItem]
    deadlines: list[Deadline]
    guessed_at: GuessedAt | None
    notices: list[NoticeOnDesk]
    earlier: EarlierCase | None
    accused: Accused | None
    in_charge: InCharge | None
    may_renew_code: bool
    steps: int
    takes_papers: bool
    actions: list[ActionOpen]
    opinion: Opinion | None
    ratings: dict[str, str] | None
