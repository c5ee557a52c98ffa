"""A message whose answer was lost and that is sent again is heard once."""

from __future__ import annotations

import threading

from kiosk_api.services.chat.chat import Reply, Turn
from kiosk_api.services.chat.repeats import KEPT_S, Repeats

SESSION, ONE, OTHER = "s" * 20, "m" * 20, "n" * 20


class Assistant:
    """Counts what it hears."""

    def __init__(self, degraded: bool = False) -> None:
        self.heard, self.degraded = 0, degraded

    def __call__(self) -> Turn:
        self.heard += 1
        return Turn(SESSION, self.degraded, "phone", [Reply(f"answer {self.heard}")])


def test_the_same_id_gets_the_answer_of_the_first() -> None:
    repeats, assistant = Repeats(), Assistant()
    first = repeats.once(SESSION, ONE, assistant)
    assert repeats.once(SESSION, ONE, assistant) == first and assistant.heard == 1


def test_another_id_or_none_is_another_message() -> None:
    repeats, assistant = Repeats(), Assistant()
    for message_id in (ONE, OTHER, None, None):
        repeats.once(SESSION, message_id, assistant)
    assert assistant.heard == 4


def test_the_same_id_in_another_conversation_is_another_message() -> None:
    repeats, assistant = Repeats(), Assistant()
    repeats.once(SESSION, ONE, assistant)
    repeats.once("t" * 20, ONE, assistant)
    assert assistant.heard == 2


def test_what_was_not_heard_is_said_anew() -> None:
    repeats, assistant = Repeats(), Assistant(degraded=True)
    repeats.once(SESSION, ONE, assistant)
    assistant.degraded = False
    assert not repeats.once(SESSION, ONE, assistant).degraded and assistant.heard == 2


def test_two_at_once_wait_for_one_answer() -> None:
    repeats, assistant, answers = Repeats(), Assistant(), []
    threads = [threading.Thread(target=lambda: answers.append(repeats.once(SESSION, ONE, assistant))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert assistant.heard == 1 and len(answers) == 8


def test_an_ended_conversation_leaves_nothing() -> None:
    repeats, assistant = Repeats(most=1), Assistant()
    repeats.once(SESSION, ONE, assistant)
    repeats.forget(SESSION)
    repeats.once(SESSION, ONE, assistant)
    assert assistant.heard == 2


def test_an_answer_goes_when_nobody_waits_for_it_any_more_and_at_the_end_of_the_conversation() -> None:
    now = 0.0
    repeats, assistant = Repeats(now=lambda: now), Assistant()
    repeats.once(SESSION, ONE, assistant)
    now += KEPT_S + 1
    repeats.once("t" * 20, ONE, assistant)
    repeats.once(SESSION, ONE, assistant)
    assert assistant.heard == 3
    repeats.forget(SESSION)
    repeats.once(SESSION, ONE, assistant)
    assert assistant.heard == 4
