"""Training rows from corrections by staff: without personal data, kept on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from kiosk_api.domain.errors import CaseUnreadable
from kiosk_api.domain.petition import Petition
from kiosk_api.domain.phones import number_of
from kiosk_api.domain.scrub import scrub
from kiosk_api.domain.workflow import Action
from kiosk_api.services.base.context import Context

COLUMNS = ("text", "window", "domain", "kind")


def corrected_rows(ctx: Context) -> Iterator[dict[str, str]]:
    """One row for each case whose window, field or kind an officer corrected, in id order.

    A row has only the corrected labels. Confidential cases are not used for training: their
    text stays in the case (Art. 30, 46).
    """
    after = ""
    while True:
        with ctx.store.read() as records:
            ids = records.cases.with_action(Action.CORRECT_ROUTE, after, 100)
            cases = []
            for case_id in ids:
                with suppress(CaseUnreadable):  # skipped; the sweep reports it
                    cases.append(records.cases.by_id(case_id))
        for case in filter(None, cases):
            if case.confidential:
                continue
            corrected: set[str] = set()
            for event in case.events:
                if event.action is Action.CORRECT_ROUTE:
                    corrected |= {name for name in COLUMNS[1:] if event.data.get(name)}
            labels = {"window": case.window, "domain": case.domain, "kind": case.kind}
            yield {
                "text": scrub(case.petition.narrative, _personal(case.petition)),
                **{name: labels[name] if name in corrected else "" for name in COLUMNS[1:]},
            }
        if len(ids) < 100:
            return
        after = ids[-1]


def _personal(petition: Petition) -> list[str]:
    """Everything in the record that names somebody or where they live."""
    people = [(one.name, one.phone) for one in (*petition.representatives, petition.proxy) if one]
    phones = [phone for phone in (petition.phone, *(phone for _, phone in people)) if phone]
    return [
        petition.name, petition.address, petition.id_number or "",
        *(name for name, _ in people), *phones, *(number_of(phone).removeprefix("+86") for phone in phones),
    ]  # fmt: skip
