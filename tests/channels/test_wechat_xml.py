"""What is read as a message of WeChat, and what never is."""

from __future__ import annotations

import tracemalloc
from xml.etree import ElementTree

import pytest

from kiosk_api.gateways import wechat_xml
from kiosk_api.services.base.wechat_ports import BadMessage

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BAD = {
    "nothing": "",
    "no document": "hello",
    "another root": "<html><body>x</body></html>",
    "cut off": "<xml><Content>x</Content>",
    "two roots": "<xml/><xml/>",
    "a document type": "<!DOCTYPE xml><xml><Content>x</Content></xml>",
    "a file": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><xml><Content>&f;</Content></xml>',
    "an address": '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><xml><Content>x</Content></xml>',
    "laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><xml><Content>&l9;</Content></xml>',
    "a parameter entity": '<!DOCTYPE x [<!ENTITY % p "<!ENTITY q \'z\'>"> %p;]><xml><Content>&q;</Content></xml>',
    "an unknown entity": "<xml><Content>&nbsp;</Content></xml>",
    "an instruction": '<xml><?php echo 1 ?><Content>x</Content></xml>',
    "an attribute": '<xml xmlns:x="http://x.example/"><Content>x</Content></xml>',
    "many attributes": "<xml><a " + " ".join(f'b{n}="1"' for n in range(2000)) + "/></xml>",
    "a field twice": "<xml><FromUserName>a</FromUserName><FromUserName>b</FromUserName></xml>",
    "too deep": "<xml>" + "<a>" * 9000 + "</a>" * 9000 + "</xml>",
    "too many": "<xml>" + "".join(f"<a{n}/>" for n in range(3000)) + "</xml>",
    "too long": "<xml><Content>" + "x" * wechat_xml.LONGEST + "</Content></xml>",
    "a character that XML has not": "<xml><Content>\x00</Content></xml>",
    "the same, written as a number": "<xml><Content>&#0;</Content></xml>",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_it_is_no_message(name: str) -> None:
    with pytest.raises(BadMessage):
        wechat_xml.read(BAD[name].encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "gb18030"])
def test_only_utf_8_is_read_whatever_the_document_says(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><xml><Content>汉字</Content></xml>'
    with pytest.raises(BadMessage):
        wechat_xml.read(text.encode(encoding))
    assert wechat_xml.read(text.encode())["Content"] == "汉字"


def test_a_message_is_read_with_what_stands_inside() -> None:
    body = """<?xml version="1.0" encoding="UTF-8"?>
    <xml><ToUserName><![CDATA[gh_1]]></ToUserName><!-- a remark --><Content><![CDATA[a<b>&amp;]]> 汉字 &lt;&#x6c49;</Content>
    <ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult><![CDATA[1]]></ScanResult></ScanCodeInfo><Empty/></xml>"""
    found = wechat_xml.read(body.encode())
    assert found["ToUserName"] == "gh_1" and found["Content"] == "a<b>&amp; 汉字 <汉" and found["Empty"] == ""
    assert found["ScanCodeInfo/ScanResult"] == "1"


@pytest.mark.parametrize(
    "text", ["]]>", "a]]]>>", "<![CDATA[x]]>", "</xml>", "&lt;", "\x00\x0b￾x", "😀\n汉", "]]", ">"]
)
def test_whatever_is_written_is_read_back_by_another_parser(text: str) -> None:
    made = wechat_xml.write({"CreateTime": 12, "Content": text})
    kept = "".join(one for one in text if one in "\n" or one >= " " and one != "￾")
    assert ElementTree.fromstring(made).findtext("Content") == kept
    assert wechat_xml.read(made.encode()) == {"CreateTime": "12", "Content": kept}


@pytest.mark.parametrize("name", ["laughs", "too deep", "many attributes", "too many"])
def test_a_hostile_document_costs_no_memory(name: str) -> None:
    body = BAD[name].encode()
    tracemalloc.start()
    with pytest.raises(BadMessage):
        wechat_xml.read(body)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000
