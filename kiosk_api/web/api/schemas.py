"""Shapes published in openapi.json.

The types say what a client should send; the checks themselves are in the domain, which reports
every error of a submission at once and in Chinese. So these models accept anything.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, WithJsonSchema

from kiosk_api.domain.policy import PROXY_CONSENTS, PROXY_RELATIONS

Text = Annotated[Any, WithJsonSchema({"type": "string"})]
Flag = Annotated[Any, WithJsonSchema({"type": "boolean"})]
Rating = Annotated[
    Any,
    WithJsonSchema(
        {"type": "string", "enum": ["satisfied", "fairly_satisfied", "dissatisfied"]}
    ),
]
Answers = Annotated[
    Any, WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}})
]
People = Annotated[
    Any,
    WithJsonSchema(
        {
            "type": "array",
            "maxItems": 5,
            "items": {
                "type": "object",
                "required": ["name", "phone"],
                "properties": {"name": {"type": "string"}, "phone": {"type": "string"}},
            },
        }
    ),
]
Petitioner = Annotated[
    Any,
    WithJsonSchema(
        {
            "type": "object",
            "required": ["name", "phone", "address"],
            "properties": {
                name: {"type": "string"} for name in ("name", "phone", "address", "id_number")
            },
        }
    ),
]


ProxyPerson = Annotated[
    Any,
    WithJsonSchema(
        {
            "type": "object",
            "required": ["name", "phone", "relation", "consent_how", "consent_confirmed"],
            "properties": {
                "name": {"type": "string"},
                "phone": {"type": "string"},
                "relation": {"type": "string", "enum": list(PROXY_RELATIONS)},
                "consent_how": {"type": "string", "enum": list(PROXY_CONSENTS)},
                "consent_confirmed": {"type": "boolean", "const": True},
            },
        }
    ),
]
Values = Annotated[Any, WithJsonSchema({"type": "object"})]


class Open(BaseModel):
    """Base: extra fields reach the domain, which names them."""

    model_config = ConfigDict(extra="allow")


class PetitionBody(Open):
    """`POST /petitions`."""

    petitioner: Petitioner = None
    request: Text = None
    facts: Text = None
    reasons: Text = None
    place: Text = None
    about_unit: Text = None
    amount: Text = None
    happened: Text = None
    representatives: People = None
    confidential: Flag = None
    window_choice: Text = None
    route_answers: Answers = None
    attachments: Text = None
    consent: Flag = None
    proxy: ProxyPerson = None
    assisted_by_code: Text = None


class HandoverBody(Open):
    """`POST /handover`: an unfinished petition, in the shape of PetitionBody."""

    draft: Values = None


class RouteBody(Open):
    """`POST /route`."""

    text: Text = None
    answers: Answers = None


class IdentifyBody(Open):
    """A case by QR token, or by number and phone tail."""

    lookup_token: Text = None
    case_number: Text = None
    phone_tail: Text = None


class UrgeBody(IdentifyBody):
    """`POST /cases/urge`."""

    comment: Text = None


class RateBody(IdentifyBody):
    """`POST /cases/rate`."""

    petition_office: Rating = None
    responsible_unit: Rating = None
    comment: Text = None


class ReasonBody(IdentifyBody):
    """`POST /cases/review` and `/cases/withdraw`."""

    reason: Text = None


class AddPicturesBody(Open):
    """`POST /cases/attachments`."""

    lookup_token: Text = None
    phone_tail: Text = None
    attachments: Text = None


class TokenBody(Open):
    """`POST /receipts`."""

    lookup_token: Text = None


class QuestionBody(Open):
    """`POST /handbook/ask`."""

    question: Text = None
    before: Text = None


class ChatBody(Open):
    """`POST /chat`."""

    session_id: Text = None
    text: Text = None


class ChatEndBody(Open):
    """`POST /chat/end`."""

    session_id: Text = None


class CodeBody(Open):
    """`POST /receipts/verify`."""

    code: Text = None


class CodeQuery(BaseModel):
    """`GET /receipts/verify`."""

    code: str = ""


class SlugPath(BaseModel):
    """A handbook section."""

    slug: str
