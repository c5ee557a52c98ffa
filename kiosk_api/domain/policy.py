"""The office's own choices. None of these is law; a bureau may change each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

from kiosk_api.domain.budgets import Budget

URGE_INTERVAL = timedelta(days=3)
"""At least this long between two urges of one case."""


@dataclass(frozen=True)
class OfficePeriod:
    """A date that the office sets itself: after so many days unless the action names one, `most` days at the latest.

    The Regulations ask for the step and give no number of days for it.
    """

    key: str
    days: int
    most: int
    label: str


OFFICE_PERIODS: dict[str, OfficePeriod] = {
    period.key: period
    for period in (
        OfficePeriod("next_word", 30, 90, "给您下一次回音"),
        OfficePeriod("own_limit", 0, 730, "有关程序自己的期限"),
        OfficePeriod("execution", 60, 365, "把支持您的意见执行到位"),
        OfficePeriod("supervision", 15, 60, "答复督办"),
        OfficePeriod("advice", 30, 90, "反馈建议采纳情况"),
        OfficePeriod("hearing", 15, 15, "开完听证"),
    )
}
"""`own_limit` is set by the law of the procedure (Art. 31 (1) to (5)); the office only bounds what can be typed."""

RETURNS_BEFORE_DECISION = 2
"""After so many upheld objections the unit is decided by the common superior or the joint conference (Art. 24);
the Regulations do not say after how many."""

NEW_ROUTE_PERIODS = 1
"""So many upheld objections give the office 15 days again to find the right unit; afterwards the date stays."""

EXTENSIONS_MOST = 1
"""One extension for each handling. Art. 34 bounds the days (30 in all), not how many extensions they are."""

# Handled anew after an annulment (Art. 35, 36): the Regulations name no period. The office gives the 60 days of
# Art. 34 again, counted from the decision that annulled the opinion.

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

REPEAT_LIKE_FROM = 0.35
"""From this likeness of two accounts on an officer is asked whether they are the same matter."""

EARLIER_CASES_READ = 10
"""So many of a petitioner's latest cases are compared with a new one. Nothing of it is kept."""

HANDOVER_LASTS = timedelta(minutes=30)
"""How long a draft waits for an officer after a citizen asked for one."""

CALLBACK_WORKING_DAYS = 1
"""A request to be called back is due on this working day after it was made."""

CALLBACK_DAY_ENDS = time(18, 0)
"""When that day ends."""

CALLBACK_TRIES = 3
"""After this many calls that nobody answers a request is closed as missed."""

CALLBACK_KEPT = timedelta(days=30)
"""How long a request to be called back is kept after it was answered, missed or withdrawn."""

CALLBACKS_WAITING_MOST = 2_000
"""With so many waiting no more are taken in: the office could not ring them all."""

HALL_CALL_LASTS = timedelta(minutes=15)
"""How long a terminal's call for somebody waits for an officer."""

DANGER_SHOWN = timedelta(days=3)
"""A danger told in the hall stays on the desk for so long, unless an officer has dealt with it."""

DANGER_KEPT = timedelta(days=30)
"""Afterwards when and where, who saw it and what was done are kept for so long; no words are."""

DESK_OPEN_FOR = timedelta(minutes=10)
"""The hall's desk counts as open for so long after an officer's last page."""

MOST_PICTURES = 10
"""Pictures of papers that may be kept with one case."""

MOST_PICTURE_BYTES = 12 * 1024 * 1024
"""The largest file taken in; what is kept afterwards is far smaller."""

MOST_BUNDLE_BYTES = 40 * 1024 * 1024
"""What the rewritten pictures of one person may weigh together."""

MOST_WAITING_BYTES = 1024 * 1024 * 1024
"""What all pictures without a case may weigh together, so that nobody fills the disk."""

PICTURE_PIXELS = 8_300_000
"""A picture of up to so many pixels is kept as it is: the screen of a large monitor, or 240 dots an inch of an A4 page."""

PICTURE_WIDTH = 1_440
"""The shorter side of a picture is not made smaller than this: the width of a telephone's screen, whose writing
can be read however long the picture is."""

PICTURE_WIDTH_LEAST = 900
"""Where the two limits below leave less than this of a long picture's width, it is refused: its writing would be lost."""

