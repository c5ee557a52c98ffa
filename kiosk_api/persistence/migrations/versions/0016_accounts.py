"""accounts that can be disabled, first passwords, offices held over time, and who read which case"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # in place: sessions point to this table, so SQLite cannot make it anew
    op.add_column("officers", sa.Column("is_active", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("officers", sa.Column("must_change", sa.Boolean(), nullable=False, server_default=sa.false()))
    roles = op.create_table(
        "officer_roles",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("officer_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=True),
        sa.Column("since", sa.String(length=32), nullable=True),
        sa.Column("until", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_officer_roles_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_roles")),
    )
    op.create_index(op.f("ix_officer_roles_officer_id"), "officer_roles", ["officer_id"])
    op.create_table(
        "officer_log",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("officer_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_officer_log_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_log")),
    )
    op.create_index(op.f("ix_officer_log_at"), "officer_log", ["at"])
    op.create_index("ix_officer_log_of_case", "officer_log", ["case_id", "at"])
    officers = op.get_bind().execute(sa.text("SELECT id, role, unit FROM officers")).all()
    held = [{"id": uuid4().hex, "officer_id": one.id, "role": one.role, "unit": one.unit} for one in officers]
    if held:
        op.bulk_insert(roles, held)


def downgrade() -> None:
    op.drop_table("officer_log")
    op.drop_table("officer_roles")
    op.drop_column("officers", "must_change")
    op.drop_column("officers", "is_active")
