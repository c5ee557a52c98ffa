"""Both servers of the bot install what keeps them quick, quiet and alive, before they serve.

Rasa, its SDK and the servers are fakes, so that this stays quick.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

from tests.stack import ROOT

RASA = """
import json, sys, types
from bot import serve_rasa

calls = []
parts = ("quiet_logs", "without_tensorflow", "schema_checked_once", "light_calls", "turn_deadline",
         "frozen_heap", "standby")
for name in parts:
    getattr(serve_rasa, name).install = lambda name=name: calls.append(name)
serve_rasa.hang_guard.install_in_rasa = lambda: calls.append("hang_guard")
rasa = types.ModuleType("rasa")
rasa.__path__ = []
serves = types.ModuleType("rasa.__main__")
serves.main = lambda: calls.append("serves")
sys.modules.update({"rasa": rasa, "rasa.__main__": serves})
sys.argv = ["rasa", "run"]
serve_rasa.main()
print(json.dumps(calls))
"""

ACTIONS = """
import json, logging, sys, types
from bot import hang_guard, quiet_logs, serve_actions, standby

found = {}

class App:
    def register_listener(self, listener, event):
        found["guarded"] = [listener is hang_guard.watch, event]

    def run(self, host, port, **how):
        found.update(host=host, how=how, standby=stood_by,
                     quiet=logging.getLogRecordFactory() is quiet_logs._record)

stood_by = []
standby.install = lambda: stood_by.append("guarded" in found)
sdk, utils, endpoint = (types.ModuleType(name) for name in
                        ("rasa_sdk", "rasa_sdk.utils", "rasa_sdk.endpoint"))
sdk.__path__, sdk.utils, sdk.endpoint = [], utils, endpoint
utils.update_sanic_log_level = lambda: None
endpoint.create_app = lambda package: App()
sys.modules.update({one.__name__: one for one in (sdk, utils, endpoint)})
serve_actions.main()
print(json.dumps(found))
"""

GUARD = """
import asyncio, json, signal, sys, types
from bot import hang_guard

def armed():
    return [signal.getitimer(timer)[0] > 0 for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL)]

seen = []

async def load(model):
    await asyncio.sleep(0.05)
    seen.append(armed())  # the model may take as long as it likes
    return model

async def rasa():
    core, run = types.ModuleType("rasa.core"), types.ModuleType("rasa.core.run")
    core.__path__, core.run, run.load_agent_on_start = [], run, load
    sys.modules.update({"rasa": types.ModuleType("rasa"), "rasa.core": core, "rasa.core.run": run})
    hang_guard.install_in_rasa()
    seen.append(await run.load_agent_on_start("the model"))
    await asyncio.sleep(0.05)
    seen.append(armed())

async def sanic():
    loop = asyncio.get_running_loop()
    await hang_guard.watch(types.SimpleNamespace(add_task=loop.create_task))
    await asyncio.sleep(0.05)
    seen.append(armed())

asyncio.run(rasa())
asyncio.run(sanic())
seen.append(armed())
print(json.dumps(seen))
"""


def said_by(script: str) -> Any:
    done = subprocess.run(
        [str(ROOT / ".venv/bot/bin/python"), "-c", script],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_rasa_serves_only_after_all_of_it_is_in_place() -> None:
    calls = said_by(RASA)
    assert calls[:2] == ["quiet_logs", "without_tensorflow"]  # before anything of Rasa is loaded
    assert calls[-1] == "serves"
    assert set(calls[2:-1]) == {"schema_checked_once", "light_calls", "turn_deadline",
                                "frozen_heap", "hang_guard", "standby"}  # fmt: skip


def test_the_action_server_is_quiet_guarded_and_for_this_machine_only() -> None:
    found = said_by(ACTIONS)
    assert found["quiet"] is True
    assert found["guarded"] == [True, "after_server_start"]
    assert found["standby"] == [True]
    assert found["host"] == "127.0.0.1"
    assert found["how"] == {"workers": 1, "access_log": False}


def test_the_hang_guard_starts_when_a_server_serves_and_not_while_it_loads() -> None:
    loading, model, in_rasa, in_sanic, afterwards = said_by(GUARD)
    assert loading == afterwards == [False, False]
    assert model == "the model"
    assert in_rasa == in_sanic == [True, True]
