"""A small stand-in for kiosk_api that honours the HTTP contract the bot relies on."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CASE = "XF20260315-ABCD-EFGH-12"
_CARD = re.compile(
    r"\d{17}[\dX]|[A-Z]{3}\d{12}|[HM]\d{8}(?:\d{2})?|\d{8}|[A-Z]{1,2}\d{7,8}|[A-Z]\d{6}\(\d\)|\w{0,3}字第\d{4,10}号|军官证\d{6,8}"
)
DEADLINES = [{"key": "notice", "label": "书面告知是否受理", "article": "23",
              "starts_on": "2026-03-15", "due_on": "2026-03-30", "state": "running"}]  # fmt: skip


class FakeKiosk:
    """State and rules; `down` makes every call fail, `busy` refuses it for now with that sentence, `fail_register` only registering."""

    def __init__(self) -> None:
        self.drafts: dict[str, dict[str, Any]] = {}
        self.petitions: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
        self.urged: list[str] = []
        self.rated: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.windows = [
            {"key": "court", "label": "法院窗口", "purpose": "立案、执行"},
            {
                "key": "petition_office",
                "label": "信访窗口",
                "purpose": "登记",
                "where": "【请本单位填写：位置】",
                "hours": "【请本单位填写：时间】",
            },
        ]
        self.office: dict[str, str | None] = {"phone": None, "hours": None}
        self.down = False
        self.busy = ""
        self.fail_register = 0
        self.can_urge = True
        self.decisions: list[dict[str, Any]] = []
        self.overdue: dict[str, Any] | None = None
        self.ask_about_window: dict[str, Any] | None = None

    @staticmethod
    def code(session: str) -> str:
        digits = "".join(f"{ord(c) % 32:02d}" for c in session)[-7:].rjust(7, "0")
        return f"A{digits[:3]}-{digits[3:]}"

    def handle(self, method: str, path: str, body: dict[str, Any], key: str | None) -> tuple[int, dict[str, Any]]:
        """(status, body) of one call."""
        if self.down:
            return 503, {}
        if self.busy:
            return 429, {"code": "too_many_tries", "detail": self.busy}
        if path == "/internal/v1/fields/check":
            return 200, self.check(body["field"], body["value"])
        if path == "/internal/v1/drafts/save":
            self.drafts[body["session_id"]] = body["draft"]
            return 200, {"resume_code": self.code(body["session_id"])}
        if path == "/internal/v1/drafts/load":
            return 200, {"draft": self._draft(body), "updated_at": None}
        if path == "/internal/v1/drafts/discard":
            self.drafts.pop(body["session_id"], None)
            return 204, {}
        if path == "/api/v1/petitions":
            return self._register(body, key or "")
        if path.startswith("/api/v1/cases/"):
            return self._case(path.rsplit("/", 1)[1], body)
        if path == "/api/v1/callbacks":
            return 201, {"code": "ABCD-EFGH", "due_by": "2026-03-16T18:00:00+08:00"}
        if path == "/api/v1/handbook/ask":
            return 200, self._ask(body["question"])
        if path == "/api/v1/route":
            return 200, {
                "window": "petition_office",
                "window_label": "信访接待窗口",
                "reason": "属于一般求决事项",
                "confidence": 0.7,
                "emergency": False,
                "kind": "appeal",
                "accusation": "no",
                "ask": self.ask_about_window,
            }
        if path == "/api/v1/windows":
            return 200, {"windows": self.windows, "office": self.office}
        return 404, {"code": "not_found", "detail": "没有这个地址。"}

    def _draft(self, body: dict[str, Any]) -> dict[str, Any] | None:
        if code := body.get("resume_code"):
            return next((d for s, d in self.drafts.items() if self.code(s) == code), None)
        return self.drafts.get(body.get("session_id", ""))

    def check(self, field: str, value: str) -> dict[str, Any]:
        """The office's field rules, roughly."""
        value = value.strip()
        if field == "phone":
            number, _, extension = value.partition("转")
            figures = re.sub(r"\D", "", number)
            if not re.fullmatch(
                r"1[3-9]\d{9}|(?:86)?0?[1-9]\d{8,10}|[48]00\d{7}|(?:00)?8[58]\d{8,11}|1[2-9]\d{9}", figures
            ):
                return {"ok": False, "code": "invalid_phone", "detail": "这个号码位数不对。"}
            return {"ok": True, "value": figures + (f";ext={extension}" if extension else ""), "masked": figures[-4:]}
        if field == "id_number" and not _CARD.fullmatch(value):
            return {"ok": False, "code": "invalid_id", "detail": "身份证号码不对，应为18位。"}
        if field == "name" and not any(sign.isalpha() for sign in value):
            return {"ok": False, "code": "bad_name", "detail": "请写姓名。"}
        shortest = {"name": 1, "address": 4, "facts": 5, "request": 2}.get(field, 1)
        if len(value) < shortest:
            return {"ok": False, "code": "too_short", "detail": "太短了，请再说详细一点。"}
        return {"ok": True, "value": value, "masked": value}

    def _register(self, body: dict[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        if self.fail_register > 0:
            self.fail_register -= 1
            return 503, {}
        if key in self.petitions:
            sent, answer = self.petitions[key]
            if sent != body:
                return 422, {"code": "idempotency_conflict", "detail": "这份内容和刚才的不一样。"}
            return 201, answer
        answer = {
            "case_number": f"XF20260315-ABCD-EFG{len(self.petitions) % 10}-2J",
            "lookup_token": "token-" + key[:12],
            "status": "registered",
            "status_label": "已登记",
            "deadlines": DEADLINES,
            "route": {"window": "petition_office", "window_label": "信访接待窗口", "reason": "属于一般求决事项"},
        }
        self.petitions[key] = (body, answer)
        return 201, answer

    def _case(self, what: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        numbers = {CASE, *(answer["case_number"] for _, answer in self.petitions.values())}
        known = body.get("case_number") in numbers and body.get("phone_tail") == "5678"
        if not body.get("lookup_token") and not known:
            return 404, {"code": "unknown_case", "detail": "没有查到，请核对编号和电话后四位。"}
        if what == "urge":
            self.urged.append(CASE)
            return 200, {}
        if what == "rate":
            self.rated.append(body)
            return 200, {}
        urge = {"allowed": self.can_urge, "reason": "3天内已经催过"}
        return 200, {
            "case_number": CASE,
            "status": "accepted",
            "status_label": "已受理",
            "responsible_unit": "城关镇人民政府",
            "deadlines": DEADLINES,
            "decisions": self.decisions,
            "overdue": self.overdue,
            "timeline": [{"at": "2026-03-15T09:00:00+08:00", "event": "register", "label": "已登记", "article": "22"}],
            "can": {"urge": urge, "rate": {"allowed": True, "reason": ""}},
        }

    def _ask(self, question: str) -> dict[str, Any]:
        self.asked.append(question)
        if re.search(r"多久|几天|期限|多少天|多长时间", question):
            return {
                "outcome": "answer",
                "answer": "自收到之日起15日内告知是否受理。",
                "citations": [
                    {"title": "《信访工作条例》", "section": "办理期限", "article": "23", "url": "/handbook/time"}
                ],
            }
        if "回执丢" in question:
            return {
                "outcome": "answer",
                "answer": "带身份证到信访窗口，核对后换一张新回执，旧的二维码马上作废。",
                "citations": [
                    {
                        "title": "自助办理",
                        "section": "回执丢失了怎么办",
                        "article": "21",
                        "url": "/handbook/lost-receipt",
                    }
                ],
            }
        if re.search(r"复查|匿名", question):
            return {
                "outcome": "choices",
                "choices": [{"question": "对处理意见不服怎么办", "slug": "review"}],
                "citations": [],
            }
        return {"outcome": "refer", "refer": "手册里没有这一条，请问窗口。", "citations": []}


def serve(port: int = 0) -> tuple[ThreadingHTTPServer, FakeKiosk]:
    """Start on loopback in a thread; the caller shuts it down."""
    kiosk = FakeKiosk()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self, method: str) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            status, data = kiosk.handle(method, self.path, body, self.headers.get("Idempotency-Key"))
            raw = json.dumps(data, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def do_POST(self) -> None:
            self._answer("POST")

        def do_GET(self) -> None:
            self._answer("GET")

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, kiosk
