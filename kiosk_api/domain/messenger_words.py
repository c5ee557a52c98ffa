# ruff: noqa: E501 -- a table of sentences; Chinese counts double in width
"""What messengers say on their own, in both languages; all else is said by the conversation."""

from __future__ import annotations

LANGUAGES = ("zh", "en")
MENU_TAIL = "点一下，或者回复数字"  # under choices that can be tapped
MENU_HEAD = "请选一个："  # above them, where nothing else is said

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
    "only_faces": ("表情我看到了。您接着说，请打字告诉我。", "I see your sticker. Please go on in words."),
    "empty": ("没有看到内容，请打字告诉我。", "There was nothing in this message. Please type it."),
    "type_it": ("这段语音没能听出来，请打字告诉我。", "The voice message could not be understood. Please type it."),
    "this_number": ("就用现在这个号码，回复“这个号”。", "To use this number, reply 这个号."),
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
    "office": ("信访接待", "Petition office"),
    "bound": (
        "好了，{number}这一件绑定好了。有进展会在这里告诉您；随时说“进度”能查，说“解除绑定”就不再告诉。",
        "Case {number} is linked to this chat. You are told here when something happens; write 进度 for its status, 解除绑定 to unlink it.",
    ),
    "bound_silent": (
        "好了，{number}这一件绑定好了，随时说“进度”能查。这里现在发不了通知，进展请来查，或者看回执上的链接。",
        "Case {number} is linked to this chat; write 进度 for its status. Notices cannot be sent here at present: please look it up.",
    ),
    "filed": (
        "这件事有进展会在这里告诉您；随时说“进度”能查，说“解除绑定”就不再告诉。",
        "You are told here when something happens. Write 进度 for the status, 解除绑定 to unlink the case.",
    ),
    "filed_silent": (
        "随时在这里说“进度”能查这件事。",
        "Write 进度 here at any time for the status of this case.",
    ),
    "pictures_gone": (
        "您先前发的照片没有放进去：{detail}",
        "The photos you sent before were not added: {detail}",
    ),
    "unbound": (
        "已经解除绑定（{count}件）。这里不再告诉您进展；凭回执上的编号或二维码照样能查。",
        "Unlinked ({count}). You are told nothing more here; the receipt still shows the status.",
    ),
    "not_bound": (
        "这里没有绑定信访件。要绑定，把回执上的链接发过来，或者说“绑定”。",
        "No case is linked to this chat. To link one, send the link on your receipt or write 绑定.",
    ),
    "not_bound_this": (
        "{number}这一件没有绑定在这里，不用解除。别的信访件照旧。",
        "Case {number} is not linked to this chat, so there is nothing to unlink. Nothing else has changed.",
    ),
    "bind_how": (
        "请把信访件编号和登记时留的手机号发在一条里，比如：绑定 XF20260315-ABCD-EFGH-12 13800000000。直接发回执上的链接也行。",
        "Send the case number and the mobile number given at registration in one message, like: 绑定 XF20260315-ABCD-EFGH-12 13800000000. The receipt's link will do as well.",
    ),
    "no_sms": (
        "现在发不了短信验证码。请把回执上的链接发过来，或者扫回执上的二维码来绑定。",
        "No code can be sent by text message at present. Please send the receipt's link, or scan its code.",
    ),
    "code_sent": (
        "验证码已经发到登记时留的手机（尾号{tail}），{minutes}分钟内把6位数字发到这里。不绑了，回复“取消”。",
        "A code was sent to the phone given at registration (ending {tail}). Send its 6 digits here within {minutes} minutes, or write 取消.",
    ),
    "code_not_sent": (
        "短信没有发出去。请过一会儿再试，或者把回执上的链接发过来。",
        "The text message could not be sent. Please try again later, or send the receipt's link.",
    ),
    "code_text": (
        "【{office}】验证码{code}，{minutes}分钟内有效，用来在手机上接收您信访件的进展。不是您本人在办，请不要理会，也不要告诉别人。",
        "[{office}] Code {code}, valid for {minutes} minutes, to receive news of your case on a phone. If this is not you, ignore it and tell nobody.",
    ),
    "code_wrong": (
        "验证码不对，请再看一下短信。不绑了，回复“取消”。",
        "This code is not right. Please look at the text message again, or write 取消.",
    ),
    "code_over": (
        "这个验证码不能用了。要绑定，请重新说“绑定”。",
        "This code can no longer be used. To link a case, write 绑定 again.",
    ),
    "bind_dropped": ("好，不绑了。", "All right, nothing was linked."),
    "language": (
        "好，用中文。",
        "English for our own notes here. The petition itself is best told in Chinese; the staff can help with translation.",
    ),
    "status": (
        "{number}（{day}登记）：{status}。",
        "{number} (registered {day}): {status}.",
    ),
    "status_holder": ("现在在{unit}。", "It is with {unit}."),
    "status_next": ("接下来：{what}，{by}前。", "Next: {what}, by {by}."),
    "status_overdue": ("“{label}”已经超期，您可以催办。", "“{label}” is overdue: you may urge."),
    "status_whole": (
        "决定的全文在回执二维码或登记时给您的链接打开的页面上。",
        "Decisions stand in full on the page that the receipt's code, or the link you were given, opens.",
    ),
    "status_other": ("查别的信访件", "Another case"),
    "picture_kept": (
        "照片收到了，一共{count}张（最多{most}张），会和这份登记一起交。您接着说。",
        "Photo received: {count} in all (at most {most}). They go with your petition. Please go on.",
    ),
    "picture_waits": (
        "照片收到了，一共{count}张（最多{most}张），先替您放{minutes}分钟。请说说是什么事，登记时一起交；要补进已经登记的事，请打开回执上的链接交。",
        "Photo received: {count} in all (at most {most}), kept for {minutes} minutes. Please tell what it is about and they go with your petition. For a case already registered, use the receipt's link.",
    ),
    "picture_lost": (
        "这张照片没有传过来，请再发一次。",
        "The photo did not arrive. Please send it again.",
    ),
    "only_owed": (
        "记下了，以后只告诉您依法必须告知的（受理、不予受理、延期、处理意见、复查复核意见等，不能退订）。想恢复，回复“恢复”。",
        "Noted: from now on you are told only what the law requires, which cannot be switched off. Write 恢复 to get all news again.",
    ),
    "all_again": (
        "记下了，有进展都会告诉您。想少收，回复“退订”。",
        "Noted: you are told all news again. Write 退订 to get less.",
    ),
    "danger": (
        "您说的情况里{danger}，请先拨打110（公安）、119（消防）或120（急救）。",
        "What you say sounds dangerous. First call 110 (police), 119 (fire) or 120 (ambulance).",
    ),
}


def word(key: str, language: str, **values: object) -> str:
    """A sentence in one of LANGUAGES."""
    return WORDS[key][LANGUAGES.index(language) if language in LANGUAGES else 0].format(**values)
