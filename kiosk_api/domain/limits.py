"""How long a text may be and how many of a thing may come: every maximum of what people send.

The published schemas, the pages, the handbook's check and the tests read these. How many pictures an
office takes in is its own choice (policy.py); how many representatives there may be is law (statute.py).
"""

from __future__ import annotations

# A petition's fields, in characters.
NAME_MAX = 100
"""Of a person or a unit. Passports hold 39 letters a line; full names of people and units are longer."""
ADDRESS_MAX = 200
SHORT_MAX = 200
REQUEST_MAX = 2_000
TEXT_MAX = 20_000
"""The longest account, message, question or opinion, in characters."""

COMMENT_MAX = 1_000
READING_REASON_MAX = 200
"""Why an officer reads a case, in characters."""

SEARCH_MAX = 100
CODE_MAX = 100
"""A case number, a receipt's code or an id as somebody typed it, in characters."""

PHONE_TYPED_MAX = 40
CALLBACK_TIME_MAX = 60
"""When somebody would like to be called, in characters."""

CALLBACK_ABOUT_MAX = 200
"""One line of what a call is about, in characters."""

TERMINAL_NAME_MAX = 40
ROUTE_ANSWERS_MAX = 8
ROUTE_ANSWER_MAX = 40
HANDOVER_MAX = 60_000
"""An unfinished petition as JSON, in characters: the longest petition with room to spare."""

SPOKEN_MAX = 600
"""Read aloud in one request, in characters."""

# The handbook, in characters.
SHORT_ANSWER_MIN, SHORT_ANSWER_MAX = 10, 120
ENGLISH_ANSWER_MAX = 240
COMPARED_BY_MEANING_MAX = 300
"""Nobody asks a question that is longer."""

# One sign drawn by hand.
STROKES_MAX = 64
"""The busiest sign of GB/T 2312 has 36."""

POINTS_MAX = 5_000
DRAWING_SIDE_MAX = 4_096
"""In pixels."""

PEOPLE_MAX = 99_999
"""The most people that can be noted to have come or signed."""

PAGES_MAX = 200
"""The last page of a list that can be asked for."""

SOUND_BYTES_MAX = 1024 * 1024
"""Bytes of a piece of speech: 30 seconds of 16 kHz and 16 bit, and some room."""

HEARD_MAX_S, HEARD_PIECE_S = 120, 28
"""Seconds that somebody speaks at a time, and seconds of one piece of it."""

CARD_BYTES_MAX = 4 * 1024 * 1024
"""Bytes of a photo of a card."""
