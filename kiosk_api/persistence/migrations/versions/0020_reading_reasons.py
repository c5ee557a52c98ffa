"""why an officer reads a case, sealed, where the office asks

The column that it replaces was never written.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reading_reasons",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("officer_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_reading_reasons_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_reasons")),
    )
    op.create_index(op.f("ix_reading_reasons_at"), "reading_reasons", ["at"])
    op.create_index("ix_reading_reasons_of_case", "reading_reasons", ["case_id", "officer_id", "at"])
    with op.batch_alter_table("officer_log") as table:
        table.drop_column("reason")
        table.add_column(sa.Column("reason_id", sa.String(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("officer_log") as table:
        table.drop_column("reason_id")
        table.add_column(sa.Column("reason", sa.String(length=200), nullable=True))
    op.drop_table("reading_reasons")
