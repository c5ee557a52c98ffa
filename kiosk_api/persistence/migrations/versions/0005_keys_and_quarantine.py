"""notes about keys, and what cannot be read"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "key_notes",
        sa.Column("id", sa.String(length=8), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("check_value", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.Column("emptied_at", sa.String(length=32), nullable=True),
        sa.Column("backed_up_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", "purpose", name=op.f("pk_key_notes")),
    )
    op.create_table(
        "quarantine",
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("place", "row_id", name=op.f("pk_quarantine")),
    )
    op.create_index(op.f("ix_quarantine_case_id"), "quarantine", ["case_id"], unique=False)


def downgrade() -> None:
    op.drop_table("quarantine")
    op.drop_table("key_notes")
