"""When an officer signs in again, beside SESSION_LASTS of policy.py. The office's choices: the Regulations do not say."""

from __future__ import annotations

from datetime import timedelta

SESSION_IDLE = timedelta(hours=1)
"""Without a page for so long, an officer signs in again; what was typed is kept. A page that is open and asks for its counts
by itself is nobody's work. Programs with a bearer token show no pages: for them the end of the shift alone counts."""

FRESH_SIGN_IN = timedelta(minutes=15)
"""So soon after signing in an officer may turn the authenticator app on, which decides who can sign in later: whoever
finds a desk left open cannot."""
