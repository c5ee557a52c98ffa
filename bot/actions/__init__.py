"""Action classes found by rasa_sdk."""

from bot.actions.turn import ActionTurn

__all__ = ["ActionTurn"]
