"""The model's last part: what goes on beside the handling (Art. 21, 25, 28, 30, 38 to 41)."""

from __future__ import annotations

from tests.lives.model import (
    ADVICE,
    BY_UNITS,
    EVERY_CLOCK,
    EVERYBODY,
    MOST,
    OPEN,
    RESULT,
    STAFF_OF_OFFICE,
    SUPERVISION,
    no_if,
)
from tests.lives.model_handling import Handled

STAFF = (*STAFF_OF_OFFICE, "responsible_unit", "unit_leader", "review_unit")


class Whole(Handled):
    """A case with all its actions."""

    # Art. 21 and the office's own

    def withdraw(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "petitioner")
        self.at(*OPEN)
        self.clocks.off(day, *EVERY_CLOCK)
        self.clocks.hearing_since = None
        self.status = "withdrawn"

    def close(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.at(*RESULT)
        no_if(any(self.clocks.may(day, right) for right in ("ask_review", "ask_reexamination", "objection")))
        waits = {"concluded": "opinion", "reviewed": "review"}.get(self.status)
        no_if(self.kind == "appeal" and self.procedure == "investigation" and waits in self.owed)
        no_if(self.clocks.is_open("execution", "report", "supervision") or self.clocks.is_late(day, "next_word"))
        self.clocks.off(day, *EVERY_CLOCK)
        self.status = "closed"

    def rate(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "petitioner")
        self.at(*RESULT, "closed", "under_review", "rehandling", "under_reexamination")
        no_if(self.rated_since is not False or day > self.result_on + 30)
        self.needs(data, "petition_office")
        no_if(self.way not in ("", "transferred", "guided", "repeat") and not data.get("responsible_unit"))
        self.rated_since = True

    def urge(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "petitioner")
        self.at(*OPEN, "transferred")
        no_if(self.urged_on is not None and day - self.urged_on < 3)
        self.urged_on = day

    def add_material(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "petitioner")
        self.at(*OPEN, "concluded", "reviewed")
        self.needs(data, "count")

    # Art. 25, 28, 30, 40

    def report_urgent(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "responsible_unit", *STAFF_OF_OFFICE)
        self.at(*OPEN)
        self.needs(data, "recipients", "summary")
        told = self.told | set(data["recipients"].split(","))
        no_if((BY_UNITS if role == "responsible_unit" else EVERYBODY) - told)
        self.told = told

    def step_aside(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF)
        self.at(*OPEN, "transferred", "concluded", "reviewed")
        self.needs(data, "interest")
        no_if("officer" in data and role not in ("supervisor", "unit_leader"))
        self.aside.add(data.get("officer", who))

    def notify_organisation(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.needs(data, "notified", "summary")

    def supervise(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        no_if(self.status in ("closed", "guided", "transferred", "withdrawn"))
        self.needs(data, "cause", "advice")
        due = self.day_in(data, "answer_by", day, MOST["supervision"], SUPERVISION)
        no_if(data["cause"] == "refusal" and not self.result)
        no_if(data["cause"] == "not_accepted" and self.status not in ("forwarded", "assigned", "objected", "declined"))
        self.put_right = True
        if not self.clocks.is_open("supervision"):
            self.clocks.start("supervision", day, due)

    def answer_supervision(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "responsible_unit", *STAFF_OF_OFFICE)
        no_if(self.status in ("closed", "guided", "transferred", "withdrawn"))
        no_if(not self.clocks.is_open("supervision"))
        self.needs(data, "feedback")
        self.clocks.done(day, "supervision")

    def advise(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.needs(data, "addressee", "advice_kind", "advice")
        due = self.day_in(data, "answer_by", day, MOST["advice"], ADVICE)
        self.not_the_accused(data["addressee"])
        self.clocks.start("advice", day, due)
        self.advised.append((data["addressee"], self.clocks.every[-1]))

    def answer_advice(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "responsible_unit", *STAFF_OF_OFFICE)
        self.needs(data, "adopted", "feedback")
        mine = {
            str(number): clock
            for number, (to, clock) in enumerate(self.advised, 1)
            if not clock.end and (role in STAFF_OF_OFFICE or unit == to)
        }
        which = data.get("which") or (next(iter(mine)) if len(mine) == 1 else "")
        no_if(which not in mine)
        mine[which].end = "missed" if day > mine[which].due else "met"

    def correct_route(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.at(*OPEN)
        self.needs(data, "window")
        if data.get("kind"):
            self._is(data["kind"])

    def _is(self, kind: str) -> None:
        """An officer has said what it is; what was only kept from the accused in doubt no longer is."""
        if kind == "accusation":
            self.secret = True
        elif self.doubtful:
            self.secret = False
        self.kind, self.doubtful = kind, False

    def decide_accusation(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        no_if(not self.doubtful)
        self.needs(data, "kind")
        ordinary = "appeal" if self.kind == "accusation" else self.kind
        self._is("accusation" if data["kind"] == "accusation" else ordinary)

    def name_accused(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.needs(data, "unit")

    def clear_accused(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.needs(data, "unit", "reason")

    def note(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF)
        self.needs(data, "text")

    def contact(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF)
        self.needs(data, "contact_kind", "note")

    def entrust(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "responsible_unit", "unit_leader")
        no_if(self.status in ("registered", "reported", "withdrawn", "closed"))
        self.needs(data, "officer")

    def renew_code(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)

    def decide_repeat(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.at(*OPEN)
        self.needs(data, "first", "same")

    def register(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        no_if(True)
