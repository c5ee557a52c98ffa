"""What a notice says, in both languages: that there is news, and how to read it.

A phone lies on tables and is lent to others. No text names the matter, its kind, an outcome or a person, and none asks
for money or a code. A case that is kept confidential gets the careful words: not even the office or the number.
"""

from __future__ import annotations

from kiosk_api.domain.petitioner_notices import Said

LANGUAGES = ("zh", "en")

WHAT: dict[str, dict[Said, str]] = {
    "zh": {
        Said.REGISTERED: "您反映的事已经登记",
        Said.PROGRESS: "您的信访件有新进展",
        Said.DATE_NEAR: "您的信访件有一个日期快到了",
        Said.LATE: "您的信访件有一步过了期限，您可以催办",
        Said.RATE: "您的信访件可以评价了",
        Said.CALLBACK_ASKED: "已记下您的回电请求，工作人员会打给您",
        Said.CALLBACK_MISSED: "我们打过您留的电话，没有打通。还需要回电，请再留一次",
    },
    "en": {
        Said.REGISTERED: "your petition is registered",
        Said.PROGRESS: "there is news on your petition",
        Said.DATE_NEAR: "a date of your petition is near",
        Said.LATE: "a step of your petition is late; you can urge",
        Said.RATE: "you can now rate how your petition was handled",
        Said.CALLBACK_ASKED: "your request is noted; staff will ring you",
        Said.CALLBACK_MISSED: "we rang the number you left and nobody answered; leave it again if you still need a call",
    },
}
"""What happened, as it is said: also the words in a template of WeChat."""

_PHRASES = {
    "zh": {
        "number": "（尾号{tail}）",
        "link": "。查看：{link} ",
        "paper": "。请扫回执上的二维码，或打开登记时给您的链接查看",
        "end": "。不收费，不要验证码。",
    },
    "en": {
        "number": " (no. ending {tail})",
        "link": ". See {link} ",
        "paper": ". Scan the QR code on your receipt, or open the link you were given",
        "end": ". Free of charge; we never ask for codes.",
    },
}
_CAREFUL = {
    "zh": "您登记过的一件事有更新，请用回执上的二维码或登记时给您的链接查看。不用回复。",
    "en": "There is an update on something you registered. Please scan the QR code on your receipt, or open the link you were given. No reply needed.",
}
CAREFUL_WHAT = {"zh": "有更新", "en": "there is an update"}
_OF_CALLBACK = frozenset({Said.CALLBACK_ASKED, Said.CALLBACK_MISSED})


def notice_text(said: Said, language: str, office: str, tail: str, link: str, *, careful: bool) -> str:
    """The whole message. `tail` are the last four signs of the case number ("" without one), `link` the page where a
    case is looked up ("" where the office has no address that a phone reaches)."""
    if careful:
        return _CAREFUL[language]
    words = _PHRASES[language]
    number = words["number"].format(tail=tail) if tail else ""
    where = ""
    if said not in _OF_CALLBACK:
        where = words["link"].format(link=link) if link else words["paper"]
    colon = "：" if language == "zh" else ": "
    end = words["end"].lstrip("。. ") if where.endswith(" ") else words["end"]
    return f"{office}{colon}{WHAT[language][said]}{number}{where}{end}"
