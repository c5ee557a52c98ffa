# ruff: noqa: E501 -- a table of sentences; Chinese counts double in width
"""What messengers say on their own, in both languages; all else is said by the conversation."""

from __future__ import annotations

LANGUAGES = ("zh", "en")

WORDS: dict[str, tuple[str, str]] = {
    "welcome": (
        "您好，这里是信访接待。直接说您遇到的事就行，也可以说“查进度”。有回执的，把回执上的链接发过来，就能在这里收到通知。",
        "Hello, this is the petition office. Just write what happened, in Chinese if you can, or write 查进度 for progress. "
        "If you have a receipt, send us its link to be told here when something happens.",
    ),
    "only_text": (
        "这里看不了这种消息。请打字告诉我，也可以发照片或者语音。",
        "This kind of message cannot be read here. Please type it, or send a photo or a voice message.",
    ),
    "empty": ("没有看到内容，请打字告诉我。", "There was nothing in this message. Please type it."),
    "type_it": ("这段语音没能听出来，请打字告诉我。", "The voice message could not be understood. Please type it."),
    "too_fast": (
        "您发得太快了，这条和接下来的几条没有收到。请等我回完，再接着发。",
        "Your messages come too fast: this one and the next were not taken in. Please wait for the answer, then go on.",
    ),
    "full": (
        "现在说话的人太多，这条没有收到。请过一会儿再发一遍；有危险就打110，身体不行打120。",
        "Too many people are writing just now and this message was not taken in. Please send it again in a while. In danger call 110, for an ambulance 120.",
    ),
    "lost": (
        "刚才您发的一条，系统没有处理完，不知道记下没有。请再发一遍，同一件事不会登记两次。",
        "A message of yours was not finished and may not have been noted. Please send it again; one matter is never registered twice.",
    ),
    "broken": (
        "这条没有处理成，请再发一遍。还不行，请打咨询电话或者到窗口。",
        "This message could not be handled. Please send it again; if that fails, phone us or come to the window.",
    ),
    "next_time": (
        "这条我还在看。请过几秒再发一句，我把回答一起给您。",
        "This is still being worked on. Please write once more in a few seconds and you get both answers.",
    ),
    "danger": (
        "您说的情况里{danger}，请先拨打110（公安）、119（消防）或120（急救）。",
        "What you say sounds dangerous. First call 110 (police), 119 (fire) or 120 (ambulance).",
    ),
}


def word(key: str, language: str, **values: object) -> str:
    """A sentence in one of LANGUAGES."""
    return WORDS[key][LANGUAGES.index(language) if language in LANGUAGES else 0].format(**values)
