"""What is left out on PostgreSQL exists, and what makes an application is run there."""

from __future__ import annotations

import re

from tests.on_postgresql import ABOUT_SQLITE, TESTS, arguments, places


def test_whatever_is_left_out_is_there() -> None:
    for one in ABOUT_SQLITE:
        path, _, name = one.partition("::")
        assert (TESTS / path).exists(), one
        if name:
            assert re.search(rf"^def {name}\(", (TESTS / path).read_text(encoding="utf-8"), re.MULTILINE), one


def test_every_folder_whose_tests_make_an_application_is_run() -> None:
    assert {"attacks", "audit", "channels", "documents", "notices", "postgresql", "wall", "web"} <= set(places())
    assert {f"tests/{one}" for one in places()} <= set(arguments(["-x"]))
    assert not [one for one in arguments(["tests/web"]) if one == "tests/wall"]
