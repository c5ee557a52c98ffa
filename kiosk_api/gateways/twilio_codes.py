"""What Twilio's error codes mean for one message: never, not now, or a fault of our own settings.

https://www.twilio.com/docs/api/errors. A code that is not listed here is a refusal of this request only: the message
was certainly not sent, and after some attempts another way is tried.
"""

from __future__ import annotations

# The message will never reach this address in this way.
NEVER = {
    21211: "no_such_number",
    21214: "unreachable",
    21217: "no_such_number",
    21265: "short_code",
    21266: "to_itself",
    21408: "region_closed",
    21608: "not_verified",  # a trial account sends to verified numbers only
    21610: "opted_out",
    21612: "unreachable",
    21614: "no_mobile",
    21617: "too_long",
    21619: "no_text",
    21635: "no_mobile",
    63003: "no_such_number",
    63005: "content_refused",
    63013: "against_rules",
    63015: "not_joined",  # a sandbox of WhatsApp
    63016: "outside_24_hours",
    63024: "no_such_number",
    63032: "not_for_this_person",
}
# Later, in the same way.
LATER = {
    14107: "busy",
    20429: "busy",
    20503: "busy",
    21611: "queue_full",
    63018: "busy",
}
# Settings of this office: nothing is sent until somebody sets them right.
OURS = {
    20003: "account",
    20005: "account",
    20008: "account",
    20404: "account",
    21212: "from",
    21602: "no_text",
    21603: "from",
    21604: "no_number",
    21606: "from",
    21609: "callback",
    21656: "template",
    21659: "from",
    21660: "from",
    21701: "from",
    21703: "from",
    63007: "from",
}
