"""codes of an authenticator app at sign-in"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "officer_apps",
        sa.Column("officer_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_officer_apps_officer_id")),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_officer_apps")),
    )


def downgrade() -> None:
    op.drop_table("officer_apps")
