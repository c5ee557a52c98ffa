"""contacts with the petitioner, supervisions and advice beside the events

What the rows say is in sealed columns, so the worker fills them in: every case with a supervision or advice is marked
to be computed again. Contacts were not recorded before.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

AT_ONCE = date(1970, 1, 1)


def upgrade() -> None:
    op.create_table(
        "contacts",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("officer_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_contacts_case_id")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_contacts")),
    )
    op.create_table(
        "supervisions",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=True),
        sa.Column("cause", sa.String(length=32), nullable=False),
        sa.Column("raised_by", sa.String(length=32), nullable=False),
        sa.Column("raised_at", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.String(length=32), nullable=True),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_supervisions_case_id")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_supervisions")),
    )
    op.create_index("ix_supervisions_unit_id", "supervisions", ["unit_id", "closed_at", "due_on"])
    op.create_index("ix_supervisions_closed_at", "supervisions", ["closed_at", "due_on"])
    op.create_table(
        "advice",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("given_at", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.String(length=32), nullable=True),
        sa.Column("adopted", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_advice_case_id")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_advice")),
    )
    op.create_index("ix_advice_unit_id", "advice", ["unit_id", "answered_at", "due_on"])
    op.create_index("ix_advice_answered_at", "advice", ["answered_at", "due_on"])
    op.create_index("ix_advice_given_at", "advice", ["given_at"])
    cases = sa.table("cases", sa.column("id", sa.String), sa.column("recheck_on", sa.Date))
    events = sa.table("events", sa.column("case_id", sa.String), sa.column("action", sa.String))
    touched = sa.select(events.c.case_id).where(events.c.action.in_(["supervise", "advise"]))
    op.execute(sa.update(cases).where(cases.c.id.in_(touched)).values(recheck_on=AT_ONCE))


def downgrade() -> None:
    op.drop_table("advice")
    op.drop_table("supervisions")
    op.drop_table("contacts")
