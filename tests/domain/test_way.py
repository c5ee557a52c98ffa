"""The way from the terminal to a window."""

from __future__ import annotations

from kiosk_api.domain.way import edge_towards, way

CROSS = [((0.0, 50.0), (100.0, 50.0)), ((50.0, 0.0), (50.0, 100.0))]


def test_the_way_turns_where_corridors_cross() -> None:
    assert way(CROSS, (10, 52), (52, 10)) == [(10, 52), (10, 50), (50, 50), (50, 10), (52, 10)]


def test_the_shorter_of_two_ways_is_taken() -> None:
    ring = [((0.0, 0.0), (100.0, 0.0), (100.0, 60.0), (0.0, 60.0), (0.0, 0.0))]
    assert (100.0, 0.0) not in way(ring, (10, 0), (10, 60))


def test_there_is_no_way_where_none_is_drawn_or_corridors_do_not_meet() -> None:
    assert way([], (0, 0), (10, 10)) == []
    assert way([((0.0, 0.0), (10.0, 0.0)), ((0.0, 50.0), (10.0, 50.0))], (0, 0), (0, 50)) == []


def test_one_walks_to_the_side_of_a_window_that_faces_the_corridor() -> None:
    assert edge_towards((40, 10, 20, 20), [((0.0, 40.0), (100.0, 40.0))]) == (50, 30)
