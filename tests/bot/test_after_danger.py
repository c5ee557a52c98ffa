"""Violence by one's own family, told over several messages, and the way back to the petition."""

from __future__ import annotations

import pytest

from tests.bot.helpers import ANSWERS, Citizen

FAMILY = "我和我老公结婚八年，他一喝酒就摔东西。"
NEIGHBOUR = "楼上邻居天天半夜装修，我说了两次。"


@pytest.mark.parametrize(
    ("known", "clauses"),
    [
        ({"facts": FAMILY}, (("他回来了", "danger"), ("正在砸门", "danger"))),
        ({"request": "我要离婚，让我丈夫搬出去"}, (("救命", "danger"), ("他拿着刀", "danger"))),
        ({"opening": FAMILY}, (("他正在打我", "danger"),)),
        ({}, (("救命", "danger"), ("他又喝了在砸门", "danger"), ("我跟娃躲在厕所里", "danger"))),
        ({}, (("他正在砸门", "danger"), ("我抱着孩子锁在卧室", "danger"))),
    ],
)
def test_who_does_it_is_known_from_before_or_from_who_hides(
    known: dict[str, str], clauses: tuple[tuple[str, str], ...]
) -> None:
    citizen = Citizen().knows("request" if "facts" in known else "facts", **known).means(*clauses)
    assert "danger:home" in citizen.turn.moves
    assert "110" in citizen.said and "12338" in citizen.said
    assert citizen.asks == "listening"


@pytest.mark.parametrize(
    ("known", "clauses"),
    [
        ({"facts": NEIGHBOUR}, (("他正在砸门", "danger"), ("救命", "danger"))),
        ({"facts": "我儿子在学校被同学欺负。"}, (("救命", "danger"), ("有人拿着刀追人", "danger"))),
        ({}, (("包工头带人正在打人", "danger"),)),
    ],
)
def test_strangers_stay_a_crime(known: dict[str, str], clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("request" if known else "facts", **known).means(*clauses)
    assert "danger:crime" in citizen.turn.moves and "110" in citizen.said


@pytest.mark.parametrize(
    ("clauses", "field", "words"),
    [
        ((("人送走了", "feels.thanks"), ("现在我要告他们厂", "wants.register")), None, ""),
        ((("行了咱往下办", "wants.register"), ("事情在翠湖花园6栋", "gives.place")), "place", "翠湖花园6栋"),
        ((("缓过来了", "filler"), ("我姓名叫乔立春", "gives.name")), "petitioner_name", "乔立春"),
        ((("警察来过了没事了", "filler"), ("要他把医药费赔了", "gives.request")), "request", "医药费赔了"),
    ],
)
def test_who_goes_on_goes_on_and_what_is_told_is_kept(
    clauses: tuple[tuple[str, str], ...], field: str | None, words: str
) -> None:
    citizen = Citizen().knows("listening", facts=ANSWERS["facts"], danger="fire").means(*clauses)
    assert citizen.asks not in ("listening", None)
    assert field is None or words in citizen.state[field]


@pytest.mark.parametrize(
    "clauses",
    [
        (("喊个人联系我", "wants.person"), ("这个先存着", "wants.save")),
        (("先存着吧", "wants.save"), ("让工作人员给我打电话", "wants.person")),
        (("存一下", "wants.save"), ("我想跟人说", "wants.person")),
    ],
)
def test_a_person_and_saving_are_both_done(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("listening", facts=ANSWERS["facts"], danger="life").means(*clauses)
    assert {"person", "saved"} <= set(citizen.turn.moves)


@pytest.mark.parametrize("words", ["我还是好怕", "他们都不管我", "嗯"])
def test_who_does_not_go_on_is_listened_to(words: str) -> None:
    citizen = Citizen().knows("listening", facts=ANSWERS["facts"], danger="life").means((words, "feels.despair"))
    assert citizen.asks == "listening" and "listens" in citizen.turn.moves
