"""notices to petitioners, and each way that was tried

Nothing is told afterwards of what happened before: its petitioners were told by the ways of then.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_WAITS = sa.text("state = 'waiting'")
_UNTOLD = sa.text("state IN ('untold', 'doubtful')")
_DONE = sa.text("done_at IS NOT NULL")
_OPEN = sa.text("state IN ('waiting', 'sending', 'unknown')")


def upgrade() -> None:
    op.create_table(
        "petitioner_notices",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("next_at", sa.String(length=32), nullable=False),
        sa.Column("done_at", sa.String(length=32), nullable=True),
        sa.Column("closed_by", sa.String(length=32), nullable=True),
        sa.Column("closed_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petitioner_notices")),
        sqlite_with_rowid=False,
    )
    for name, column, where in (
        ("waiting", "next_at", _WAITS),
        ("untold", "at", _UNTOLD),
        ("done", "done_at", _DONE),
    ):
        op.create_index(
            f"ix_petitioner_notices_{name}", "petitioner_notices", [column], sqlite_where=where, postgresql_where=where
        )
    op.create_table(
        "notice_attempts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("notice_id", sa.String(length=120), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("link_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.String(length=32), nullable=False),
        sa.Column("began_at", sa.String(length=32), nullable=True),
        sa.Column("sent_at", sa.String(length=32), nullable=True),
        sa.Column("platform_id", sa.String(length=128), nullable=True),
        sa.Column("last_error", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["petitioner_notices.id"], name=op.f("fk_notice_attempts_notice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_attempts")),
        sa.UniqueConstraint("notice_id", "seq", name=op.f("uq_notice_attempts_notice_id_seq")),
    )
    op.create_index(
        "ix_notice_attempts_open",
        "notice_attempts",
        ["channel", "next_at"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index("ix_notice_attempts_platform_id", "notice_attempts", ["platform_id"])
    op.create_table(
        "notice_choices",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_notice_choices_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_notice_choices")),
    )


def downgrade() -> None:
    op.drop_table("notice_choices")
    op.drop_table("notice_attempts")
    op.drop_table("petitioner_notices")
