"""pictures of papers, in bundles and with cases"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment_bundles",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("link_mark", sa.String(length=64), nullable=True),
        sa.Column("visit_mark", sa.String(length=64), nullable=True),
        sa.Column("link_expires_at", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_attachment_bundles")),
        sa.UniqueConstraint("link_mark", name=op.f("uq_attachment_bundles_link_mark")),
        sa.UniqueConstraint("visit_mark", name=op.f("uq_attachment_bundles_visit_mark")),
    )
    op.create_index(op.f("ix_attachment_bundles_expires_at"), "attachment_bundles", ["expires_at"], unique=False)
    op.create_table(
        "attachments",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("bundle_mark", sa.String(length=64), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("mime", sa.String(length=32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attachments_case_id")),
    )
    for column in ("case_id", "bundle_mark", "expires_at"):
        op.create_index(op.f(f"ix_attachments_{column}"), "attachments", [column], unique=False)


def downgrade() -> None:
    op.drop_table("attachments")
    op.drop_table("attachment_bundles")
