"""Pictures are refused early, while there is still disk space for petitions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from kiosk_api.domain.policy import DISK_FOR_PICTURES, DISK_LOW, DISK_STOP, MOST_BUNDLE_BYTES
from tests.attachments.helpers import count_rows, listing, open_bundle, paper, send


def test_a_picture_is_refused_with_little_disk_space_left(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    ctx, client, decoded = app.extensions["kiosk"], app.test_client(), []
    token, free = open_bundle(client), [DISK_FOR_PICTURES - 1]
    app.extensions["kiosk"] = replace(ctx, disk_free=lambda: free[0])
    rewrite = ctx.papers.rewrite
    monkeypatch.setattr(ctx.papers, "rewrite", lambda data: decoded.append(1) or rewrite(data))
    refused = send(client, token, paper())
    assert (refused.status_code, refused.get_json().get("code")) == (503, "pictures_full")
    assert "先不带照片提交" in refused.get_json()["detail"]
    assert int(refused.headers["Retry-After"]) > 0
    assert decoded == []  # and it was not decoded
    assert count_rows(app, "attachments") == 0
    free[0] = DISK_FOR_PICTURES
    assert send(client, token, paper()).status_code == 201
    assert listing(client, token).get_json()["count"] == 1


def test_pictures_are_refused_long_before_petitions_and_readiness_warns_before_both() -> None:
    """Ten concurrent uploads that passed the check leave enough space for petitions."""
    assert DISK_FOR_PICTURES - DISK_STOP >= 10 * MOST_BUNDLE_BYTES
    assert DISK_LOW >= DISK_FOR_PICTURES + 10 * MOST_BUNDLE_BYTES
