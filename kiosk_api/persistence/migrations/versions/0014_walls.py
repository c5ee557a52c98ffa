"""who stands outside a case: the accused, and officers with an interest

The names are in sealed columns, so the worker fills the rows in: every case that may need them is marked to be
computed again.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0010"
branch_labels = None
depends_on = None

AT_ONCE = date(1970, 1, 1)


def upgrade() -> None:
    op.create_table(
        "accused",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("officer_id", sa.String(length=32), nullable=False),
        sa.Column("set_by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_accused_case_id")),
        sa.PrimaryKeyConstraint("case_id", "unit_id", "officer_id", name=op.f("pk_accused")),
    )
    op.create_index("ix_accused_unit_id", "accused", ["unit_id", "officer_id"])
    op.create_index("ix_accused_officer_id", "accused", ["officer_id"])
    op.create_table(
        "interests",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("officer_id", sa.String(length=32), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_interests_case_id")),
        sa.PrimaryKeyConstraint("case_id", "officer_id", name=op.f("pk_interests")),
    )
    op.create_index("ix_interests_officer_id", "interests", ["officer_id"])
    op.drop_index("ix_cases_listed_status", "cases")
    op.create_index("ix_cases_listed_status", "cases", ["status", "list_order", "kind", "doubtful", "id"])
    cases = sa.table(
        "cases", sa.column("id", sa.String), sa.column("kind", sa.String), sa.column("doubtful", sa.Boolean),
        sa.column("confidential", sa.Boolean), sa.column("recheck_on", sa.Date),
    )  # fmt: skip
    events = sa.table("events", sa.column("case_id", sa.String), sa.column("action", sa.String))
    aside = sa.select(events.c.case_id).where(events.c.action == "step_aside")
    c = cases.c
    op.execute(
        sa.update(cases)
        .where(sa.or_(c.kind == "accusation", c.doubtful.is_(True), c.confidential.is_(True), c.id.in_(aside)))
        .values(recheck_on=AT_ONCE)
    )


def downgrade() -> None:
    op.drop_index("ix_cases_listed_status", "cases")
    op.create_index("ix_cases_listed_status", "cases", ["status", "list_order", "kind", "doubtful"])
    op.drop_table("interests")
    op.drop_table("accused")
