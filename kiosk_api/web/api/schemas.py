"""Models of requests: published in openapi.json, and checked before a view runs.

A model checks types and structure. Whether a required text is present and how long it may be is
checked by the domain, which reports every error of a submission at once. The schema states the same
limits, and a test sends generated requests to check that both accept and refuse the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, JsonValue, WithJsonSchema, create_model

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import (
    COMMENT_MAX,
    DRAWING_SIDE_MAX,
    PAGES_MAX,
    ROUTE_ANSWER_MAX,
    ROUTE_ANSWERS_MAX,
    SPOKEN_MAX,
    STROKES_MAX,
    TEXT_MAX,
)
from kiosk_api.domain.petition import MOST_OTHERS
from kiosk_api.domain.petition_fields import MATTER_FIELDS, PERSON_FIELDS, PetitionField
from kiosk_api.domain.policy import PROXY_CONSENTS, PROXY_RELATIONS
from kiosk_api.domain.windows import WINDOWS
from kiosk_api.services.petitions.submit_petition import checked_petition
from kiosk_api.services.staff.handover import NOT_KEPT
from kiosk_api.services.terminal.read_handwriting import UNREADABLE, Drawing
from kiosk_api.web.checked import Sent
from kiosk_api.web.request import ctx, source

OPAQUE = "^[A-Za-z0-9_-]{16,64}$"
OPAQUE_OR_EMPTY = "^([A-Za-z0-9_-]{16,64})?$"
_NULL = {"type": "null"}


def needed(**more: Any) -> WithJsonSchema:
    """The schema of a required text; the domain reports a missing one with its own message."""
    return WithJsonSchema({"type": "string", "minLength": 1, **more})


def optional(**more: Any) -> WithJsonSchema:
    """The schema of a text that may be left out, null or empty."""
    return WithJsonSchema({"anyOf": [{"type": "string", **more}, _NULL]})


def _not_null(schema: dict[str, Any]) -> None:
    found = [one for one in schema.pop("anyOf", []) if one.get("type") != "null"]
    schema.pop("default", None)
    if found:
        schema.update(found[0])


def must_have(*names: str) -> ConfigDict:
    """Add the fields that the domain requires to `required` of the published schema."""

    def named(schema: dict[str, Any]) -> None:
        schema["required"] = [*names]
        for name in names:
            schema["properties"][name].pop("default", None)

    return ConfigDict(json_schema_extra=named)


Text = Annotated[str | None, needed()]
Maybe = Annotated[str | None, optional()]
Long = Annotated[str | None, needed(maxLength=TEXT_MAX)]
Comment = Annotated[str | None, optional(maxLength=COMMENT_MAX)]
Token = Annotated[str | None, needed(pattern=OPAQUE)]
Tail = Annotated[str | None, needed(description="the last four digits of the phone; full-width digits count")]
EXACT = ConfigDict(extra="forbid")


def texts_of(name: str, fields: Iterable[PetitionField], needed: Iterable[str]) -> type[Sent]:
    """A model with a text for each field of a petition."""
    texts: dict[str, Any] = {field.name: (Text if field.name in needed else Maybe, None) for field in fields}
    return create_model(name, __base__=Sent, **texts)


def _required(fields: Iterable[PetitionField]) -> list[str]:
    return [field.name for field in fields if field.required]


_Person = texts_of("_Person", PERSON_FIELDS, _required(PERSON_FIELDS))
_Matter = texts_of("_Matter", MATTER_FIELDS, _required(MATTER_FIELDS))


class Petitioner(_Person):  # type: ignore[misc, valid-type]  # its fields are those of the registry
    """Who petitions: name of 2 to 60 characters, phone, address, and the ID number if they like."""

    model_config = must_have(*_required(PERSON_FIELDS)) | EXACT


class Representative(Sent):
    """One of at most four people who speak for the others beside the one who files (Art. 20: five in all)."""

    model_config = must_have("name", "phone") | EXACT
    name: Text = None
    phone: Text = None


class ProxyPerson(Sent):
    """Who files for the petitioner, and how that was agreed."""

    model_config = must_have("name", "phone", "relation", "consent_how", "consent_confirmed") | EXACT
    name: Text = None
    phone: Text = None
    relation: Annotated[str | None, WithJsonSchema({"type": "string", "enum": [*PROXY_RELATIONS]})] = None
    consent_how: Annotated[str | None, WithJsonSchema({"type": "string", "enum": [*PROXY_CONSENTS]})] = None
    consent_confirmed: Annotated[bool | None, WithJsonSchema({"type": "boolean", "const": True})] = None


Answer = Annotated[str, Field(max_length=ROUTE_ANSWER_MAX)]
RouteAnswers = Annotated[dict[Answer, Answer] | None, Field(max_length=ROUTE_ANSWERS_MAX)]


class PetitionBody(_Matter):  # type: ignore[misc, valid-type]  # its texts are those of the registry
    """`POST /petitions`: 2 to 2,000 characters of request, 4 to 20,000 of facts."""

    refusal = "invalid_petition"
    model_config = must_have("petitioner", *_required(MATTER_FIELDS), "consent") | EXACT
    petitioner: Annotated[Petitioner | None, Field(json_schema_extra=_not_null)] = None
    representatives: Annotated[list[Representative] | None, Field(max_length=MOST_OTHERS)] = None
    confidential: bool = False
    window_choice: Annotated[str | None, optional(enum=[*WINDOWS])] = None
    route_answers: RouteAnswers = None
    attachments: Annotated[str | None, optional(pattern=f"^$|{OPAQUE}")] = None
    consent: Annotated[bool | None, WithJsonSchema({"type": "boolean", "const": True})] = None
    proxy: ProxyPerson | None = None
    assisted_by_code: Maybe = None

    @classmethod
    def also_wrong(cls, body: Mapping[str, Any]) -> Iterable[FieldError]:
        """All other errors of the body; a guessed code counts against the budgets here too."""
        try:
            checked_petition(ctx(), body, source())
        except DomainError as error:
            if not error.errors:
                raise
            return error.errors
        return ()


class HandoverBody(Sent):
    """`POST /handover`: an unfinished petition, in the shape of PetitionBody."""

    refusal, sentence = "invalid_handover", NOT_KEPT
    draft: dict[str, Any]


class AnswersBody(Sent):
    """`POST /petitions/check`: the answers of one step, in the shape of PetitionBody."""

    given: dict[str, Any]


class RouteBody(Sent):
    """`POST /route`; `answers` holds the answers to earlier `ask` questions, by key. Answers
    can only help, so any that make no sense are left out."""

    model_config = must_have("text")
    text: Long = None
    answers: JsonValue = None


class TokenBody(Sent):
    """`POST /receipts` and `/receipts/print`."""

    model_config = must_have("lookup_token")
    lookup_token: Text = None


class PrintBody(TokenBody):
    """`POST /receipts/print`; with the call back that the same visit has asked for, the paper holds its code."""

    callback_code: Maybe = None
    callback_phone_tail: Maybe = None


class QuestionBody(Sent):
    """`POST /handbook/ask`; only the first 20,000 characters are read."""

    model_config = must_have("question")
    question: Text = None
    before: Maybe = None


class ChatBody(Sent):
    """`POST /chat`; without a session_id a new conversation begins. The same `message_id` again in a conversation is
    the same message: it gets the answer of the first."""

    model_config = must_have("text")
    session_id: Annotated[str | None, optional(pattern=OPAQUE)] = None
    text: Long = None
    message_id: Annotated[str | None, optional(pattern=OPAQUE_OR_EMPTY)] = None


class ChatEndBody(Sent):
    """`POST /chat/end`."""

    model_config = must_have("session_id")
    session_id: Token = None


class CodeBody(Sent):
    """`POST /receipts/verify`: whatever somebody typed."""

    code: Maybe = None


class SpeechBody(Sent):
    """`POST /speech`."""

    model_config = must_have("text")
    text: Annotated[str | None, needed(maxLength=SPOKEN_MAX)] = None
    language: Literal["zh", "en"] = "zh"
    part: Annotated[int, Field(ge=0, le=SPOKEN_MAX)] = 0


Side = Annotated[int, Field(ge=1, le=DRAWING_SIDE_MAX)]
Point = Annotated[list[int], Field(min_length=2, max_length=2)]


class StrokesBody(Sent):
    """`POST /handwriting`: one sign as it was drawn, in pixels; together at most 5000 points."""

    sentence = UNREADABLE
    width: Side
    height: Side
    strokes: Annotated[list[Annotated[list[Point], Field(min_length=1)]], Field(min_length=1, max_length=STROKES_MAX)]

    def drawing(self) -> Drawing:
        """What the library reads."""
        return Drawing(self.width, self.height, self.strokes)


class CodeQuery(Sent):
    """`GET /receipts/verify`."""

    code: str = ""


def _whole_number(value: Any) -> Any:
    """Plain digits only: int() would also take `1_0`, ` 1` and digits of other scripts."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        return int(value)
    return value


Page = Annotated[int, BeforeValidator(_whole_number), Field(ge=1, le=PAGES_MAX)]


class SlugPath(Sent):
    """A handbook section."""

    slug: Annotated[str, Field(min_length=1, max_length=200)]
