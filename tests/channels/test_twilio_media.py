"""Pictures are fetched from Twilio, with its secret only where it belongs, and never too much of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk_api.gateways.twilio_media import TwilioMedia
from kiosk_api.gateways.twilio_sms import TwilioAccount
from tests.channels.fake_twilio import ACCOUNT, TOKEN, FakeTwilio, fake_twilio
from tests.channels.small_server import Reply, Request, serving
from tests.factories import START

PLACE = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM{'a' * 32}/Media/ME{'b' * 32}"


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with fake_twilio(lambda: START) as running:
        yield running


def media(twilio: FakeTwilio, most: int = 1_000) -> TwilioMedia:
    return TwilioMedia(TwilioAccount(ACCOUNT, TOKEN, twilio.url), most)


def test_a_picture_is_fetched_with_the_accounts_secret(twilio: FakeTwilio) -> None:
    twilio.pictures[PLACE] = Reply(200, b"a picture")
    assert media(twilio).fetch(twilio.url + PLACE) == b"a picture"


def test_a_redirection_within_twilio_is_followed_a_few_times(twilio: FakeTwilio) -> None:
    last = PLACE.replace("b", "c")
    twilio.pictures |= {PLACE: Reply(307, headers={"Location": last}), last: Reply(200, b"there")}
    assert media(twilio).fetch(twilio.url + PLACE) == b"there"
    twilio.pictures[last] = Reply(302, headers={"Location": PLACE})
    with pytest.raises(OSError, match="status"):
        media(twilio).fetch(twilio.url + PLACE)
    assert len(twilio.asked) == 2 + 4


def test_nothing_is_fetched_from_anywhere_else_and_the_secret_is_told_to_nobody(twilio: FakeTwilio) -> None:
    told: list[Request] = []

    def listen(request: Request) -> Reply:
        told.append(request)
        return Reply(200, b"mine")

    with serving(listen) as other:
        twilio.pictures[PLACE] = Reply(302, headers={"Location": other + PLACE})
        addresses = [
            other + PLACE, twilio.url + PLACE, f"{other}/x.twiliocdn.com", "file:///etc/passwd", "", "http://[::1",
            f"{twilio.url}@{other.removeprefix('http://')}{PLACE}", twilio.url + PLACE + "/../../../secret",
            twilio.url + PLACE.replace(ACCOUNT, "AC" + "9" * 32), "http://mms.twiliocdn.com/a", "https://twiliocdn.com.evil.example/a",
            "https://mms.twiliocdn.com:8443/a", "https://evil.example/mms.twiliocdn.com",
        ]  # fmt: skip
        for address in addresses:
            with pytest.raises(OSError, match="no address|status"):
                media(twilio).fetch(address)
    assert not told


@pytest.mark.parametrize("reply", [Reply(200, b"x" * 1_001), Reply(404), Reply(500), Reply(cut=True), Reply(302)])
def test_a_picture_that_is_too_large_or_not_there_is_an_os_error(twilio: FakeTwilio, reply: Reply) -> None:
    twilio.pictures[PLACE] = reply
    with pytest.raises(OSError, match="too_long|status|cut_off|no address"):
        media(twilio).fetch(twilio.url + PLACE)
