"""dangers told at terminals in the hall, until an officer has dealt with them"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "danger_signals",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("source_mark", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("told_at", sa.String(length=32), nullable=False),
        sa.Column("seen_by", sa.String(length=32), nullable=True),
        sa.Column("seen_at", sa.String(length=32), nullable=True),
        sa.Column("closed_by", sa.String(length=32), nullable=True),
        sa.Column("closed_at", sa.String(length=32), nullable=True),
        sa.Column("expires_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_danger_signals")),
    )
    op.create_index(op.f("ix_danger_signals_source_mark"), "danger_signals", ["source_mark"], unique=False)
    op.create_index(op.f("ix_danger_signals_expires_at"), "danger_signals", ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_table("danger_signals")
