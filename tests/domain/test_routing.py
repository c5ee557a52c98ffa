"""A proposed window is based on named words; merely mentioning an organ decides nothing."""

from __future__ import annotations

import time

import pytest

from kiosk_api.domain.routing import Reading, propose
from kiosk_api.domain.windows import WINDOWS

MATTERS = (
    ("court", "我的案子去法院立案，人家不给立"),
    ("court", "法院判了对方还我八万块，两年了一分钱没执行"),
    ("court", "我不服法院的判决，想申请再审"),
    ("court", "弟弟独占父母留下的老房子，我想打官司"),
    ("court", "公告说我的房子要被法院拍卖了"),
    ("court", "朋友借了我五万块钱一直不还"),
    ("court", "仲裁裁决公司付工资，公司不给，申请执行也没结果"),
    ("procuratorate", "我被打成轻伤，去派出所报案，他们一直不立案"),
    ("procuratorate", "检察院对打人的人决定不起诉，我不同意"),
    ("procuratorate", "我儿子在看守所里被人打了"),
    ("procuratorate", "法院驳回了我的再审申请，我想请检察院抗诉"),
    ("procuratorate", "工厂往河里排毒水，想请检察院提公益诉讼"),
    ("public_security", "我在网上被骗了三万块钱"),
    ("public_security", "邻居天天上门威胁我，说要打断我的腿"),
    ("public_security", "村里有人开赌场"),
    ("public_security", "我家昨晚被偷了"),
    ("discipline", "村支书把扶贫款装进自己口袋"),
    ("discipline", "举报镇长收受包工头的红包"),
    ("discipline", "局里领导用公款吃喝"),
    ("labour_arbitration", "老板三个月没发工资了"),
    ("labour_arbitration", "干了一年工地，包工头欠我两万块工钱不给"),
    ("labour_arbitration", "公司把我开除了也不给补偿"),
    ("labour_arbitration", "单位一直没给我交社保"),
    ("administrative_reconsideration", "交警给我开的罚单我不认可"),
    ("administrative_reconsideration", "市场局罚了我五万块钱，我觉得罚得没道理"),
    ("administrative_reconsideration", "我不服区政府的房屋征收决定"),
    ("administrative_reconsideration", "申请信息公开一直没有答复"),
    ("petition_office", "小区门口路灯坏了三个月没人修"),
    ("petition_office", "我路过法院门口那条路，坑坑洼洼的"),
    ("petition_office", "法院旁边的停车场乱收费"),
    ("petition_office", "检察院家属院的下水道堵了"),
    ("petition_office", "公安局旁边的工地半夜施工"),
    ("petition_office", "楼下饭店油烟太大，投诉多次没人管"),
    ("petition_office", "我们村征地补偿款还没有发下来"),
    ("petition_office", "低保被取消了，我家真的很困难"),
)


@pytest.mark.parametrize(("window", "text"), MATTERS)
def test_a_clear_matter_goes_to_its_window(window: str, text: str) -> None:
    assert propose(text).window == window


@pytest.mark.parametrize(
    "text",
    [
        "我不想活了",
        "再不给钱我就死给你们看",
        "楼里煤气泄漏了",
        "我家着火了快来",
        "他拿着刀在门口",
        "孩子不见了",
        "老公正在打我",
        "老人晕倒了",
        "强拆队正在拆我家房子",
        "我从楼上跳下去算了",
    ],
)
def test_present_danger_is_handled_first(text: str) -> None:
    proposal = propose(text)
    assert proposal.emergency
    assert all(number in proposal.reason.sentence for number in ("110", "119", "120"))


def test_a_danger_that_only_the_classifier_sees_is_not_told_as_what_was_said() -> None:
    even = {name: 1 / len(WINDOWS) for name in WINDOWS}
    seen = Reading(window=even, domain={"other": 1.0}, topic={"other": 1.0}, danger={"fire": 0.7, "none": 0.3})
    proposal = propose("我们小区电梯坏了一个多月，十八楼，老人下不来", seen)
    assert proposal.emergency
    assert "火情" not in proposal.reason.sentence and "119" in proposal.reason.sentence


