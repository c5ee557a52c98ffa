"""POST /webhooks/matter/read {text} → the reading of `MatterClassifier`. Loopback, no conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.components.matter_classifier import current_model


class MatterChannel(InputChannel):
    """Read one text in a thread, so that conversations go on meanwhile."""

    @classmethod
    def name(cls) -> str:
        return "matter"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The one route, and an answer for probes."""
        routes = Blueprint("matter_webhook", __name__)

        @routes.get("/")
        async def health(_request: Request) -> HTTPResponse:
            model = current_model()
            return response.json({"version": model.version if model else None})

        @routes.post("/read")
        async def read(request: Request) -> HTTPResponse:
            model = current_model()
            text = (request.json or {}).get("text")
            if model is None:
                return response.json({"error": "no model"}, status=503)
            if not isinstance(text, str):
                return response.json({"error": "text"}, status=422)
            loop = asyncio.get_running_loop()
            found = await loop.run_in_executor(None, model.read, text)
            return response.json(found.as_dict())

        return routes
