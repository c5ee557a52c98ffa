"""Pictures that came with a message, fetched from Twilio and from nowhere else.

https://www.twilio.com/docs/messaging/api/media-resource: an address of the account at the API, asked with the account's
secret, which redirects to a place of Twilio's stores that is asked without it.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from kiosk_api.gateways.platform_http import NoAnswer, ask, platform_client
from kiosk_api.gateways.twilio_sms import TwilioAccount

# twiliocdn.com, and where the account does not ask for a sign-in
_STORES = re.compile(r"(?:[a-z0-9-]{1,60}\.){1,3}twiliocdn\.com|s3(?:-external-1)?\.amazonaws\.com")
_OWN = re.compile(r"/2010-04-01/Accounts/(AC[0-9a-fA-F]{32})/Messages/[SM]M[0-9a-fA-F]{32}/Media/ME[0-9a-fA-F]{32}")
_REDIRECTS = {301, 302, 303, 307, 308}
MOST_REDIRECTS = 3
WAIT_S = 8.0


class TwilioMedia:
    """Fetches the media of one account."""

    def __init__(self, account: TwilioAccount, most_bytes: int) -> None:
        self._account, self._most_bytes = account, most_bytes
        self._client = platform_client()

    def fetch(self, url: str) -> bytes:
        """The picture's bytes. Raises OSError when the address is not Twilio's, or it cannot be had or is too large."""
        try:
            return self._fetch(url)
        except ValueError:  # no address at all
            raise OSError("no address") from None

    def _fetch(self, url: str) -> bytes:
        for _ in range(MOST_REDIRECTS + 1):
            more = {"auth": (self._account.sid, self._account.token)} if self._is_own(url) else {}
            if not more and not self._is_store(url):
                raise OSError("no address of Twilio's media")
            try:
                answer = ask(self._client, "GET", url, wait_s=WAIT_S, most_bytes=self._most_bytes, **more)
            except NoAnswer as none:
                raise OSError(none.reason) from None
            if answer.status not in _REDIRECTS:
                break
            url = urljoin(url, answer.headers.get("Location", ""))
        if not answer.is_ok:
            raise OSError(f"status {answer.status}")
        return answer.body

    def _is_own(self, url: str) -> bool:
        asked, api = urlsplit(url), urlsplit(self._account.api_url)
        same = (asked.scheme, asked.netloc) == (api.scheme, api.netloc)
        found = _OWN.fullmatch(asked.path)
        return same and found is not None and found[1] == self._account.sid

    @staticmethod
    def _is_store(url: str) -> bool:
        asked = urlsplit(url)
        return asked.scheme == "https" and _STORES.fullmatch(asked.netloc) is not None
