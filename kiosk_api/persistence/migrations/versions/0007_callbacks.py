"""requests to be called back, calls from the hall's terminals, and when an officer last used the desk"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "callbacks",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("code_mark", sa.String(length=64), nullable=False),
        sa.Column("tail_mark", sa.String(length=64), nullable=False),
        sa.Column("phone_mark", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.String(length=32), nullable=False),
        sa.Column("due_by", sa.String(length=32), nullable=False),
        sa.Column("answered_by", sa.String(length=32), nullable=True),
        sa.Column("closed_at", sa.String(length=32), nullable=True),
        sa.Column("expires_at", sa.String(length=32), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callbacks")),
        sa.UniqueConstraint("code_mark", name=op.f("uq_callbacks_code_mark")),
    )
    op.create_index(op.f("ix_callbacks_expires_at"), "callbacks", ["expires_at"], unique=False)
    op.create_index("ix_callbacks_open", "callbacks", ["closed_at", "state", "due_by"], unique=False)
    op.create_table(
        "hall_calls",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("source_mark", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("called_at", sa.String(length=32), nullable=False),
        sa.Column("taken_by", sa.String(length=32), nullable=True),
        sa.Column("taken_at", sa.String(length=32), nullable=True),
        sa.Column("expires_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_calls")),
    )
    op.create_index(op.f("ix_hall_calls_source_mark"), "hall_calls", ["source_mark"], unique=False)
    op.create_index(op.f("ix_hall_calls_expires_at"), "hall_calls", ["expires_at"], unique=False)
    with op.batch_alter_table("officer_sessions") as table:
        table.add_column(sa.Column("seen_at", sa.String(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("officer_sessions") as table:
        table.drop_column("seen_at")
    op.drop_table("hall_calls")
    op.drop_table("callbacks")
