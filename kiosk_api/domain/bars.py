"""What the kind of a matter rules out: suggestions (Art. 29), accusations (Art. 30), appeals (Art. 31, 33)."""

from __future__ import annotations

from kiosk_api.domain.accusations import Accusation, state_of_case
from kiosk_api.domain.history import has_review_right, procedure
from kiosk_api.domain.workflow_types import Action, CaseState

_NOT_ACCUSATIONS = frozenset({
    Action.ACCEPT, Action.DECLINE, Action.CONCLUDE, Action.ANSWER_SUGGESTION, Action.MEDIATE, Action.SETTLE,
    Action.EXTEND, Action.REQUEST_EXTENSION, Action.REQUEST_REVIEW, Action.REQUEST_REEXAMINATION,
    Action.DECIDE_REVIEW, Action.DECIDE_REEXAMINATION,
})  # fmt: skip
_ONLY_APPEALS = {
    Action.CONCLUDE: "建议意见不出处理意见书，请用“答复建议意见”（第二十九条）。",
    Action.MEDIATE: "只有申诉求决类事项可以调解（第三十三条）。",
    Action.SETTLE: "只有申诉求决类事项可以和解（第三十三条）。",
    Action.REQUEST_REVIEW: "建议意见研究后给您答复，没有复查、复核（第二十九条）。",
    Action.REQUEST_REEXAMINATION: "建议意见研究后给您答复，没有复查、复核（第二十九条）。",
}
_LETTERS = frozenset({"letter", "fax"})


def bar(action: Action, state: CaseState) -> str:
    """Why the kind of this case does not allow the action; empty when it does."""
    accusation = state_of_case(state.kind, state.doubtful)
    if action in _NOT_ACCUSATIONS and accusation is not Accusation.NO:
        if accusation is Accusation.DOUBTFUL:
            return "这件事是不是检举控告还没有定，请先由信访部门定性质（第三十条）。"
        return "检举控告由纪检监察机关或有权处理的机关依规依纪依法办理，不能这样办（第三十条）。"
    if accusation is Accusation.YES and action in (Action.ASSIGN, Action.GUIDE):
        return "检举控告请转纪检监察机关或有权处理的机关（第二十二条、第三十条）。"
    if state.kind == "suggestion" and action in _ONLY_APPEALS:
        return _ONLY_APPEALS[action]
    if action is Action.ANSWER_SUGGESTION and state.kind != "suggestion":
        return "这件事不是建议意见，请出具处理意见书（第三十二条）。"
    if action is Action.CONCLUDE and not procedure(state.events):
        return "受理时没有选第三十一条的办理方式，请信访部门收回后重新转送（第三十一条）。"
    if action is Action.REQUEST_REVIEW and not has_review_right(state.events):
        return "这件事按专门的法定程序办，不服的途径和期限写在给您的答复里，不走复查（第三十一条）。"
    if action is Action.GUIDE and state.channel in _LETTERS:
        return "来信反映涉诉问题的，应当转送政法机关，不能只作引导（第二十二条）。"
    return ""
