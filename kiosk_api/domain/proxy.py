"""Filing for another person: who files, how they are related, and how the petitioner agreed.

The office's policy (policy.py), not law: Art. 17 and 19 neither ask for nor forbid it. The steps
that end or reopen a case still want the petitioner's own phone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk_api.domain.policy import PROXY_CONSENTS, PROXY_RELATIONS

PROXY_FIELDS = ("name", "phone", "relation", "consent_how", "consent_confirmed")
Check = Callable[[str, str, Any], str | None]
Complain = Callable[[str, str, str], None]


@dataclass(frozen=True)
class Proxy:
    """Who filed for the petitioner; `consent_on` is the day it was confirmed (ISO 8601)."""

    name: str
    phone: str
    relation: str
    consent_how: str
    consent_on: str = ""


def read_proxy(given: object, check: Check, complain: Complain) -> Proxy | None:
    """The proxy of a submission. `check(path, field, value)` gives the stored form or None and
    keeps the error; `complain(path, code, detail)` keeps any other error."""
    if given is None:
        return None
    if not isinstance(given, Mapping):
        complain("proxy", "required", "请填写代办人的姓名、电话，以及和他（她）的关系。")
        return None
    for _ in (name for name in given if name not in PROXY_FIELDS):
        complain("proxy", "unknown_field", "有一项内容我们不认识，请删去后再提交。")
    name = check("proxy.name", "name", given.get("name"))
    phone = check("proxy.phone", "phone", given.get("phone"))
    relation, how = given.get("relation"), given.get("consent_how")
    if not isinstance(relation, str) or relation not in PROXY_RELATIONS:
        complain("proxy.relation", "unknown_relation", "请选一下您是他（她）的什么人。")
    if not isinstance(how, str) or how not in PROXY_CONSENTS:
        complain("proxy.consent_how", "unknown_consent", "请选一下他（她）是怎么同意的。")
    if given.get("consent_confirmed") is not True:
        complain(
            "proxy.consent_confirmed", "consent_required", "请先问过他（她），再勾选“他（她）知道，也同意我代为提交”。"
        )
    if not (name and phone and isinstance(relation, str) and isinstance(how, str)):
        return None
    return Proxy(name, phone, relation, how)
