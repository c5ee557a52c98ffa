"""clocks of every case as rows, and lists that are read off an index"""

from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

BATCH = 2000
STORED_BEFORE = date(1970, 1, 1)  # the worker, or `rebuild`, has the clocks still to compute
URGED = sa.text("urge_waits")


def upgrade() -> None:
    op.create_table(
        "case_clocks",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("clock", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_clocks_case_id")),
        sa.PrimaryKeyConstraint("case_id", "clock", "seq", name=op.f("pk_case_clocks")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_case_clocks_sweep", "case_clocks", ["state", "stage", "due_on"])
    op.rename_table("clock_warnings", "former_warnings")
    if op.get_bind().dialect.name == "postgresql":  # the name of a key is taken as long as its table is there
        op.drop_constraint("pk_clock_warnings", "former_warnings", type_="primary")
    op.create_table(
        "clock_warnings",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("clock", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False, server_default="1"),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "clock", "seq", "stage", name=op.f("pk_clock_warnings")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO clock_warnings (case_id, clock, seq, stage, at) "
        "SELECT case_id, clock, 1, stage, at FROM former_warnings"
    )
    op.drop_table("former_warnings")
    op.add_column("cases", sa.Column("recheck_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("list_order", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("cases", sa.Column("urge_waits", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("status", "responsible_unit", "next_due_on"):
        op.drop_index(op.f(f"ix_cases_{name}"), "cases")
    _fill()
    op.create_index("ix_cases_recheck_on", "cases", ["recheck_on"])
    op.create_index("ix_cases_listed", "cases", ["list_order"])
    op.create_index("ix_cases_listed_status", "cases", ["status", "list_order", "kind", "doubtful"])
    op.create_index("ix_cases_listed_unit", "cases", ["responsible_unit", "list_order"])
    op.create_index("ix_cases_listed_unit_status", "cases", ["responsible_unit", "status", "list_order"])
    partly = {"sqlite_where": URGED, "postgresql_where": URGED}
    op.create_index("ix_cases_listed_urged", "cases", ["list_order"], **partly)
    op.create_index("ix_cases_listed_status_urged", "cases", ["status", "list_order"], **partly)
    op.create_index("ix_cases_listed_unit_urged", "cases", ["responsible_unit", "list_order"], **partly)


def downgrade() -> None:
    for name in ("unit_urged", "status_urged", "urged", "unit_status", "unit", "status"):
        op.drop_index(f"ix_cases_listed_{name}", "cases")
    op.drop_index("ix_cases_listed", "cases")
    op.drop_index("ix_cases_recheck_on", "cases")
    for name in ("status", "responsible_unit", "next_due_on"):
        op.create_index(op.f(f"ix_cases_{name}"), "cases", [name])
    for name in ("urge_waits", "list_order", "recheck_on"):
        op.drop_column("cases", name)
    op.execute("DELETE FROM clock_warnings WHERE seq > 1")
    with op.batch_alter_table("clock_warnings", recreate="always") as table:
        table.drop_constraint("pk_clock_warnings", type_="primary")
        table.drop_column("seq")
        table.create_primary_key("pk_clock_warnings", ["case_id", "clock", "stage"])
    op.drop_table("case_clocks")


def _fill() -> None:
    """The order of lists follows from columns that are not encrypted; the clocks do not."""
    cases = sa.table(
        "cases", sa.column("id", sa.String), sa.column("status", sa.String), sa.column("emergency", sa.Boolean),
        sa.column("next_due_on", sa.Date), sa.column("registered_at", sa.String), sa.column("urged", sa.Integer),
        sa.column("recheck_on", sa.Date), sa.column("list_order", sa.String), sa.column("urge_waits", sa.Boolean),
    )  # fmt: skip
    connection, after = op.get_bind(), ""
    change = sa.update(cases).where(cases.c.id == sa.bindparam("key")).values(
        list_order=sa.bindparam("order"), urge_waits=sa.bindparam("waits"), recheck_on=STORED_BEFORE
    )  # fmt: skip
    while True:
        rows = connection.execute(
            sa.select(cases).where(cases.c.id > after).order_by(cases.c.id).limit(BATCH)
        ).all()  # fmt: skip
        if not rows:
            return
        connection.execute(
            change,
            [
                {
                    "key": row.id,
                    "order": _order(row),
                    "waits": row.urged > 0 and row.status not in ("closed", "withdrawn"),
                }
                for row in rows
            ],
        )
        after = rows[-1].id


def _order(row: sa.Row) -> str:
    """As `list_order` in the domain did when this was written."""
    due = row.next_due_on.strftime("%Y%m%d") if row.next_due_on else "99999999"
    at = datetime.strptime(row.registered_at + "+0000", "%Y-%m-%dT%H:%M:%S.%fZ%z")
    return f"{0 if row.emergency else 1}{due}{10**17 - int(at.timestamp() * 1_000_000):018d}{row.id[-8:]}"
