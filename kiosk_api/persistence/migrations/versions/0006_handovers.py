"""handovers and assist codes have tables of their own

Both lay among the drafts, under marks that only the index key can tell from those of conversations,
so no row is moved. What waits at the upgrade is not found any more and is deleted at its end, which
is half an hour away at most: the citizen asks for another code.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("code_mark", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("taken_by", sa.String(length=32), nullable=True),
        sa.Column("left_at", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("code_mark", name=op.f("pk_handovers")),
    )
    op.create_index(op.f("ix_handovers_expires_at"), "handovers", ["expires_at"], unique=False)
    op.create_table(
        "assist_codes",
        sa.Column("code_mark", sa.String(length=64), nullable=False),
        sa.Column("officer_id", sa.String(length=32), nullable=False),
        sa.Column("handover_mark", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("code_mark", name=op.f("pk_assist_codes")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_assist_codes_officer_id")),
    )
    op.create_index(op.f("ix_assist_codes_expires_at"), "assist_codes", ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_table("assist_codes")
    op.drop_table("handovers")