LONG_PICTURE_PIXELS = 30_000_000
"""The most pixels of a kept picture, which only long ones reach."""

LONG_PICTURE_SIDE = 32_000
"""The longest side of a kept picture; browsers show none beyond 32,767."""

PICTURE_SIDE_LEAST = 16
"""A picture with a side of fewer pixels than this shows no writing."""

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

COPY_WITHIN = timedelta(minutes=30)
"""How long after the registration the whole petition can be printed. A copy names the petitioner: whoever
finds a QR code later gets none."""

DRAFT_KEPT = timedelta(days=7)
"""How long a conversation that its owner asked to keep (先存着) can be taken up again."""

UNASKED_KEPT = timedelta(hours=1)
"""How long a draft is kept that nobody asked for: a page that was left or crashed cannot delete it."""

CHANNEL_ANSWER_KEPT = timedelta(days=2)
"""How long the answer to a message is kept for its repetitions. Platforms repeat within minutes; two days outlast a
platform that was cut off."""

CHANNEL_MESSAGE_KEPT = timedelta(days=90)
"""How long it is known afterwards that a message was heard. Twilio's signature has no date: a call that somebody has
copied must not be heard anew."""

CHANNEL_USER_KEPT = timedelta(days=30)
"""How long it is kept in which language somebody at a messenger is answered, after their last message. Who is bound to a
case stays bound."""

BIND_CODE_LASTS = timedelta(minutes=10)
"""How long the code is good that was sent to the phone on record to bind a messenger to a case."""

CHANNEL_WAITING_MOST = 5
"""Messages of one person that may wait for their answers; more are not taken in."""

CHOICES_OPEN = timedelta(hours=6)
"""How long a number alone picks from what was last offered at a messenger."""

SESSION_LASTS = timedelta(hours=8)
"""How long an officer stays signed in: a shift."""

IDEMPOTENCY_KEPT = timedelta(hours=72)
"""How long an answer can be fetched again; outlasts a long week-end without network at a kiosk."""

OUTBOX_KEPT = timedelta(days=30)
"""How long a message that was delivered is kept."""

QUIET_FROM, QUIET_UNTIL = time(21, 0), time(8, 0)
"""Between these nobody is sent what can wait until the morning."""

RATING_ASKED_AFTER = timedelta(days=3)
"""How long after a result its petitioner is asked to rate the handling, once for each case."""

NOTICE_TRIES = 12
"""So often one way of telling a notice is tried; with the pauses below some twelve hours."""

NOTICE_PAUSE = timedelta(minutes=1)
"""After the first try that failed; twice as long after each further one."""

NOTICE_PAUSE_MOST = timedelta(hours=2)
"""The longest pause between two tries."""

NOTICE_LEASE = timedelta(minutes=2)
"""How long a worker may take over one try; afterwards it counts as having died on the way."""

NOTICE_ASKED_AFTER = timedelta(minutes=1)
"""How long after a try without an answer the platform is asked for the message."""

NOTICE_ASKS = 10
"""So often a platform is asked before a message counts as in doubt for good."""

NOTICE_WAYS_MOST = 4
"""So many ways of telling one notice are tried, one after the other."""

NOTICES_KEPT = timedelta(days=3 * 366)
"""How long it is kept how a notice reached its petitioner. The Regulations name no period."""

READING_REASON_HOLDS = SESSION_LASTS
"""How long the reason that an officer gave for reading a case is not asked for again."""

READINGS_KEPT = timedelta(days=3 * 366)
"""How long it is kept which officer read which case. The regulations name no period."""

PASSWORD_LEAST = 12
"""The fewest characters of a password that an officer chooses."""

GAPS_KEPT = timedelta(days=400)
"""How long the count of questions that the handbook did not answer is kept, by topic and day."""

