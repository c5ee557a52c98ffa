"""units; what names a unit in cases and accounts holds its id

A name that an older release stored becomes a unit of kind `unlisted`. Loading a list of units gives its cases and
accounts to the unit of that name.
"""

from datetime import date
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    units = op.create_table(
        "units",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("parent_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("superior_id", sa.String(length=32), nullable=True),
        sa.Column("successor_id", sa.String(length=32), nullable=True),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
    )
    op.create_index(op.f("ix_units_parent_id"), "units", ["parent_id"], unique=False)
    op.create_index(op.f("ix_units_name"), "units", ["name"], unique=False)
    connection = op.get_bind()
    holders = (sa.table("cases", sa.column("responsible_unit")), sa.table("officers", sa.column("unit")))
    names = {
        str(name)
        for table in holders
        for column in table.c
        for name in connection.execute(sa.select(column).where(column.is_not(None)).distinct()).scalars()
    }
    for name in sorted(names):
        unit_id = f"x-{sha256(name.encode()).hexdigest()[:16]}"
        connection.execute(
            sa.insert(units).values(
                id=unit_id, kind="unlisted", name=name, aliases="[]", initials="[]", active_from=date(2000, 1, 1)
            )
        )
        for table in holders:
            for column in table.c:
                connection.execute(sa.update(table).where(column == name).values({column.name: unit_id}))


def downgrade() -> None:
    connection = op.get_bind()
    units = sa.table("units", sa.column("id"), sa.column("name"))
    for table, name in (("cases", "responsible_unit"), ("officers", "unit")):
        holder = sa.table(table, sa.column(name))
        named = sa.select(units.c.name).where(units.c.id == holder.c[name]).scalar_subquery()
        connection.execute(sa.update(holder).where(holder.c[name].in_(sa.select(units.c.id))).values({name: named}))
    op.drop_table("units")
