"""Every script in this folder, spoken to the whole running stack over POST /api/v1/chat."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conversations.scripts import play, scripts
from tests.conversations.talkers import KioskTalker
from tests.stack import Stack


@pytest.mark.parametrize("script", [pytest.param(one, id=name) for name, one in scripts().items()])
def test_conversation_goes_as_scripted(script: dict[str, Any], stack: Stack) -> None:
    play(script, KioskTalker(stack))


def test_there_are_at_least_forty_scripts() -> None:
    assert len(scripts()) >= 40
