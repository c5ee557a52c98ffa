"""Action classes found by rasa_sdk: one topic a file."""

from bot.actions.case_form import ValidateCaseForm
from bot.actions.outside_forms import (
    ActionAskHandbook,
    ActionFindWindow,
    ActionHuman,
    ActionSmallTalk,
    ActionUnknown,
)
from bot.actions.petition_form import ValidatePetitionForm

__all__ = ["ActionAskHandbook", "ActionFindWindow", "ActionHuman", "ActionSmallTalk",
           "ActionUnknown", "ValidateCaseForm", "ValidatePetitionForm"]  # fmt: skip
