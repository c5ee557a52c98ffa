"""Migration 0022, with data: a store of before hears messengers afterwards, and what it holds stays."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from kiosk_api.domain.messengers import Proof
from kiosk_api.persistence.migrate import migrate
from kiosk_api.services.base.case_marks import messenger_mark
from kiosk_api.services.channels.hear import hear
from tests.channels.messengers import WHO, message, parts_of
from tests.factories import START, fresh_app, register

NEW = {"channel_messages", "channel_users", "case_links", "platform_tokens"}


def test_a_store_of_before_hears_messengers_afterwards(tmp_path: Path) -> None:
    app = fresh_app(tmp_path)
    ctx, desk = parts_of(app)
    number = str(register(app)["case_number"])
    config = Config()
    config.set_main_option("script_location", "kiosk_api:persistence/migrations")
    ours = ScriptDirectory.from_config(config).get_revision("0022")
    with create_engine(ctx.store._engine.url).connect() as connection:  # type: ignore[attr-defined]
        config.attributes["connection"] = connection
        command.downgrade(config, str(ours.down_revision))
        assert not NEW & set(inspect(connection).get_table_names())
    migrate(ctx.store._engine)  # type: ignore[attr-defined]
    assert hear(ctx, desk, message("你好"), 60).texts == ("您好。",)
    mark = messenger_mark(ctx, "wechat", WHO)
    with ctx.store.write() as records:
        case = records.cases.by_number(number)
        assert case is not None
        assert records.case_links.add(case.id, mark, "wechat", WHO, "zh", Proof.TOKEN, START)
        assert not records.case_links.add(case.id, mark, "wechat", WHO, "zh", Proof.CODE, START)
    with ctx.store.read() as records:
        (link,) = records.case_links.of_case(case.id)
    assert (link.address, link.proof, link.channel) == (WHO, Proof.TOKEN, "wechat")


def test_a_token_of_a_platform_is_renewed_by_one_and_shared_by_all(tmp_path: Path) -> None:
    ctx, _ = parts_of(fresh_app(tmp_path))
    later = START.replace(hour=11)
    with ctx.store.write() as records:
        tokens = records.platform_tokens
        assert tokens.read("wechat", START) is None
        assert tokens.claim("wechat", START, later) and not tokens.claim("wechat", START, later)
        tokens.put("wechat", "invented", later)
    with ctx.store.write() as records:
        tokens = records.platform_tokens
        assert tokens.read("wechat", START) == "invented" and tokens.read("wechat", later) is None
        tokens.drop("wechat")
        assert tokens.read("wechat", START) is None and tokens.claim("wechat", START, later)
