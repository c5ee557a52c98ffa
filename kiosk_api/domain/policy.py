"""The office's own choices. None of these is law; a bureau may change each of them."""

from __future__ import annotations

from datetime import timedelta

URGE_INTERVAL = timedelta(days=3)
"""At least this long between two urges of one case."""

RATING_WINDOW = timedelta(days=30)
"""How long after a written result the handling can be rated."""

DUE_SOON = timedelta(days=3)
"""When a running deadline is shown to staff as nearly due."""

PROXY_RELATIONS = ("spouse", "child", "parent", "relative", "guardian", "lawyer", "other")
"""How who files may stand to the petitioner. The Regulations let anyone petition (Art. 17) and say
how (Art. 19), but nothing of filing for another: the office asks who, for whom and how agreed."""

PROXY_CONSENTS = ("in_person", "by_phone", "in_writing", "guardian")
"""How the petitioner agreed to be spoken for."""

ASSIST_LASTS = timedelta(minutes=15)
"""How long an officer's code marks what is filed at a kiosk as filed with help."""

HANDOVER_LASTS = timedelta(minutes=30)
"""How long a draft waits for an officer after a citizen asked for one."""
