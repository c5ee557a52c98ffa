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
MOST_PICTURES = 10
"""Pictures of papers that may be kept with one case."""

MOST_PICTURE_BYTES = 12 * 1024 * 1024
"""The largest file taken in; what is kept afterwards is far smaller."""

MOST_BUNDLE_BYTES = 40 * 1024 * 1024
"""What the rewritten pictures of one person may weigh together."""

MOST_WAITING_BYTES = 1024 * 1024 * 1024
"""What all pictures without a case may weigh together, so that nobody fills the disk."""

PICTURE_SIDE = 2_400
"""Longest side of a kept picture, in pixels: 200 dots an inch of an A4 page."""

BUNDLE_KEPT = timedelta(minutes=30)
"""How long pictures without a case are kept after they were last looked at or added to."""

BUNDLE_KEPT_AT_MOST = timedelta(hours=4)
"""Not longer than this even when a page left open keeps asking for them."""

PHONE_LINK_KEPT = timedelta(minutes=15)
"""How long a phone may send pictures after the code was shown."""

DISK_LOW = 1_000_000_000
"""Bytes left where the store is below which readiness warns: about a million petitions."""

DISK_FOR_PICTURES = 500_000_000
"""With less than this no more pictures are taken in, so that the last room is for petitions."""

DISK_STOP = 64 * 1024 * 1024
"""With less than this no petition is taken in: better said than found out half-way."""

CLOCK_JUMP = timedelta(minutes=5)
"""How far the clock may run away from the time that really passed before it is doubted."""

CLOCK_AWAY = timedelta(hours=1)
"""How long the worker may have been away before the clock it starts with is doubted."""

CLOCK_CONFIRMED = timedelta(hours=1)
"""How long a doubted clock has to run evenly before anything is deleted by it."""

RECEIPT_WORDS_FOR = timedelta(days=3)
"""How long the receipt that a token opens repeats the petition's own words."""
