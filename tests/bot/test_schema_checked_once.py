"""The quicker check of the action server's answers accepts and refuses what Rasa's own does."""

from __future__ import annotations

import json
import subprocess

from tests.stack import ROOT

SCRIPT = """
import json
from bot import schema_checked_once, without_tensorflow
without_tensorflow.install()
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
answers = [
    {}, {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "phone", "value": "1", "timestamp": None}]},
    {"events": [{"event": "active_loop", "name": None, "timestamp": None}]},
    {"events": [{"name": "phone"}]}, {"events": "none"}, {"responses": [3]}, [],
]
action = RemoteAction("action_x", None)
def verdicts():
    for one in answers:
        try:
            yield bool(action._validate_action_result(one))
        except ValidationError:
            yield False
before = list(verdicts())
schema_checked_once.install()
print(json.dumps([before, list(verdicts())]))
"""


def test_the_same_answers_are_accepted_and_refused() -> None:
    done = subprocess.run(
        [str(ROOT / ".venv/bot/bin/python"), "-c", SCRIPT],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    before, after = json.loads(done.stdout.splitlines()[-1])
    assert before == after
    assert True in after
    assert False in after
