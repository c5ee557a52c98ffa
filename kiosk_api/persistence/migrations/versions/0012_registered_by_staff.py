"""how a matter came, and which earlier case it repeats; every case so far came over the network"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cases") as table:
        table.add_column(sa.Column("channel", sa.String(length=16), nullable=False, server_default="network"))
        table.add_column(sa.Column("repeat_of", sa.String(length=32), nullable=True))
    op.create_index("ix_cases_channel_registered_at", "cases", ["channel", "registered_at"], unique=False)
    op.create_index("ix_cases_listed_channel", "cases", ["channel", "list_order"], unique=False)
    op.create_index(op.f("ix_cases_repeat_of"), "cases", ["repeat_of"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_cases_repeat_of"), table_name="cases")
    op.drop_index("ix_cases_listed_channel", table_name="cases")
    op.drop_index("ix_cases_channel_registered_at", table_name="cases")
    with op.batch_alter_table("cases") as table:
        table.drop_column("repeat_of")
        table.drop_column("channel")
