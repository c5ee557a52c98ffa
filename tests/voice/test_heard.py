"""What was recognised, as it is shown in each kind of field."""

from __future__ import annotations

import time

import pytest

from voice.heard import understood

SHOWN = [
    ("words", "工廠欠我一万九千三百块,三个月没发工資", "工厂欠我19300块，三个月没发工资"),
    ("words", "二零二三年五月十二号那天", "2023年5月12号那天"),
    ("words", "貸款十五万,每个月一千零八十", "贷款15万，每个月1080"),
    ("words", "一亩地补四万六,结果只有两万八", "一亩地补46000，结果只有28000"),
    ("words", "年利息百分之十二", "年利息12%"),
    ("words", "半夜一两点,八百多人,十几天", "半夜一两点，八百多人，十几天"),
    ("words", "千万不要告诉他,万一他知道了", "千万不要告诉他，万一他知道了"),
    ("words", "报了12,000元.真的?", "报了12000元。真的？"),
    ("words", "谢谢观看", ""),
    ("words", "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目", ""),
    ("words", "没有人管。字幕由 Amara.org 社群提供", "没有人管。"),
    ("words", "没人管没人管没人管没人管没人管没人管", "没人管"),
    ("words", "谢谢大家，我说完了", "谢谢大家，我说完了"),
    ("phone", "我的电话是一三八零零零零零零零零", "13800000000"),
    ("phone", "138-1234-5678", "13812345678"),
    ("phone", "幺三八，一二三四，五六七八", "13812345678"),
    ("phone", "一三八三个零一二三四五", "13800012345"),
    ("phone", "我的电话是以散起，以而散私，物流起吧。", "13712345678"),
    ("phone", "零三一二的二三四五六七八", "03122345678"),
    ("phone", "问一下我儿子吧", "问一下我儿子吧"),
    ("phone", "我没有电话", "我没有电话"),
    ("id_number", "幺幺零幺零五一九四九一二三一零零二艾克斯", "11010519491231002X"),
    ("case_number", "XF20260315-ABCD-EFGH-12", "XF20260315-ABCD-EFGH-12"),
    ("case_number", "艾克斯艾弗二零二六零三一五诶必西弟衣艾弗记诶取幺二", "XF20260315-ABCD-EFGH-12"),
    ("case_number", "我忘了", "我忘了"),
    ("name", "我叫王小名，国王的王，明天的明。", "王小明"),
    ("name", "我姓趙,叫趙鐵柱。", "赵铁柱"),
    ("name", "我姓章，弓长张，叫秀兰。", "张秀兰"),
    ("name", "李桂方，桂花的桂，芳香的芳", "李桂芳"),
    ("name", "我叫王小明,国王的王,大小的小明天的名。", "王小明"),
    ("name", "我叫刘建军，建设的建军队的军", "刘建军"),
    ("name", "张秀兰公长张秀气的秀兰花的兰。", "张秀兰"),
    ("name", "王小明", "王小明"),
    ("address", "我住在和平路二十六号院三号楼二单元五零二。", "和平路26号院3号楼2单元502"),
    ("address", "青山县柳河镇大王庄村三组", "青山县柳河镇大王庄村三组"),
]


@pytest.mark.parametrize(("kind", "heard", "shown"), SHOWN)
def test_heard_text_is_shown_as_people_write_it(kind: str, heard: str, shown: str) -> None:
    assert understood(heard, kind) == shown


@pytest.mark.parametrize("kind", ["words", "name", "phone", "id_number", "case_number", "address"])
@pytest.mark.parametrize(
    "piece", ["我叫", "一", "零", "字幕由", "谢", "1,", "姓王，", "abc", "三个零", "百分之", "，", " "]
)
def test_hostile_text_takes_time_in_proportion_to_its_length(kind: str, piece: str) -> None:
    understood("先读数据", kind)
    start = time.process_time()
    understood(piece * 3_000, kind)
    assert time.process_time() - start < 2
