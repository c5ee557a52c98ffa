"""`python -m tests.faults.served`: the product's own API process, loaded once and forked at each order, with the points
of points.py laid around it. What the supervisor does for the product, driver.py does here."""

from __future__ import annotations

import os
import resource
import socket
from pathlib import Path
from typing import Any

from kiosk_api import app as composition
from kiosk_api import serve_api
from kiosk_api.server.listener import Listener
from kiosk_api.standby import serve_on_order
from tests.factories import petition
from tests.faults.points import PATH, Points

PLAN, WARM_KEY, MOST_BYTES = "FAULTS_PLAN", "FAULTS_WARM_KEY", "FAULTS_MOST_BYTES"


def main() -> int:
    """Serve as the product does."""
    plan, key = Path(os.environ[PLAN]), os.environ[WARM_KEY]
    made: list[Any] = []
    create = composition.create_app

    def create_app(settings: Any) -> Any:
        made.append(create(settings))
        return made[-1]

    def on_order() -> None:
        """Once through all of it before the first fork, so that no process compiles its statements again."""
        answer = made[-1].test_client().post(PATH, json=petition(), headers={"Idempotency-Key": key})
        assert answer.status_code == 201, answer.status_code
        made[-1].extensions["kiosk"].store.close()
        serve_on_order()
        limit = Path(os.environ.get(MOST_BYTES, "/nonexistent"))
        if limit.exists():  # no file of this process grows beyond: writes fail as on a full disk
            most = int(limit.read_text(encoding="ascii"))
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def listener(app: Any, sock: socket.socket, limits: Any) -> Listener:
        points = Points.from_file(plan)
        points.watch(app.extensions["kiosk"].store._engine)
        return Listener(points.around(app), sock, limits)

    composition.create_app = create_app
    serve_api.serve_on_order = on_order
    serve_api.Listener = listener  # type: ignore[misc,assignment]
    return serve_api.main()


if __name__ == "__main__":
    raise SystemExit(main())
