"""Models of the staff API for what an officer registers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import PEOPLE_MAX, SHORT_MAX
from kiosk_api.domain.petition import MOST_OTHERS
from kiosk_api.domain.petition_fields import MATTER_FIELDS, PERSON_FIELDS
from kiosk_api.domain.registration import BY_STAFF, MAY_BE_UNCLEAR, Channel, Reach
from kiosk_api.domain.windows import WINDOWS
from kiosk_api.services.staff.register_received import checked_registration
from kiosk_api.web.api.answers import Registered
from kiosk_api.web.api.desk_schemas import EarlierCase
from kiosk_api.web.api.schemas import EXACT, OPAQUE, Maybe, RouteAnswers, Text, Token, must_have, optional, texts_of
from kiosk_api.web.checked import Sent
from kiosk_api.web.request import ctx

_Somebody = texts_of("_Somebody", PERSON_FIELDS, ())
_Matter = texts_of("_Told", MATTER_FIELDS, ("facts",))
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)
OneOfStaff = Annotated[str | None, WithJsonSchema({"type": "string", "enum": [str(one) for one in BY_STAFF]})]
OneReach = Annotated[str | None, WithJsonSchema({"type": "string", "enum": [str(one) for one in Reach]})]
Day = Annotated[str | None, WithJsonSchema({"type": "string", "format": "date"})]


def _day(value: object) -> object:
    """2026-03-31 and no other spelling of a date, in this century."""
    return date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else "no day"


ExactDay = Annotated[date, BeforeValidator(_day)]


class Somebody(_Somebody):  # type: ignore[misc, valid-type]  # its fields are those of the registry
    """Who petitions, as far as it is known."""

    model_config = EXACT


class Speaker(Sent):
    """Somebody who speaks for the others; a letter may not give a phone."""

    model_config = must_have("name") | EXACT
    name: Text = None
    phone: Maybe = None


class StaffPetitionBody(_Matter):  # type: ignore[misc, valid-type]  # its texts are those of the registry
    """`POST /desk/petitions`: a letter, call, fax or visit; only the account, the channel, the day of receipt and how
    the person can be reached are needed."""

    refusal = "invalid_petition"
    model_config = must_have("facts", "channel", "received_on", "reach") | EXACT
    channel: OneOfStaff = None
    received_on: Day = None
    reach: OneReach = None
    reach_through: Annotated[str | None, optional(maxLength=SHORT_MAX)] = None
    petitioner: Somebody | None = None
    unclear: list[Literal[MAY_BE_UNCLEAR]] | None = None  # type: ignore[valid-type]
    people: Annotated[int | None, Field(ge=1, le=PEOPLE_MAX)] = None
    representatives: Annotated[list[Speaker] | None, Field(max_length=MOST_OTHERS)] = None
    confidential: bool = False
    window_choice: Annotated[str | None, optional(enum=[*WINDOWS])] = None
    route_answers: RouteAnswers = None
    attachments: Annotated[str | None, optional(pattern=f"^$|{OPAQUE}")] = None

    @classmethod
    def also_wrong(cls, body: Mapping[str, object]) -> Iterable[FieldError]:
        """All other errors of the body."""
        try:
            checked_registration(ctx(), body)
        except DomainError as error:
            return error.errors
        return ()


class PapersBody(Sent):
    """`POST /desk/cases/{number}/papers`."""

    model_config = must_have("attachments")
    attachments: Token = None


class PapersAdded(BaseModel):
    """How many pictures the case took."""

    case_number: str
    added: int


class ChannelsQuery(Sent):
    """`GET /desk/channels`: both days are included."""

    first: ExactDay | None = None
    last: ExactDay | None = None


class ChannelCount(BaseModel):
    channel: Channel
    label: str
    count: int


class ChannelCounts(BaseModel):
    """How many matters were registered by each way."""

    first: str
    last: str
    items: list[ChannelCount]


class RegisteredByStaff(Registered):
    """`POST /desk/petitions`; `missing` names what was not stated or not clearly, `earlier` a case that it may repeat."""

    channel: Channel
    received_on: str
    missing: list[str]
    earlier: EarlierCase | None
