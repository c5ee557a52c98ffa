"""Words of Twilio: how far a message has come, and what people write to be told no more or again.

https://www.twilio.com/docs/messaging/api/message-resource#message-status-values,
https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
"""

from __future__ import annotations

STATES = {
    "accepted": "sent",
    "scheduled": "sent",
    "queued": "sent",
    "sending": "sent",
    "sent": "sent",
    "partially_delivered": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}
"""Values are those of Delivery (services/base/sending.py)."""

OPT_OUT = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
"""After any of these Twilio itself sends nothing more to the number, whatever we ask (21610)."""

OPT_IN = frozenset({"START", "UNSTOP"})
"""Not YES, which answers questions here."""

HELP = frozenset({"HELP", "INFO"})
