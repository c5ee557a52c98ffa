"""The commands that set the account up: `wechat-menu` and `wechat-check`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from kiosk_api import cli_wechat
from kiosk_api.config import Settings, SettingsError
from kiosk_api.domain.wechat_menu import buttons, shape
from kiosk_api.gateways.wechat_api import WechatApi, WechatHttp
from kiosk_api.gateways.wechat_check import Account, check
from kiosk_api.services.base.wechat_ports import Template
from tests.channels.fake_wechat import FakeWechat, environment
from tests.channels.one_token import OneToken
from tests.channels.wechat_calls import SECRET, SERVER_ERROR, serving
from tests.factories import START, fresh_app

HOME = "https://xinfang.example"
FIELDS = {"number": "character_string1", "what": "thing2"}
NEWS = {"progress": Template("T-news", FIELDS), "agreed": Template("S-news", FIELDS, subscription=True)}


@pytest.fixture
def platform() -> Iterator[FakeWechat]:
    with serving(FakeWechat(lambda: START)) as running:
        yield running


def checked(
    platform: FakeWechat,
    folder: Path,
    *,
    public_url: str = HOME,
    templates: dict[str, Template] | None = None,
    mode: str = "safe",
    **env: str,
) -> dict[str, str]:
    """What is not right, by its name, where the running service has the settings `env`."""
    given = {**environment(platform.url), **env}
    running = fresh_app(folder, KIOSK_PUBLIC_URL=HOME, **given)
    client = httpx.Client(transport=httpx.WSGITransport(app=running), base_url=public_url)
    api = WechatApi(WechatHttp(platform.url), OneToken(platform))
    account = Account(
        [], mode, environment("")["WECHAT_TOKEN"], public_url, api, NEWS if templates is None else templates
    )
    return {one.what: one.detail for one in check(account, START, client) if not one.is_right}  # fmt: skip


def publish(platform: FakeWechat, url: str = HOME) -> None:
    WechatApi(WechatHttp(platform.url), OneToken(platform)).publish_menu(buttons(url))


def test_an_account_that_is_set_up_has_nothing_wrong(platform: FakeWechat, tmp_path: Path) -> None:
    publish(platform)
    assert checked(platform, tmp_path) == {}


def test_a_menu_that_is_missing_or_of_another_address_is_noticed(platform: FakeWechat, tmp_path: Path) -> None:
    assert "wechat-menu" in checked(platform, tmp_path)["菜单"]
    publish(platform, "https://old.example")
    assert "wechat-menu" in checked(platform, tmp_path)["菜单"]


def test_templates_that_the_account_has_not_are_named(platform: FakeWechat, tmp_path: Path) -> None:
    publish(platform)
    gone = {"progress": Template("T-gone"), "agreed": Template("T-news", subscription=True)}
    assert checked(platform, tmp_path, templates=gone) == {
        "模板消息 progress": "账号里没有这个模板：T-gone", "订阅通知 agreed": "账号里没有这个模板：T-news",
    }  # fmt: skip
    assert "短信" in checked(platform, tmp_path, templates={})["通知模板"]
    other = {"progress": Template("T-news", {"what": "thing9", "number": "character_string1"})}
    assert checked(platform, tmp_path, templates=other) == {"模板消息 progress": "模板没有 thing9、没有填 thing2"}


def test_a_running_service_with_other_settings_is_noticed(platform: FakeWechat, tmp_path: Path) -> None:
    publish(platform)
    assert "重启" in checked(platform, tmp_path / "off", WECHAT_TOKEN="")["服务器地址"]
    assert "Token" in checked(platform, tmp_path / "other", WECHAT_TOKEN="another1")["服务器地址"]


def test_an_address_that_the_platform_cannot_call_is_noticed(platform: FakeWechat, tmp_path: Path) -> None:
    found = checked(platform, tmp_path, public_url="http://xinfang.example:8000")
    assert "443" in found["公开地址"]
    client = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(502)), base_url=HOME)
    account = Account(["WECHAT_APP_SECRET"], "plain", "invented1", HOME, None, {})
    wrong = {one.what: one.detail for one in check(account, START, client) if not one.is_right}
    assert "502" in wrong["服务器地址"] and "WECHAT_APP_SECRET" in wrong["设置"] and "安全模式" in wrong["加密方式"]


@pytest.mark.parametrize(
    ("code", "word"), [(40164, "白名单"), (40125, "AppSecret"), (40013, "AppID"), (48001, "服务号"), (12345, "12345")]
)
def test_each_refusal_of_the_platform_is_said_in_words(
    platform: FakeWechat, tmp_path: Path, code: int, word: str
) -> None:
    platform.fail("/cgi-bin/getcallbackip", code)
    assert word in checked(platform, tmp_path)["AppID、AppSecret、IP白名单"]


def test_a_platform_without_an_answer_is_said_to_be_away(platform: FakeWechat, tmp_path: Path) -> None:
    platform.fail("/cgi-bin/getcallbackip", SERVER_ERROR)
    assert "连不上" in checked(platform, tmp_path)["AppID、AppSecret、IP白名单"]


def test_the_command_prints_no_secret_and_changes_nothing(
    platform: FakeWechat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.now = lambda: datetime.now(ZoneInfo("Asia/Shanghai"))
    app = fresh_app(tmp_path, **environment(platform.url))
    settings = Settings.from_env(
        {"KIOSK_DATA_DIR": str(tmp_path), "KIOSK_PUBLIC_URL": HOME, **environment(platform.url)}
    )
    monkeypatch.setattr(
        "kiosk_api.gateways.wechat_check.local_client",
        lambda _url, _timeout: httpx.Client(transport=httpx.WSGITransport(app=app), base_url=HOME),
    )
    assert cli_wechat.run(app.extensions["kiosk"], settings, "wechat-check") == 1
    said = capsys.readouterr().out
    assert "好\t服务器地址" in said and "不对\t菜单" in said and platform.menu == {}
    assert cli_wechat.run(app.extensions["kiosk"], settings, "wechat-menu") == 0
    assert shape(platform.menu["button"]) == shape(buttons(HOME))
    said += capsys.readouterr().out
    for secret in (SECRET, *environment("").values(), platform.access_token):
        assert not secret or secret not in said or secret.startswith("http")


def test_the_forms_of_the_account_are_listed_with_their_fields(
    platform: FakeWechat, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    platform.now = lambda: datetime.now(ZoneInfo("Asia/Shanghai"))
    app = fresh_app(tmp_path, **environment(platform.url))
    settings = Settings.from_env({"KIOSK_DATA_DIR": str(tmp_path), **environment(platform.url)})
    assert cli_wechat.run(app.extensions["kiosk"], settings, "wechat-templates") == 0
    fields = "character_string1（受理编号），thing2（办理事项）"
    assert capsys.readouterr().out.splitlines() == [
        f"模板消息\tT-news\t办理进展提醒\t{fields}", f"订阅通知\tS-news\t办理进展\t{fields}",
    ]  # fmt: skip
    platform.fail("/wxaapi/newtmpl/gettemplate", 48001)
    assert cli_wechat.run(app.extensions["kiosk"], settings, "wechat-templates") == 1
    assert "wechat-check" in capsys.readouterr().err


def test_a_menu_is_not_published_with_an_address_of_this_machine(
    platform: FakeWechat, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = fresh_app(tmp_path)
    for env, word in (({}, "WECHAT_TOKEN"), (environment(platform.url), "本机")):
        settings = Settings.from_env({"KIOSK_DATA_DIR": str(tmp_path), **env})
        assert cli_wechat.run(app.extensions["kiosk"], settings, "wechat-menu") == 1
        assert word in capsys.readouterr().err
    assert platform.calls == []


def test_the_menu_keeps_the_platforms_measures() -> None:
    entries = buttons("https://a-rather-long-name-of-a-bureau.example")
    assert len(entries) <= 3
    for one in entries:
        assert len(one["name"].encode()) <= 16 and len(one.get("sub_button", [])) <= 5
        assert all(len(below["name"].encode()) <= 60 for below in one.get("sub_button", []))
    names = [name for name, _, _ in shape(entries)]
    assert {"说事情", "查进度", "办事指南", "找人工"} <= set(names)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WECHAT_AES_KEY", "short"), ("WECHAT_AES_KEY_PREVIOUS", "A" * 44), ("WECHAT_TOKEN", "a-b"), ("WECHAT_TOKEN", "ab"),
        ("WECHAT_MODE", "open"), ("WECHAT_API_URL", "http://relay.example"), ("WECHAT_TEMPLATES", "{"),
        ("WECHAT_TEMPLATES", '{"progress": {}}'), ("WECHAT_TEMPLATES", '["T"]'), ("WECHAT_TEMPLATES", '{"a": {"id": "T", "fields": 3}}'),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_stops_the_start_with_its_name_and_not_its_value(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        Settings.from_env({name: value})
    assert name in str(wrong.value)
    if "KEY" in name or "TOKEN" in name:
        assert value not in str(wrong.value)
