"""A proposal is stored with its case and read again, whichever release stored it."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask

from kiosk_api.services.base.as_json import as_json
from kiosk_api.services.base.route import CaseRoute
from kiosk_api.services.petitions.route_matter import route_matter, with_choice

FIRST_RELEASE: dict[str, Any] = {
    "window": "court", "window_label": "法院窗口", "confidence": 0.81, "domain": "labour",
    "domain_label": "劳动社保", "hot_field": None, "kind": "appeal", "kind_label": "申诉求决类",
    "reason": "您提到了判决。", "articles": ["20"], "article_labels": ["《信访工作条例》第二十条"],
    "alternatives": [{"window": "petition_office", "window_label": "信访窗口", "confidence": 0.1}],
    "emergency": False, "ask": None, "model": "keywords",
}  # fmt: skip


def test_a_proposal_is_read_as_it_was_stored(app: Flask) -> None:
    found = route_matter(app.extensions["kiosk"], "法院判了赢了但是对方不给钱，执行了一年没执行到", {"judged": "yes"})
    for chosen in (None, "petition_office"):
        route = with_choice(found, chosen)
        stored = json.loads(json.dumps(route.to_dict()))
        assert CaseRoute.from_dict(stored) == route
        assert ("citizen_choice" in stored) == (chosen is not None)


def test_what_the_first_release_stored_is_read_and_its_gaps_are_empty() -> None:
    route = CaseRoute.from_dict(FIRST_RELEASE)
    assert (route.window, route.model, route.alternatives[0].window) == ("court", "keywords", "petition_office")
    assert (route.reason_parts, route.answers, route.topic, route.corrected_window) == (None, (), None, "")
    assert as_json(route).items() >= FIRST_RELEASE.items()


def test_the_correction_by_staff_is_kept_with_the_proposal() -> None:
    route = CaseRoute.from_dict(
        {**FIRST_RELEASE, "citizen_choice": "petition_office", "corrected_window": "discipline"}
    )
    assert (route.citizen_choice, route.corrected_window) == ("petition_office", "discipline")
