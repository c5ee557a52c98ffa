"""What clients may send about a registered case; each body says which case is meant."""

from __future__ import annotations

from typing import Annotated

from kiosk_api.domain.workflow_review import DOCUMENTS
from kiosk_api.services.cases.citizen_steps import Rating as CitizenRating
from kiosk_api.services.cases.find_case import Identification
from kiosk_api.web.api.schemas import Comment, Maybe, Tail, Text, Token, must_have, needed, optional
from kiosk_api.web.checked import Sent


class IdentifyBody(Sent):
    """A case by QR token, or by number and phone tail."""

    lookup_token: Maybe = None
    case_number: Maybe = None
    phone_tail: Maybe = None

    def who(self) -> Identification:
        """The case that is meant."""
        return Identification(self.lookup_token, self.case_number, self.phone_tail)


class UrgeBody(IdentifyBody):
    """`POST /cases/urge`."""

    comment: Comment = None


Rating = Annotated[str | None, optional(enum=["satisfied", "fairly_satisfied", "dissatisfied", ""])]


class RateBody(IdentifyBody):
    """`POST /cases/rate`."""

    petition_office: Rating = None
    responsible_unit: Rating = None
    comment: Comment = None

    def rating(self) -> CitizenRating:
        """The rating and who is rated."""
        return CitizenRating(self.petition_office, self.responsible_unit, self.comment)


class ReasonBody(Sent):
    """`POST /cases/review` and `/cases/withdraw`: token and phone tail together."""

    model_config = must_have("lookup_token", "phone_tail")
    lookup_token: Text = None
    phone_tail: Tail = None
    reason: Comment = None

    def who(self) -> Identification:
        """The case that is meant."""
        return Identification(lookup_token=self.lookup_token, phone_tail=self.phone_tail)


NoticeChoice = Annotated[str | None, needed(enum=["all", "owed"])]


class NoticesBody(Sent):
    """`POST /cases/notices`: the receipt's token, and whether all notices are wanted or only those owed by law."""

    model_config = must_have("lookup_token", "notices")
    lookup_token: Text = None
    notices: NoticeChoice = None

    def who(self) -> Identification:
        """The case that is meant."""
        return Identification(lookup_token=self.lookup_token)


OneDocument = Annotated[str | None, optional(enum=[key for key, _ in DOCUMENTS])]


class ReceivedBody(Sent):
    """`POST /cases/received`: token and phone tail together; without `document` all that wait are meant."""

    model_config = must_have("lookup_token", "phone_tail")
    lookup_token: Text = None
    phone_tail: Tail = None
    document: OneDocument = None

    def who(self) -> Identification:
        """The case that is meant."""
        return Identification(lookup_token=self.lookup_token, phone_tail=self.phone_tail)


class AddPicturesBody(Sent):
    """`POST /cases/attachments`."""

    model_config = must_have("lookup_token", "phone_tail", "attachments")
    lookup_token: Text = None
    phone_tail: Tail = None
    attachments: Token = None

    def who(self) -> Identification:
        """The case that is meant."""
        return Identification(lookup_token=self.lookup_token, phone_tail=self.phone_tail)
