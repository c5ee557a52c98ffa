"""Tables and indexes of what follows from events: every row and column here can be made anew by `rebuild`."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, text

from kiosk_api.persistence.tables import cases, metadata

case_clocks = Table(
    "case_clocks",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("clock", String(40), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),  # 2: the second clock of that name
    Column("due_on", Date, nullable=False),
    Column("state", String(16), nullable=False),  # running until an event ends it; lateness is a question of the day
    Column("stage", String(16), nullable=False),  # how far the sweep has come: "", due_soon, overdue or lapsed
    Index("ix_case_clocks_sweep", "state", "stage", "due_on"),
    sqlite_with_rowid=False,
)

# What has been noted once. A clock that starts again is noted again.
warnings = Table(
    "clock_warnings",
    metadata,
    Column("case_id", String(32), primary_key=True),
    Column("clock", String(40), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False, server_default="1"),
    Column("stage", String(20), primary_key=True),
    Column("at", String(32), nullable=False),
    sqlite_with_rowid=False,
)

# One index for each combination of limits that a list may have; each ends in the order of the list, so that a page
# is read off and never sorted (kind and doubtful stand behind it, as reviewers are asked about them). Those of urged cases hold no others.
URGED = text("urge_waits")
Index("ix_cases_listed", cases.c.list_order)
# kind, doubtful and id: counting what an officer may see reads the index alone
Index("ix_cases_listed_status", cases.c.status, cases.c.list_order, cases.c.kind, cases.c.doubtful, cases.c.id)
Index("ix_cases_listed_unit", cases.c.responsible_unit, cases.c.list_order)
Index("ix_cases_listed_unit_status", cases.c.responsible_unit, cases.c.status, cases.c.list_order)
Index("ix_cases_listed_urged", cases.c.list_order, sqlite_where=URGED, postgresql_where=URGED)
Index(
    "ix_cases_listed_status_urged", cases.c.status, cases.c.list_order,
    sqlite_where=URGED, postgresql_where=URGED,
)  # fmt: skip
Index(
    "ix_cases_listed_unit_urged", cases.c.responsible_unit, cases.c.list_order,
    sqlite_where=URGED, postgresql_where=URGED,
)  # fmt: skip
