"""One voice process for all tests of this folder, which go to one worker (tests/scheduling.py)."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.voice.running import voice_process


@pytest.fixture(scope="session")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a running voice process with all its parts."""
    with voice_process(tmp_path_factory.mktemp("voice") / "log") as client:
        yield client
