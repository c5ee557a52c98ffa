"""The states of one way of telling, by random lives: what a platform, a worker and its deaths can do in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk_api.domain.notice_attempts import (
    NOT_REACHED,
    OPEN,
    REACHED,
    Answer,
    Attempt,
    Delivery,
    State,
    after_ask,
    after_report,
    after_send,
    claimed,
)
from kiosk_api.domain.policy import NOTICE_ASKS, NOTICE_LEASE, NOTICE_PAUSE_MOST, NOTICE_TRIES
from tests.factories import START


class Lives(RuleBasedStateMachine):
    """The attempt, and beside it what the platform really has."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = START
        self.one = Attempt(State.WAITING, START)
        self.requests = 0  # that went out
        self.certain = True  # that nothing which went out was taken

    @rule(minutes=st.integers(1, 300))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.one.state is State.WAITING and self.one.next_at <= self.now)
    @rule(answer=st.sampled_from(Answer), dies=st.booleans())
    def a_worker_sends(self, answer: Answer, dies: bool) -> None:
        assert self.certain, "sent again although the first may have gone out"
        self.one = claimed(self.one, self.now)
        self.requests += 1
        self.certain = False
        if not dies:
            self.one = after_send(self.one, answer, self.now)
            self.certain = answer in (Answer.NOT_SENT, Answer.REFUSED)

    @precondition(lambda self: self.one.state in (State.SENDING, State.UNKNOWN) and self.one.next_at <= self.now)
    @rule(found=st.sampled_from(Delivery), answer=st.sampled_from(Answer), dies=st.sampled_from(("", "asked", "sent")))
    def a_worker_asks(self, found: Delivery, answer: Answer, dies: str) -> None:
        self.one = claimed(self.one, self.now)
        assert self.one.state is State.UNKNOWN
        if dies == "asked":
            return
        self.one = after_ask(self.one, found, self.now)
        self.certain = self.certain or found is Delivery.NEVER_SEEN
        if self.one.state is State.SENDING:
            assert self.certain, "sent again although the first may have gone out"
            self.requests += 1
            self.certain = False
            if dies != "sent":
                self.one = after_send(self.one, answer, self.now)
                self.certain = answer in (Answer.NOT_SENT, Answer.REFUSED)

    @rule(found=st.sampled_from(Delivery))
    def the_platform_reports(self, found: Delivery) -> None:
        before = self.one
        if not self.requests:
            return  # it reports only what it was given
        self.one = after_report(before, found)
        if before.state is State.DELIVERED:
            assert self.one == before, "what has reached the phone stays so"
        assert self.one.state is not State.WAITING or before.state is State.WAITING, "a report sends nothing again"

    @invariant()
    def tries_and_pauses_are_bounded(self) -> None:
        assert self.one.tries <= NOTICE_TRIES
        assert self.requests == self.one.tries
        assert self.one.next_at - self.now <= max(NOTICE_PAUSE_MOST, NOTICE_LEASE)

    @invariant()
    def a_dead_one_was_certainly_not_sent(self) -> None:
        if self.one.state is State.DEAD:
            assert self.certain

    @invariant()
    def every_state_is_open_or_an_end(self) -> None:
        assert sum(self.one.state in some for some in (OPEN, REACHED, NOT_REACHED, {State.DOUBTFUL})) == 1


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)


def test_a_worker_that_died_leaves_a_message_that_is_asked_for() -> None:
    sending = claimed(Attempt(State.WAITING, START), START)
    assert (sending.state, sending.tries) == (State.SENDING, 1)
    found = claimed(sending, sending.next_at)
    assert (found.state, found.tries, found.asks) == (State.UNKNOWN, 1, 1)
    assert after_ask(found, Delivery.SENT, START).state is State.SENT
    again = after_ask(found, Delivery.NEVER_SEEN, START)
    assert (again.state, again.tries) == (State.SENDING, 2), "at once, while what the platform said holds"


def test_pauses_grow_and_the_last_try_is_the_end() -> None:
    one, now, pauses = Attempt(State.WAITING, START), START, []
    while one.state is State.WAITING:
        now = one.next_at
        one = after_send(claimed(one, now), Answer.NOT_SENT, now)
        pauses.append(one.next_at - now)
    assert (one.state, one.tries) == (State.DEAD, NOTICE_TRIES)
    assert pauses[:-1] == sorted(pauses[:-1])
    assert max(pauses[:-1]) == NOTICE_PAUSE_MOST


def test_what_nobody_can_tell_ends_in_doubt_and_is_never_sent_again() -> None:
    one = after_send(claimed(Attempt(State.WAITING, START), START), Answer.UNKNOWN, START)
    for _ in range(NOTICE_ASKS):
        assert one.state is State.UNKNOWN
        one = after_ask(claimed(one, one.next_at), Delivery.CANNOT_TELL, one.next_at)
    assert one.state is State.DOUBTFUL


@pytest.mark.parametrize("state", [one for one in State if one not in OPEN])
def test_an_end_is_never_taken_up_again(state: State) -> None:
    with pytest.raises(ValueError, match=state.value):
        claimed(replace(Attempt(State.WAITING, START), state=state), START)
