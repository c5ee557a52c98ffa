"""what a unit has to be told of a case

Messages of before are done and gone: nothing is told of them afterwards. The history of the case says it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unit_notices",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("seen_at", sa.String(length=32), nullable=True),
        sa.Column("seen_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_unit_notices_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_notices")),
    )
    op.create_index("ix_unit_notices_unit_id", "unit_notices", ["unit_id", "case_id"])


def downgrade() -> None:
    op.drop_table("unit_notices")
