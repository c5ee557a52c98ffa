"""POST /webhooks/forget/conversation {sender}: the conversation is dropped at once. Loopback only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.components import short_memory


class ForgetChannel(InputChannel):
    """What a person said ends with 结束并清除, not half an hour later."""

    @classmethod
    def name(cls) -> str:
        return "forget"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The one route."""
        routes = Blueprint("forget_webhook", __name__)

        @routes.post("/conversation")
        async def conversation(request: Request) -> HTTPResponse:
            sender = (request.json or {}).get("sender")
            if not isinstance(sender, str) or not sender:
                return response.json({"error": "sender"}, status=422)
            short_memory.forget(sender)
            return response.json({})

        return routes
