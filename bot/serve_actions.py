"""The action server on loopback only: `python -m bot.serve_actions` (port ACTIONS_PORT, 5055)."""

from __future__ import annotations

import logging
import os

from bot import hang_guard, quiet_logs, standby

HOST = "127.0.0.1"


def main() -> None:
    """Serve /webhook and /health; ACTIONS_HOST may name a compose-internal address."""
    from rasa_sdk import utils
    from rasa_sdk.endpoint import create_app

    quiet_logs.install()
    logging.basicConfig(level=logging.WARNING)
    utils.update_sanic_log_level()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    app = create_app("bot.actions")
    app.register_listener(hang_guard.watch, "after_server_start")
    standby.install()
    host = os.environ.get("ACTIONS_HOST", HOST)
    app.run(host, int(os.environ.get("ACTIONS_PORT", "5055")), workers=1, access_log=False)


if __name__ == "__main__":
    main()
