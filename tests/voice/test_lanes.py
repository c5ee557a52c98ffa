"""One at a time, a few waiting, the rest sent away."""

from __future__ import annotations

import threading

import pytest

from voice.lanes import Busy, Lane


def test_one_works_one_waits_and_the_third_is_sent_away() -> None:
    lane, begun, may_end, order = Lane(1), threading.Event(), threading.Event(), []

    def first() -> None:
        with lane.turn():
            order.append("first begins")
            begun.set()
            assert may_end.wait(60)
            order.append("first ends")

    def second() -> None:
        with lane.turn():
            order.append("second")

    one = threading.Thread(target=first)
    one.start()
    assert begun.wait(60)
    two = threading.Thread(target=second)
    two.start()
    while lane._places._value:  # until the second waits
        pass
    with pytest.raises(Busy), lane.turn():
        pass
    may_end.set()
    one.join()
    two.join()
    assert order == ["first begins", "first ends", "second"]
    with lane.turn():
        pass


def test_nobody_waits_for_ever() -> None:
    lane = Lane(1, within_s=0.01)
    with lane.turn(), pytest.raises(Busy), lane.turn():
        pass
    with lane.turn():
        pass


def test_whatever_fails_gives_its_place_back() -> None:
    lane = Lane(0)
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"), lane.turn():
            raise ValueError("broken")
