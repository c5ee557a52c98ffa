"""What becomes of a message that fails, is refused or stays in doubt, and of what a platform reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk_api.domain.notice_attempts import State
from kiosk_api.domain.policy import NOTICE_TRIES
from kiosk_api.services.base.sending import Delivery, NotSent, Refused, Unknown
from kiosk_api.services.notices.delivery import clear_stranded, note_report
from tests.factories import START, UNIT
from tests.notices.telling import Office, in_the_morning


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_refused_way_is_followed_by_the_next(office: Office) -> None:
    number = office.file()["case_number"]
    office.bind(number)
    office.wechat.fails = [Refused("has_left")]
    office.tell()
    assert len(office.wechat.sent) == len(office.sms.sent) == 1
    [(notice, attempts)] = office.notices(number)
    assert notice.state == "told"
    assert [(one.channel, one.attempt.state) for one in attempts] == [("wechat", State.REFUSED), ("sms", State.SENT)]


def test_a_messenger_that_was_unbound_meanwhile_gets_nothing(office: Office) -> None:
    number = office.file()["case_number"]
    office.bind(number)
    office.wechat.fails = [NotSent("busy")]
    office.tell()
    office.unbind()
    office.later(minutes=5)
    office.tell()
    assert len(office.wechat.sent) == 1
    assert len(office.sms.sent) == 1
    assert office.states(number) == {"registered": "told"}


def test_a_busy_platform_is_tried_again_under_the_same_key_and_given_up_in_the_end(office: Office) -> None:
    number = office.file()["case_number"]
    office.sms.fails = [NotSent("busy")] * (NOTICE_TRIES + 5)
    for _ in range(NOTICE_TRIES + 5):
        office.tell()
        office.later(hours=2)
    [(notice, [attempt])] = office.notices(number)
    assert (notice.state, notice.reason, attempt.attempt.state) == ("untold", "busy", State.DEAD)
    assert len(office.sms.sent) == NOTICE_TRIES
    assert {message.key for _, message in office.sms.sent} == {attempt.id}


@pytest.mark.parametrize(("knows", "sent"), [(Delivery.SENT, 1), (Delivery.DELIVERED, 1), (Delivery.NEVER_SEEN, 2)])
def test_a_message_in_doubt_is_asked_for_before_anything_is_sent_again(
    office: Office, knows: Delivery, sent: int
) -> None:
    number = office.file()["case_number"]
    office.sms.fails, office.sms.knows = [Unknown("no_answer")], [knows]
    office.tell()
    assert office.states(number) == {"registered": "underway"}
    for _ in range(3):
        office.later(minutes=3)
        office.tell()
    assert len(office.sms.asked) == 1
    assert len(office.sms.sent) == sent
    assert len({message.key for _, message in office.sms.sent}) == 1
    assert office.states(number) == {"registered": "told"}


def test_a_message_that_nobody_can_tell_of_is_left_to_an_officer_and_not_sent_another_way(office: Office) -> None:
    number = office.file()["case_number"]
    office.bind(number)
    office.wechat.fails = [Unknown("no_answer")]
    for _ in range(15):
        office.tell()
        office.later(hours=1)
    assert len(office.wechat.sent) == 1
    assert office.sms.sent == []
    assert office.states(number) == {"registered": "doubtful"}


def test_a_try_that_failed_in_the_evening_waits_for_the_morning_too(office: Office) -> None:
    number = office.file()["case_number"]
    office.tell()
    office.at(START.replace(hour=20, minute=59))
    office.sms.fails = [NotSent("busy")]
    office.act(number, "office", "forward", unit=UNIT)
    office.tell()
    office.later(minutes=30)
    office.tell()
    assert len(office.sms.sent) == 2
    office.at(in_the_morning())
    office.tell()
    assert len(office.sms.sent) == 3


@pytest.mark.parametrize(
    "reports", [["delivered"], ["sent", "delivered", "sent"], ["delivered", "failed", "delivered"]]
)
def test_reports_of_a_platform_may_be_late_double_or_out_of_order(office: Office, reports: list[str]) -> None:
    number = office.file()["case_number"]
    office.tell()
    for one in reports:
        assert note_report(office.ctx, "sms", Delivery(one), platform_id="sms-1")
    assert not note_report(office.ctx, "sms", Delivery.DELIVERED, platform_id="of somebody else")
    office.tell()
    [(notice, [attempt])] = office.notices(number)
    assert (notice.state, attempt.attempt.state) == ("told", State.DELIVERED)
    assert len(office.sms.sent) == 1


def test_a_message_that_the_platform_could_not_deliver_goes_the_next_way(office: Office) -> None:
    number = office.file()["case_number"]
    office.bind(number)
    office.tell()
    assert note_report(office.ctx, "wechat", Delivery.FAILED, platform_id="wechat-1")
    office.tell()
    assert len(office.sms.sent) == 1
    assert office.states(number) == {"registered": "told"}


def test_a_channel_that_is_switched_off_leaves_nothing_behind(office: Office) -> None:
    numbers = []
    for failure in (NotSent("busy"), Unknown("no_answer")):
        number = str(office.file()["case_number"])
        office.bind(number, address=f"oInvented-{number}")
        office.wechat.fails = [failure]
        office.tell()
        numbers.append(number)
    waits, doubted = numbers
    office.wechat.on = False
    office.later(minutes=5)
    assert clear_stranded(office.ctx) == 2
    office.tell()
    assert office.states(waits) == {"registered": "told"}, "by the phone"
    assert office.states(doubted) == {"registered": "doubtful"}, "it may have been sent"
    assert len(office.sms.sent) == 1


def test_a_message_that_was_never_seen_is_sent_again_at_once_also_in_the_evening(office: Office) -> None:
    """WeChat drops a repetition for some minutes only: by the morning it would be a second message."""
    number = office.file()["case_number"]
    office.tell()
    office.at(START.replace(hour=20, minute=59))
    office.sms.fails, office.sms.knows = [Unknown("no_answer")], [Delivery.NEVER_SEEN]
    office.act(number, "office", "forward", unit=UNIT)
    office.tell()
    began = office.ctx.clock.now()
    office.later(minutes=3)
    office.tell()
    assert [lost.began_at for _, _, lost in office.sms.asked if lost] == [began]
    assert len(office.sms.sent) == 3
    assert office.states(number) == {"registered": "told", "forwarded": "told"}


def test_a_messenger_unbound_while_its_message_is_in_doubt_is_not_written_to_again(office: Office) -> None:
    number = office.file()["case_number"]
    office.bind(number)
    office.wechat.fails, office.wechat.knows = [Unknown("no_answer")], [Delivery.NEVER_SEEN]
    office.tell()
    office.unbind()
    office.later(minutes=3)
    office.tell()
    assert (len(office.wechat.sent), len(office.sms.sent)) == (1, 1)
    assert office.states(number) == {"registered": "told"}
