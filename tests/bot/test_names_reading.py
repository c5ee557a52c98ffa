"""A name out of a clause that is known to give one: openers, explanations and closers are no part of it."""

from __future__ import annotations

import pytest

from bot.dialogue.reading.names import name_of
from tests.bot.reading import meaning, value


@pytest.mark.parametrize(("text", "name"), [
    ("好吧，邹国强", "邹国强"), ("那成，叫孟秋菊", "孟秋菊"), ("行 龚大海吧", "龚大海"), ("呃……贺小雨", "贺小雨"), ("就写段德胜吧", "段德胜"),
    ("你就写何秀珍得了", "何秀珍"), ("登记人卢小军就是我", "卢小军"), ("名字：汪大福", "汪大福"), ("實名就實名，葉麗華", "葉麗華"),
    ("家父邹德胜", "邹德胜"), ("我妈孟桂花", "孟桂花"), ("我爱人叫龚敏", "龚敏"), ("俺娘段秀英", "段秀英"), ("我老伴的名字，卢桂兰", "卢桂兰"),
    ("那英", "那英"), ("我叫于洋", "于洋"), ("姓欧阳，叫欧阳菊", "欧阳菊"), ("扎西卓玛", "扎西卓玛"),
])  # fmt: skip
def test_only_the_name_is_left(text: str, name: str) -> None:
    assert name_of(text) == name
    assert value("petitioner_name", (text, "gives.name"), asked="petitioner_name") == name


@pytest.mark.parametrize("dot", "·•・‧∙⋅●")
def test_dots_of_every_form_part_a_name(dot: str) -> None:
    assert name_of(f"我叫帕提古丽{dot}吾买尔江") == "帕提古丽·吾买尔江"
    assert name_of(f"好，玛依拉{dot}热合曼吧") == "玛依拉·热合曼"


@pytest.mark.parametrize("text", ["阿卜杜热依木江·麦麦提吐尔逊", "努尔.巴合提", "姓名：艾孜买提·艾尼瓦尔，喀什的"])
def test_long_names_stay_whole(text: str) -> None:
    assert "·" in str(name_of(text))


@pytest.mark.parametrize("name", ["周\U00020bb7", "\U00020bb7田", "赵\U0002c029", "李\u3faa"])
def test_rare_characters_are_characters_of_names(name: str) -> None:
    assert name_of(f"我叫{name}") == name
    assert value("petitioner_name", (name, "gives.name"), asked="petitioner_name") == name


@pytest.mark.parametrize(("text", "name"), [
    ("弓长张，张立新", "张立新"), ("口天吴小刚", "吴小刚"), ("姓林，双木林，叫林小雪", "林小雪"), ("黄卫东，草头黄", "黄卫东"),
    ("郭建民，建设的建，人民的民", "郭建民"), ("我叫乔立春乔木的乔", "乔立春"),
])  # fmt: skip
def test_a_name_explained_by_its_characters_is_the_name(text: str, name: str) -> None:
    assert name_of(text) == name


@pytest.mark.parametrize(
    "text", ["我姓王", "老孟", "孟先生", "叫我孟姐", "方便", "我的名字不要公开", "草头黄", "好吧", "就写我"]
)
def test_what_is_no_whole_name_is_none(text: str) -> None:
    assert name_of(text) is None


def test_the_surname_is_put_right_by_how_it_is_written() -> None:
    known = {"petitioner_name": "胡建新", "draft_id": "1" * 32}
    (change,) = meaning(("姓写岔了，", "corrects"), ("我是口天吴", "gives.name"), asked="confirm", known=known).changes
    assert (change.field, change.value) == ("petitioner_name", "吴建新")
