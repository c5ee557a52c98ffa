"""budgets against guessing: one row each in place of a row per miss"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "allowances",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("level", sa.Float(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=True),
        sa.Column("tried_at", sa.String(length=32), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_allowances")),
    )
    op.create_index(op.f("ix_allowances_expires_at"), "allowances", ["expires_at"], unique=False)
    op.drop_table("hits")


def downgrade() -> None:
    op.create_table(
        "hits",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("bucket", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hits")),
    )
    op.create_index(op.f("ix_hits_at"), "hits", ["at"], unique=False)
    op.create_index("ix_hits_bucket_at", "hits", ["bucket", "at"], unique=False)
    op.drop_table("allowances")
