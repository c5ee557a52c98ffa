"""The end of a visit at the server, the shell's addresses, and the hand-over of unsent text."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.config import Settings, SettingsError
from kiosk_api.gateways.rasa import RasaAssistant
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.chat.drafts import save_draft
from tests.serving import static

TEXT = "楼上漏水三年没人修"


def speak(client: FlaskClient) -> str:
    return str(client.post("/api/v1/chat", json={"text": "您好"}).get_json()["session_id"])


def keep(app: Flask, session: str, text: str = TEXT, **body: object) -> str | None:
    answer = app.test_client().post(
        "/internal/v1/drafts/save", json={"session_id": session, "draft": {"facts": text}, **body},
        headers={"X-Bot-Key": app.extensions["kiosk"].bot_key},
    )  # fmt: skip
    assert answer.status_code == 200
    return answer.get_json().get("resume_code")


def draft(app: Flask, **which: str) -> object:
    answer = app.test_client().post(
        "/internal/v1/drafts/load", json=which,
        headers={"X-Bot-Key": app.extensions["kiosk"].bot_key},
    )  # fmt: skip
    return answer.get_json()["draft"]


def end(client: FlaskClient, session: object):
    return client.post("/api/v1/chat/end", json={"session_id": session})


@pytest.mark.parametrize(("path", "home"), [("/end", "/"), ("/end/m", "/m")])
def test_the_end_clears_the_cookie_and_the_site_and_leads_home(client: FlaskClient, path: str, home: str) -> None:
    client.post("/view", data={"mode": "elder"})
    assert client.get_cookie("view")
    answer = client.get(path)
    assert answer.status_code == 303 and answer.location == home
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get_cookie("view") is None


@pytest.mark.parametrize("back", ["//evil.example", "/\t/evil.example", "/\n/evil.example", "/\\evil.example",
                                  "https://evil.example", ""])  # fmt: skip
def test_choosing_a_view_leads_only_to_pages_of_ours(client: FlaskClient, back: str) -> None:
    assert client.post("/view", data={"mode": "elder", "back": back}).location == "/"
    assert client.post("/view", data={"mode": "elder", "back": "/talk"}).location == "/talk"


def test_another_site_cannot_clear_anything(client: FlaskClient) -> None:
    answer = client.get("/end", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 303
    assert "Clear-Site-Data" not in answer.headers and "Set-Cookie" not in answer.headers


def test_ending_forgets_the_draft_the_conversation_and_where_it_came_from(app: Flask, client: FlaskClient) -> None:
    session = speak(client)
    keep(app, session)
    assert end(client, session).status_code == 200
    assert draft(app, session_id=session) is None
    assert app.extensions["kiosk"].assistant.forgotten == [session]
    assert session not in app.extensions["chat_sources"]


def test_a_running_turn_stores_nothing_after_the_end(app: Flask, client: FlaskClient) -> None:
    session = speak(client)
    end(client, session)
    assert keep(app, session) is None
    assert draft(app, session_id=session) is None


def test_an_end_before_the_draft_is_written_leaves_no_draft(app: Flask, client: FlaskClient) -> None:
    """The end comes after the call to store the draft has begun and before it writes."""
    session = speak(client)
    ctx = app.extensions["kiosk"]

    class EndsFirst:
        commits = ctx.store.commits

        def write(self) -> Any:
            app.extensions["kiosk"] = ctx
            assert end(client, session).status_code == 200
            return ctx.store.write()

    app.extensions["kiosk"] = replace(ctx, store=EndsFirst())
    assert keep(app, session) is None
    assert draft(app, session_id=session) is None


def test_an_end_while_a_draft_is_being_written_waits_and_deletes_it(app: Flask, client: FlaskClient) -> None:
    session, sessions = speak(client), app.extensions["chat_sources"]
    ending = Thread(target=lambda: end(app.test_client(), session))

    def asked_just_before() -> bool:
        ending.start()
        while not sessions.has_ended(session):
            ending.join(0.01)
        return False

    save_draft(app.extensions["kiosk"], session, {"facts": TEXT}, is_over=asked_just_before)
    ending.join()
    assert draft(app, session_id=session) is None


def test_a_turn_after_the_end_begins_no_conversation(app: Flask, client: FlaskClient) -> None:
    session = speak(client)
    end(client, session)
    answer = client.post("/api/v1/chat", json={"session_id": session, "text": TEXT})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "session_id"
    assert session not in app.extensions["chat_sources"]
    assert TEXT not in dict(app.extensions["kiosk"].assistant.received).values()


def test_the_assistant_forgets_a_conversation_even_when_the_store_is_busy(app: Flask, client: FlaskClient) -> None:
    session, ctx = speak(client), app.extensions["kiosk"]

    class Busy:
        def commits(self) -> int:
            return 0

        def write(self) -> Any:
            raise StoreBusy

    app.extensions["kiosk"] = replace(ctx, store=Busy())
    assert end(client, session).status_code == 503
    assert ctx.assistant.forgotten == [session]


def test_what_was_stored_on_purpose_stays_as_it_was_then(app: Flask, client: FlaskClient) -> None:
    session = speak(client)
    code = keep(app, session, asked_for=True)
    keep(app, session, "后来又说了别的")
    assert code and draft(app, session_id=session) == {"facts": "后来又说了别的"}
    end(client, session)
    assert draft(app, resume_code=code) == {"facts": TEXT}


def test_an_automatic_draft_lives_an_hour_on_a_page_and_a_week_by_sms(app: Flask, client: FlaskClient) -> None:
    on_page, by_sms, asked = speak(client), "s" * 40, speak(client)
    keep(app, on_page)
    keep(app, by_sms)
    keep(app, asked, asked_for=True)
    app.extensions["kiosk"].clock.advance(timedelta(hours=2))
    assert draft(app, session_id=on_page) is None
    assert draft(app, session_id=by_sms) == draft(app, session_id=asked) == {"facts": TEXT}


def test_ending_works_with_the_assistant_away(app: Flask, client: FlaskClient) -> None:
    away = RasaAssistant("http://127.0.0.1:9", timeout_s=0.2)
    object.__setattr__(app.extensions["kiosk"], "assistant", away)
    session = speak(client)
    keep(app, session)
    answer = end(client, session)
    assert answer.status_code == 200 and answer.get_json() == {"ended": True}
    assert draft(app, session_id=session) is None


@pytest.mark.parametrize("session", [None, 5, "short", "a b c d e f g h i j"])
def test_a_malformed_conversation_id_is_refused(client: FlaskClient, session: object) -> None:
    answer = end(client, session)
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "session_id"


def test_unsent_text_reaches_the_form_escaped_and_is_not_in_the_address(
    client: FlaskClient,
) -> None:
    answer = client.post("/form", data={"facts": "</textarea><b>" + TEXT})
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert f"&lt;/textarea&gt;&lt;b&gt;{TEXT}</textarea>" in answer.text
    assert TEXT not in client.get("/form").text


def test_the_service_worker_is_served_at_the_root_and_every_file_of_the_shell_exists(
    client: FlaskClient,
) -> None:
    worker = client.get("/sw.js")
    assert worker.mimetype == "text/javascript" and worker.headers["Cache-Control"] == "no-store"
    files = client.get("/shell.json").get_json()["files"]
    assert "/offline" in files and static("js/form/form.js") in files
    assert not [one for one in files if "desk" in one]
    assert {client.get(one).status_code for one in files} == {200}


def test_the_offline_page_says_that_nothing_was_submitted(client: FlaskClient) -> None:
    page = client.get("/offline").text
    assert "什么都没有提交" in page and "窗口工作人员" in page and "Nothing has been submitted" in page


def test_a_receipts_bare_address_leads_to_looking_it_up(client: FlaskClient) -> None:
    answer = client.get("/receipt")
    assert answer.status_code == 303 and answer.location == "/status"


def test_the_times_of_an_idle_screen_are_settings() -> None:
    found = Settings.from_env({"KIOSK_IDLE_SECONDS": "60", "KIOSK_IDLE_ELDER_SECONDS": "240"}).idle
    assert (found.standard, found.elder, found.phone, found.countdown) == (60, 240, 900, 30)
    with pytest.raises(SettingsError, match="KIOSK_IDLE_COUNTDOWN"):
        Settings.from_env({"KIOSK_IDLE_COUNTDOWN": "3"})


def test_large_print_gives_more_time(client: FlaskClient) -> None:
    assert 'data-idle-elder-seconds="180"' in client.get("/form").text
