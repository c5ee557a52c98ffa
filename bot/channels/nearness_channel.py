"""POST /webhooks/nearness/near {digest, parts} → {near: [[position, cosine], …]}; /learn first.

Loopback, no conversation; the questions are read and forgotten.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.understanding.encoder import encoder
from bot.understanding.nearness import MOST_PHRASES, SHARED


class NearnessChannel(InputChannel):
    """Compare one question with a known set of phrases, in a thread."""

    @classmethod
    def name(cls) -> str:
        return "nearness"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Two routes, and an answer for probes."""
        routes = Blueprint("nearness_webhook", __name__)

        @routes.get("/")
        async def health(_request: Request) -> HTTPResponse:
            return response.json({"ready": encoder() is not None})

        @routes.post("/learn")
        async def learn(request: Request) -> HTTPResponse:
            digest, phrases = _strings(request, "phrases", MOST_PHRASES)
            if digest is None:
                return response.json({"error": "digest and phrases"}, status=422)
            await _in_thread(SHARED.learn, digest, phrases)
            return response.json({"known": len(phrases)})

        @routes.post("/near")
        async def near(request: Request) -> HTTPResponse:
            digest, parts = _strings(request, "parts", 64)
            if digest is None or not parts:
                return response.json({"error": "digest and parts"}, status=422)
            if encoder() is None:
                return response.json({"error": "no encoder"}, status=503)
            if digest not in SHARED:
                return response.json({"error": "unknown phrases"}, status=409)
            return response.json({"near": await _in_thread(SHARED.near, digest, parts)})

        return routes


def _strings(request: Request, key: str, most: int) -> tuple[str | None, list[str]]:
    given = request.json if isinstance(request.json, dict) else {}
    digest, found = given.get("digest"), given.get(key)
    if (
        not isinstance(digest, str)
        or not isinstance(found, list)
        or len(found) > most
        or not all(isinstance(one, str) for one in found)
    ):
        return None, []
    return digest, found


async def _in_thread(work: Callable[..., Any], *given: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(None, work, *given)