# How much one source may do in an hour. A source is a terminal, or the address a phone comes from.
_HALF_A_MINUTE = timedelta(seconds=30)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
HANDOVERS = Budget("handovers", 60, _HOUR)
CALLBACKS = Budget("callbacks", 20, _HOUR)
CALLBACKS_OF_PHONE = Budget("callbacks-phone", 3, _DAY)  # nobody has a stranger rung up all day
OWNERS_SOUGHT = Budget("owners-sought", 30, _HOUR)  # an officer: people who lost a receipt, not a register of people
HALL_CALLS = Budget("hall-calls", 20, _HOUR)
UPLOADS = Budget("uploads", 300, _HOUR)  # thirty people with ten pictures each
BUNDLES = Budget("bundles", 120, _HOUR)
PETITIONS = Budget("petitions", 60, _HOUR)
ANSWERS_CHECKED = Budget("answers-checked", 1500, _HOUR)  # as many petitions, each with its steps and some tried again
PRINTS = Budget("prints", 60, _HOUR)  # a terminal: one person must not use up the paper roll
CHANNEL_MESSAGES = Budget("channel-messages", 120, timedelta(minutes=10))  # a person at a messenger
CODES_SENT_CASE = Budget("codes-sent-case", 3, _DAY)  # text messages to the phone on record of one case
CODES_SENT_USER = Budget("codes-sent-user", 5, _DAY)  # that somebody at a messenger asks for
STROKES = Budget("strokes", 3000, _HOUR)  # outside the hall: some 400 signs
HEARD = Budget("heard", 240, _HOUR)  # outside the hall: pieces of speech; each takes a second of one core
CARDS = Budget("cards", 60, _HOUR)  # outside the hall: photos of a card; each takes a second of one core
SPOKEN = Budget("spoken", 600, _HOUR)  # outside the hall: sentences

# Guesses: handbook/developers/decisions/0013-guessing.md. A phone tail has 10,000 values: 40 misses find one in 250.
TAIL_OF_CASE = Budget("tail-case", 5, _DAY, _HALF_A_MINUTE, total=40)
TAIL_SOURCE = Budget("tail-source", 20, _HOUR, _HALF_A_MINUTE)
TAIL_EVERYBODY = Budget("tail-everybody", 60, _HOUR, timedelta(seconds=10))
# A whole number cannot be found this way; it still works when others have used up the tries for the tail.
PHONE_OF_CASE = Budget("phone-case", 200, _DAY, timedelta(seconds=10))
PHONE_SOURCE = Budget("phone-source", 20, _HOUR, timedelta(seconds=10))
PHONE_EVERYBODY = Budget("phone-everybody", 1000, _HOUR, timedelta(seconds=2))

SIGN_IN_PAIR = Budget("sign-in-pair", 5, timedelta(minutes=15), _HALF_A_MINUTE)
SIGN_IN_NAME = Budget("sign-in-name", 20, _HOUR, _HALF_A_MINUTE)
SIGN_IN_SOURCE = Budget("sign-in-source", 20, _HOUR, timedelta(seconds=10))
SIGN_IN_EVERYBODY = Budget("sign-in-everybody", 300, _HOUR, timedelta(seconds=2))

# Resume and handover codes have 40 bits, an officer's code for a kiosk six digits.
RESUME_SOURCE = Budget("resume-source", 10, _HOUR, timedelta(seconds=10))
RESUME_EVERYBODY = Budget("resume-everybody", 300, _HOUR, timedelta(seconds=2))
# The code that binds somebody at a messenger to a case has six digits and lives for ten minutes.
BIND_CODE = Budget("bind-code", 5, _HOUR)
BIND_SOURCE = Budget("bind-source", 10, _HOUR, timedelta(seconds=10))
BIND_EVERYBODY = Budget("bind-everybody", 300, _HOUR, timedelta(seconds=2))
HANDOVER_OFFICER = Budget("handover-officer", 10, timedelta(minutes=15), timedelta(seconds=10))
HANDOVER_EVERYBODY = Budget("handover-everybody", 300, _HOUR, timedelta(seconds=2))
ASSIST_SOURCE = Budget("assist-source", 10, timedelta(minutes=15), timedelta(seconds=10))
ASSIST_EVERYBODY = Budget("assist-everybody", 60, _HOUR, timedelta(seconds=10))

REFUSAL_NOTED = "在场的人和经过"
"""What is written down when a document is refused, and how it was tried when nobody was found. The Regulations say
neither; the office's rule is that a refusal counts as receipt only with who was there."""

ABSENCE_MOST = timedelta(days=183)
"""Who is away longer gives the cases to somebody else. The Regulations say nothing of deputies."""
