# ruff: noqa: E501  -- a table of Chinese sentences or patterns: breaking a line breaks the reading
"""Every sentence the bot says, but those of a single field, which `petition_fields` holds."""

from __future__ import annotations

from bot.dialogue.petition_fields import FIELDS

LABELS = {field.name: field.label for field in FIELDS}
ASK = {
    **{field.name: field.question for field in FIELDS if field.question},
    "resume_code": "请把续填码告诉我，就是上次“先存着”时给您的那串字母数字。",
}
EXAMPLE = {
    **{field.name: field.example for field in FIELDS if field.example},
    "clarify": "请点一个最接近的；说不清也没关系，点“说不清”就行。",
    "resume_code": "续填码是一串字母数字。找不到也没关系，说“重新开始”就行。",
}
CHOICES = {
    **{field.name: list(field.buttons) for field in FIELDS if field.buttons},
    "resume_code": ["重新开始", "找人工"],
    "confirm": ["确认提交", "修改", "取消"],
    "resume_choice": ["接着填", "重新开始"],
    "fix_which": ["不改了"],
}
WHY = {
    **{field.name: field.why for field in FIELDS},
    "clarify": "多问这一句，是为了少让您跑错窗口（《信访工作条例》第二十二条）。最后由工作人员定。",
    "resume_choice": "您上次填了一半，接着填就不用从头说起。",
    "resume_code": "续填码是为了只让您本人接着填，别人看不到您写的。",
    "addition": "您补充的话会加在事实经过后面，一字不改。",
    "fix_which": "知道改哪一项，才不会动到别的。",
    "ask_cancel": "怕您点错，先问一声。取消后填的内容会删掉。",
    "case_number": "凭编号才能找到您这一件。",
    "phone_tail": "核对电话后四位，是防止别人看您的信访件。",
    "rating_office": "您的评价会记入这一件，是条例给您的权利（《信访工作条例》第二十一条）。",
    "rating_unit": "您的评价会记入这一件，是条例给您的权利（《信访工作条例》第二十一条）。",
    "confirm": "最后核对一遍，是怕记错了您的话。您点头之前，什么都不会提交。",
}
TEXT = {
    "greet": "您好，这里是信访接待，24小时都在。您可以直接说遇到的事，也可以查进度、问规定。",
    "menu_again": "您想办什么？可以直接说遇到的事。",
    "thanks": "不客气，这是应该做的。还有别的事，随时说。",
    "bye": "您慢走。以后凭回执上的编号或二维码，随时能查。",
    "bot": "我是自动接待程序，不是真人。我帮您把事情登记好，由工作人员来办；想找人，说“找人工”就行。",
    "help": "我能做四件事：登记您反映的事、查进度和催办、给办理情况评价、回答信访规定。说“找人工”可以找工作人员。",
    "help_form": "您只管照实说，我来记。说“上一步”能退回，说“改电话”能改，说“先存着”下次接着填，说“取消”就不登记。",
    "anger": "让您受累了，换谁都会着急。您把事情说出来，我马上替您登记，归谁办、哪天到期都看得见，您还可以催办、评价。",
    "anger_form": "让您受累了，换谁都会着急。您慢慢说，我一样一样替您记好，已经填的都在。",
    "proxy": "您替别人来办，可以。姓名、住址请填当事人本人的；电话可以留您的，好联系。",
    "accusation": "检举控告的内容和您的身份，不会让被反映的人或单位看到（《信访工作条例》第三十条、第四十六条）。"
    "能看到的，只有登记的工作人员和依法办理的机关。姓名、电话是为了核实和答复您。",
    "confidential": "记下了：您希望保密，不让被反映的人知道是您说的。这一条会跟您的登记一起交给办理的工作人员。不用保密的话，说“不用保密”。",
    "not_confidential": "好，不另外要求保密。",
    "confidential_row": "保密：请为我保密",
    "full_text": "您说的全文：\n{facts}",
    "long_facts": "……（一共{count}个字，一字不少都记下了，说“看全文”能看到）",
    "human": "请到大厅接待窗口找工作人员。工作人员不在时，您可以先在这里登记，上班后第一时间有人看。",
    "human_form": "您填的已经存好，不会丢。",
    "out_of_scope": "这个我帮不上忙，我只办信访的事：登记、查进度、催办、评价、问规定。",
    "unknown": "不好意思，我没听明白。您是要反映一件事，还是查进度、问规定？",
    "unknown_account": "听起来您是要反映一件事。要我替您登记吗？您刚才说的话会原样记下来。",
    "nothing_to_cancel": "现在没有正在填写的内容。您想办什么？",
    "form_start": "好，我来替您登记，一样一样来，几分钟就好。",
    "form_account": "您说的我记下了，别着急，我替您登记。还要问您几样。",
    "cancelled": "好的，已经取消，没有提交任何内容，刚才填的也删掉了。以后想办随时来。",
    "ask_cancel": "您是不想登记了吗？取消后，刚才填的会删掉。",
    "saved": "已经替您存好，还没有提交。",
    "saved_code": "续填码：{code}。下次说“接着填 {code}”，就从这里接着来。",
    "save_failed": "系统这会儿存不上，您先别走开；也可以把情况告诉大厅工作人员。还没有提交。",
    "resume_offer": "您有一份没填完的登记，还没提交。要接着填吗？",
    "resumed": "好，接着上次的填。",
    "resume_missing": "没找到这个续填码，可能过期了或者有字打错了。",
    "resume_down": "系统这会儿查不了续填码，请过一会儿再说一遍。",
    "restarted": "好，我们从头来。",
    "api_down_check": "系统这会儿有点忙，我先照您说的记下，提交时再核对。",
    "handbook_down": "规定这会儿查不了，您可以稍后再问，或问大厅工作人员。",
    "handbook_none": "这个问题我没有可靠的依据，不敢乱答。建议问大厅工作人员。",
    "handbook_choices": "您是不是想问：",
    "back_first": "这已经是第一项了。",
    "elsewhere": "您这份登记还没填完。想先办别的，请说“先存着”；接着填，请直接回答：",
    "held": "（如果刚才那句是要写进登记的话，请说“写进去”。）",
    "added_facts": "好，已经补进事实经过。",
    "ask_more": "您刚才说“{opening}”，请再说详细些：什么时候、在哪里、发生了什么。您说的我一字不改地记。",
    "ask_addition": "要补充什么，请直接说。",
    "unsure": "请问“{value}”是您的{label}吗？是的话请点一下，不是就重新说。",
    "noted": "记下了：{what}。",
    "changed": "改好了：{what}。",
    "miss": "这个我没听明白。",
    "miss_human": "我们慢慢来。您也可以直接在屏幕上填表，或者让工作人员帮您填。已经填的都在。",
    "representative_hint": "几个人为同一件事来，推选代表不超过5人（《信访工作条例》第二十条）。要加代表，请说“加代表 姓名 电话”。",
    "representative_added": "已加代表：{name}，电话尾号{tail}。",
    "representative_full": "代表最多5人（《信访工作条例》第二十条），已经满了。",
    "representative_bad": "这位代表的姓名或电话不对，请再说一遍，比如：加代表 李四 13812345678。",
    "fix_which": "要改哪一项？",
    "confirm_head": "请核对一遍：",
    "confirm_tail": "都对吗？点“确认提交”就正式登记，并表示您同意我们为办这件事使用以上信息。",
    "too_long": "刚才这句处理得太久，我先停下了，没能记下。请再说一遍，话长就分几句说。",
    "too_long_confirm": "系统这会儿太慢，还不知道登记成功没有。请再点一次“确认提交”，同一件事不会登记两次。",
    "submit_failed": "系统刚才没有回应，还没有登记成功，什么都没提交。您填的都存着，请稍等一会儿再点“确认提交”。",
    "submit_refused": "还没有登记成功：{detail}",
    "registered": "已经登记好了。",
    "registered_number": "信访件编号：{number}",
    "registered_window": "建议去的窗口：{window}。{reason}您有不同意见，可以跟工作人员说，由工作人员定。",
    "registered_deadlines": "接下来的期限：",
    "registered_qr": "请收好回执，用手机扫下面的二维码，随时能看进度；也可以凭编号加电话后四位来查。",
    "already_registered": "您刚才那一份其实已经登记成功了，就是这个编号。后来改动的内容没有写进去，请告诉窗口工作人员补上。",
    "case_number": "请说回执上的信访件编号，XF开头那一串；也可以直接扫回执上的二维码。",
    "phone_tail": "请说登记时留的电话的后四位。",
    "case_number_example": "编号在回执上方，比如：XF20260315-ABCD-EFGH-12。找不到就说“找人工”。",
    "phone_tail_example": "请只说四个数字，比如：5678。",
    "case_down": "系统这会儿查不了，请过一会儿再试，或问大厅工作人员。",
    "case_unknown": "没有查到。请核对编号和电话后四位，再说一遍编号。",
    "case_bye": "好的，不查了。",
    "urged": "已经替您催办，办理单位会收到提醒。",
    "not_allowed": "现在还不能{what}：{reason}",
    "rate_office": "您对信访部门的工作满意吗？",
    "rate_unit": "对办理您这件事的责任单位呢？",
    "rated": "谢谢，您的评价已经记下。",
    "rate_example": "请点一个：满意、基本满意、不满意。",
    "after_opinion": "对处理意见不服，收到书面答复起30日内可以申请复查（《信访工作条例》第三十五条）。请扫回执上的二维码，在那一页办；要撤回也在那一页。",
    "window_intro": "各窗口是办这些事的：",
    "window_say": "您用一句话说说是什么事，我告诉您该去哪个窗口。",
    "window_proposed": "您说的事建议去：{window}。{reason}这只是建议，您有不同意见，工作人员来定。",
    "window_register": "要我替您登记吗？",
}
EMERGENCY = {
    "life": "您先别急，您的命最要紧。现在有危险请马上打110或120，也可以打12356心理援助热线；您身边的工作人员也能马上过来。您的事我们一定帮您登记。",
    "crime": "人身安全第一：现在有危险，请马上打110。安全了我们接着说。",
    "fire": "现在有火情、漏气或被困，请先离开危险的地方，马上打119。安全了我们接着说。",
    "medical": "有人身体危急，请马上打120。人安顿好了我们接着说。",
    "doubt": "要是现在有人有危险，请先打110、119或120。没有的话，我们接着说。",
}
MENU = ["我要反映问题", "查进度", "我该去哪个窗口", "找人工"]


def say(key: str, **values: object) -> str:
    """A sentence of the table with its blanks filled."""
    return TEXT[key].format(**values)
