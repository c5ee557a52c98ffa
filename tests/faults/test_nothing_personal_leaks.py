"""After a whole conversation no log, metric, error or file of ours holds what was said."""

from __future__ import annotations

from tests.stack import Stack

CANARIES = ("欧阳晓燕", "13700137009", "青石巷九十八号", "那棵老槐树被连夜锯了")


def test_a_conversation_leaves_no_personal_data_in_the_open(stack: Stack) -> None:
    session = None
    for text in (
        "我要反映问题", "我叫欧阳晓燕", "13700137009", "清水镇青石巷九十八号",
        "我家门口那棵老槐树被连夜锯了，没人通知我们，也没有任何手续，找社区也不管",
        "请查清楚是谁让锯的", "跳过", "跳过", "确认提交",
    ):  # fmt: skip
        answer = stack.chat(text, session)
        session = answer["session_id"]
    assert any(reply.get("case") for reply in answer["replies"])
    stack.client.post("/api/v1/petitions", json={"petitioner": {"name": "欧阳晓燕！！"}})
    stack.client.get("/nowhere", params={"x": "1"})
    places = [path for path in stack.data_dir.rglob("*") if path.is_file()]
    assert any(path.name == "rasa.log" for path in places)
    for path in places:
        content = path.read_bytes()
        for canary in CANARIES:
            assert canary.encode() not in content, path.name
            assert canary.encode("unicode_escape") not in content or canary.isdigit(), path.name
    metrics = stack.client.get("/metrics").text
    assert not any(canary in metrics for canary in CANARIES)
