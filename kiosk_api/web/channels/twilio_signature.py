"""Whether a request comes from Twilio as it was sent, https://www.twilio.com/docs/usage/webhooks/webhooks-security.

The signature covers the address and, sorted by name and joined without any mark between them, the names and values of
all fields. So it does not say where a value ends and the next name begins, nor how often a field was sent. A form that
could be another one of the same signature is refused as well.
"""

from __future__ import annotations

import re
from itertools import pairwise

from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

MOST_FIELDS = 100  # a message has about 20, and two for each of up to ten pictures
_SIGNATURE = re.compile(r"[A-Za-z0-9+/]{27}=")
# https://www.twilio.com/docs/messaging/guides/webhook-request, …/track-outbound-message-status
KNOWN = (
    "AccountSid", "Address", "ApiVersion", "Body", "ButtonPayload", "ButtonText", "ChannelInstallSid",
    "ChannelMetadata", "ChannelPrefix", "ChannelStatusMessage", "ChannelToAddress", "ErrorCode", "ErrorMessage",
    "EventType", "From", "FromCity", "FromCountry", "FromState", "FromZip", "Label", "Latitude", "ListId", "ListTitle",
    "Longitude", "MessageSid", "MessageStatus", "MessageType", "MessagingServiceSid",
    "NumMedia", "NumSegments", "OptOutType", "OriginalRepliedMessageSender", "OriginalRepliedMessageSid",
    "ProfileName", "RawDlrDoneDate", "ReferralBody", "SmsMessageSid", "SmsSid", "SmsStatus", "To", "ToCity",
    "ToCountry", "ToState", "ToZip", "WaId",
)  # fmt: skip
# These are ordinary words too: only with the value they have can they be a field that slipped into a text.
_FLAGS = ("Forwardedtrue", "FrequentlyForwardedtrue")
_MEDIA = tuple(f"{name}{number}" for name in ("MediaContentType", "MediaUrl") for number in range(10))
_HIDDEN = (*KNOWN, *_MEDIA, *_FLAGS)
# Twilio adds fields without notice. They are named in at least two words: a single one may be the middle of a text.
_NEW = re.compile(r"[A-Z][a-z]{1,30}[A-Z][A-Za-z]{0,60}[0-9]{0,3}")
# Between a text and the field after it, a new field must look even more like one: it could be the end of that text.
_ENDS = (
    "Address", "City", "Code", "Context", "Count", "Country", "Data", "Date", "Id", "Key", "Language", "Metadata", "Name",
    "Number", "Payload", "Sid", "State", "Status", "Text", "Time", "Title", "Type", "Uri", "Url", "Zip",
)  # fmt: skip
_LAST = "\U0010ffff"
_SINGLE = frozenset({"Forwarded", *KNOWN})


def is_genuine(token: str, url: str, form: MultiDict[str, str], signature: str) -> bool:
    """Whether the fields were signed with this token for this address, and can be read in one way only."""
    if len(form) > MOST_FIELDS or not _SIGNATURE.fullmatch(signature):
        return False
    if any(len(values) != 1 for _, values in form.lists()):
        return False
    return RequestValidator(token).validate(url, form, signature) and _is_plain(form.to_dict())


def _is_plain(form: dict[str, str]) -> bool:
    names = sorted(form)
    if not all(name in _SINGLE or _may_be_new(name) for name in names):
        return False
    return not any(_hides(name + form[name], name, after, form) for name, after in pairwise([*names, _LAST]))


def _may_be_new(name: str) -> bool:
    if not _NEW.fullmatch(name):
        return False
    return not "Body" < name < "From" or (name.endswith(_ENDS) and not name.startswith("Body"))


def _hides(text: str, name: str, after: str, form: dict[str, str]) -> bool:
    """Whether a field that is not there may stand in this one, which comes just before its place."""
    return any(
        hidden not in form and (text.startswith(hidden) if hidden <= name else hidden < after and hidden in text)
        for hidden in _HIDDEN
    )