@pytest.mark.parametrize(
    "text",
    [
        "小区有火灾隐患",
        "去年有人跳楼",
        "商场跳楼价甩卖骗人",
        "消防通道被堵，万一着火了怎么办",
        "法院判他故意杀人",
        "工资拖欠三个月了",
        "电动车进楼容易着火",
        "希望加强预防溺水宣传",
        "2015年工厂爆炸了，赔偿一直没到位",
    ],
)
def test_a_risk_or_the_past_is_no_emergency(text: str) -> None:
    assert not propose(text).emergency


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("suggestion", "建议在我们小区门口增设一个公交站"),
        ("suggestion", "能否延长图书馆晚上的开放时间"),
        ("accusation", "举报村主任贪污征地款"),
        ("appeal", "建议你们管管，公司拖欠我工资不给"),
        ("appeal", "我家房子漏水开发商不修"),
    ],
)
def test_the_kind_of_a_matter_is_recognised(kind: str, text: str) -> None:
    assert propose(text).kind == kind


@pytest.mark.parametrize(
    ("domain", "hot", "text"),
    [
        ("labour_social_security", "labour", "厂里拖欠工资还不交社保"),
        ("environment", "environment", "养猪场臭气熏天，污水直排河里"),
        ("education_culture_sport", None, "学校强制补课还收补课费"),
        ("health", None, "医院医生让我们多花冤枉钱住院"),
        ("transport", None, "出租车拒载，客运班次太少"),
        ("economy", "fund_raising", "参加集资的理财公司爆雷，钱取不出来"),
        ("land_resources", "land_requisition", "征地补偿标准太低，青苗费没有给"),
    ],
)
def test_field_and_screened_field_follow_the_words(domain: str, hot: str | None, text: str) -> None:
    proposal = propose(text)
    assert (proposal.domain, proposal.hot_field) == (domain, hot)


def test_the_answer_to_an_accusation_promises_confidentiality_by_article_30() -> None:
    assert "30" in propose("举报村主任贪污征地款").articles


def test_the_reason_names_the_words_and_the_articles() -> None:
    reason = propose("老板三个月没发工资了").reason.sentence
    assert "“拖欠工资”" in reason
    assert "第三十一条" in reason


@pytest.mark.parametrize("text", ["", "  ", "你好", "我要反映问题", "😀", "?????"])
def test_an_empty_text_goes_to_the_petition_office_with_a_question(text: str) -> None:
    proposal = propose(text)
    assert proposal.window == "petition_office"
    assert proposal.ask


def test_confidence_and_alternatives_are_shares() -> None:
    for _window, text in MATTERS:
        proposal = propose(text)
        assert 0 < proposal.confidence <= 1
        assert proposal.window in WINDOWS
        assert proposal.confidence + sum(share for _, share in proposal.alternatives) <= 1.001


def test_full_width_letters_and_blanks_change_nothing() -> None:
    assert propose("法 院 不 给 立 案").window == propose("法院不给立案").window == "court"


def test_length_alone_moves_no_matter_to_another_window() -> None:
    text = "小区门口路灯坏了三个月没人修。"
    assert propose(text * 50).window == propose(text).window


@pytest.mark.parametrize("piece", ["公司", "被", "法院不给立案，老板欠工资。", "a", "（", "领导给"])
def test_a_huge_text_is_read_in_bounded_time(piece: str) -> None:
    start = time.process_time()
    propose(piece * (100_000 // len(piece)))
    assert time.process_time() - start < 10  # CPU time; a pattern with exponential backtracking takes minutes


@pytest.mark.parametrize(
    "text",
    [
        "跟着班头干了五个月，一分没拿到，打电话就说再等等",
        "活都干完了不给钱，包工头躲着不见人",
        "给人家装修，人工费一直拖着",
    ],
)
def test_unpaid_work_is_recognised_without_the_word_for_wages(text: str) -> None:
    assert propose(text).window == "labour_arbitration"
