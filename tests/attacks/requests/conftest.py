"""One application for a module of attacks, with an officer signed in and a case registered."""

from __future__ import annotations

import pytest

from tests.attacks.requests.target import Target, attacked


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Target:
    return attacked(tmp_path_factory.mktemp("attacked"))
