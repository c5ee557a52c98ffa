"""The Regulations once more, written from their articles and from nothing else: this imports no rule of the program.

`Model.step` says whether somebody may do something on a day, and does it. Each method below is one action:
first what forbids it, then what it does. Days are numbers; data are texts, dates in it are numbers too.
"""

from __future__ import annotations

from tests.lives.model_clocks import Clock, Clocks

STAFF_OF_OFFICE = ("petition_office", "supervisor")
WORD, EXECUTION, SUPERVISION, ADVICE = 30, 60, 15, 30  # the office's own numbers, and the most it lets anybody type
MOST = {"hear_by": 90, "own_limit": 730, "execute_by": 365, "supervision": 60, "advice": 90}
EVERYBODY = {"party_committee", "government", "department", "joint_conference", "superior_office", "national_office"}
BY_UNITS = EVERYBODY - {"superior_office", "national_office"}
OPEN = ("registered", "reported", "forwarded", "assigned", "objected", "accepted", "rehandling", "under_review",
        "under_reexamination")  # fmt: skip
RESULT = ("concluded", "answered", "declined", "settled", "reviewed", "reexamined", "transferred", "guided")
WITH_OPINION = ("concluded", "settled", "under_review", "reviewed", "under_reexamination", "reexamined")
EVERY_CLOCK = ("route", "notice", "objection", "report", "conclude", "own_limit", "next_word", "execution", "hearing",
               "ask_review", "review", "ask_reexamination", "reexamination", "supervision")  # fmt: skip
FOUR_PARTS = ("outcome", "request", "facts_and_reasons", "finding", "legal_basis")


class No(Exception):
    """The Regulations, or the office, do not allow it."""


def no_if(forbidden: object) -> None:
    if forbidden:
        raise No


class Model:
    """A case, as the articles see it."""

    def __init__(self, kind: str, *, doubtful: bool, about: str, above: dict[str, tuple[str, ...]]) -> None:
        self.kind, self.doubtful, self.about, self.above = kind, doubtful, about, above
        self.secret = self.is_accusation
        self.status, self.unit = "registered", ""
        self.clocks = Clocks()
        self.clocks.start("route", 0)
        self.procedure = ""
        self.upheld = 0
        self.sent: list[str] = []  # units that it was sent to by the office
        self.way = ""  # how it was last handed over
        self.kept: tuple[int, int, int | None] | None = None
        self.asked: tuple[str, int, str] | None = None  # who asked for more time, how much
        self.extended: list[int] = []
        self.result: bool | None = None  # whether the result in force grants something
        self.carried_out = False
        self.former: tuple[str, str] | None = None  # the opinion that was annulled, or that stands
        self.owed: dict[str, int] = {}  # documents to hand over, with the day of the decision
        self.reviewed_by = ("", "")
        self.urged_on: int | None = None
        self.rated_since: bool | None = None  # None: no result yet
        self.result_on = 0
        self.told: set[str] = set()
        self.put_right = False  # a non-acceptance was supervised
        self.aside: set[str] = set()
        self.advised: list[tuple[str, Clock]] = []  # to whom, and its clock

    # What recurs

    @property
    def is_accusation(self) -> bool:
        return self.kind == "accusation" or self.doubtful

    def by(self, role: str, *roles: str) -> None:
        no_if(role not in roles)

    def needs(self, data: dict[str, str], *names: str) -> None:
        no_if(any(not data.get(name) for name in names))

    def at(self, *states: str) -> None:
        no_if(self.status not in states)

    def day_in(self, data: dict[str, str], name: str, day: int, most: int, usual: int | None = None) -> int | None:
        if name not in data:
            return None if usual is None else day + usual
        chosen = int(data[name])
        no_if(not day < chosen <= day + most)
        return chosen

    def not_the_accused(self, unit: str) -> None:
        no_if((self.secret or self.is_accusation) and self.about and (self.about in unit or unit in self.about))

    def has_result(self, day: int) -> None:
        self.result_on, self.rated_since = day, False

    # Art. 19 to 22: the office

    def report_for_decision(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.at("registered")
        self.needs(data, "reported_to", "proposal")
        due = self.day_in(data, "hear_by", day, MOST["hear_by"], WORD)
        self.status = "reported"
        self.clocks.done(day, "route")
        self.clocks.start("next_word", day, due)

    def _hand_over(self, way: str, unit: str, day: int) -> None:
        self.clocks.done(day, "route", "next_word")
        self.unit, self.way = unit, way
        self.sent.append(unit)
        self.owed["forwarding"] = day

    def forward(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.at("registered", "reported")
        self.needs(data, "unit")
        no_if(self.upheld >= 2)
        self.not_the_accused(data["unit"])
        self._hand_over("forwarded", data["unit"], day)
        self.status = "forwarded"
        self._notice_or_word(day)
        self.clocks.start("objection", day)

    def _notice_or_word(self, day: int) -> None:
        if self.kind == "accusation" and not self.doubtful:
            self.clocks.start("next_word", day, day + WORD)
        else:
            self.clocks.start("notice", day)

    def assign(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.at("registered", "reported")
        no_if(self.upheld >= 2 or (self.kind == "accusation" and not self.doubtful))
        self.needs(data, "unit", "report_by")
        due = self.day_in(data, "report_by", day, 75)
        self.not_the_accused(data["unit"])
        self._hand_over("assigned", data["unit"], day)
        self.status = "assigned"
        self.clocks.start("notice", day)
        self.clocks.start("objection", day)
        self.clocks.start("report", day, due)

    def transfer(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.at("registered", "reported")
        self.needs(data, "unit", "reason")
        due = self.day_in(data, "hear_by", day, MOST["hear_by"], WORD)
        self.not_the_accused(data["unit"])
        self._hand_over("transferred", data["unit"], day)
        self.status = "transferred"
        self.clocks.start("objection", day)
        self.clocks.start("next_word", day, due)
        self.has_result(day)

    def guide(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.at("registered", "reported")
        no_if(self.kind == "accusation" and not self.doubtful)
        self.needs(data, "organ", "reason", "bring")
        self.clocks.done(day, "route", "next_word")
        self.status, self.way = "guided", "guided"
        self.has_result(day)

    def decline_repeat(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.at("registered", "reported")
        self.needs(data, "cause", "same_as", "reason", "where_to_go")
        self.clocks.done(day, "route", "next_word")
        self.status, self.way, self.put_right = "declined", "repeat", False
        self.owed["non_acceptance"] = day
        self.has_result(day)

    def give_word(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE, "responsible_unit")
        self.at("reported", "accepted", "transferred")
        no_if(self.status != "transferred" and not self.clocks.is_open("next_word", "own_limit"))
        self.needs(data, "word")
        due = self.day_in(data, "hear_by", day, MOST["hear_by"], WORD)
        self.clocks.done(day, "next_word")
        self.clocks.start("next_word", day, due)

    def report_outcome(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE, "responsible_unit")
        self.at("transferred", "forwarded")
        no_if(self.status == "forwarded" and self.kind != "accusation")
        self.needs(data, "result")
        self.clocks.done(day, "notice", "next_word")
        self.clocks.off(day, "objection")
        self.status = "answered"
        self.owed["reply"] = day
        self.has_result(day)

    def recall(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        handled = ("guided", "forwarded", "assigned", "objected", "accepted", "transferred", "rehandling", "declined")
        decided = ("concluded", "answered", "settled", "under_review", "reviewed", "under_reexamination",
                   "reexamined")  # fmt: skip
        self.at(*handled, *decided)
        no_if(self.status in decided and self.kind != "accusation")
        self.needs(data, "reason")
        conclude = self.clocks.going("conclude")
        if conclude:
            self.kept = (conclude.start, conclude.due, conclude.late)
        self.clocks.off(day, *(one for one in EVERY_CLOCK if one not in ("route", "supervision")))
        self.clocks.hearing_since = None
        self._route_again()
        self.status, self.unit, self.asked = "registered", "", None

    def _route_again(self) -> None:
        last = [one for one in self.clocks.every if one.name == "route"][-1]
        self.clocks.start("route", last.start, last.due, last.late)

    # Art. 23, 24: the unit that received it

    def object(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "responsible_unit")
        self.at("forwarded", "assigned", "transferred")
        no_if(self.way == "decided" or not self.clocks.may(day, "objection"))
        self.needs(data, "reason")
        self.clocks.done(day, "objection")
        self.status = "objected"

    def uphold_objection(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.at("objected")
        self.upheld += 1
        self.clocks.off(day, "notice", "report", "next_word")
        if self.upheld == 1:
            self.clocks.start("route", day)
        else:
            self._route_again()
        self.status, self.unit = "registered", ""

    def reject_objection(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.at("objected")
        self.needs(data, "reason")
        self.status = self.way

    def decide_competence(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, *STAFF_OF_OFFICE)
        self.at("registered", "objected")
        no_if(self.status == "registered" and not self.upheld)
        self.needs(data, "decided_by", "decider", "unit", "reason")
        self.not_the_accused(data["unit"])
        if data["decided_by"] == "joint_conference":
            known = [set(self.above[one]) for one in {*self.sent, data["unit"]} if one in self.above]
            no_if(len(known) > 1 and set.intersection(*known))
        assigned = self.status == "objected" and self.way == "assigned"
        self.clocks.done(day, "route")
        self.clocks.off(day, "notice", "objection", "next_word")
        self._notice_or_word(day)
        self.status = "assigned" if assigned else "forwarded"
        self.unit, self.way = data["unit"], "decided"
        self.owed["forwarding"] = day

    def accept(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "responsible_unit")
        self.at("forwarded", "assigned", "declined")
        no_if(self.status == "declined" and not self.put_right)
        no_if(self.is_accusation)
        own = self.day_in(data, "own_limit", day, MOST["own_limit"])
        word = self.day_in(data, "hear_by", day, MOST["hear_by"])
        procedure = data.get("procedure", "")
        if self.kind == "suggestion":
            no_if(procedure)
        else:
            no_if(procedure not in ("litigation", "arbitration", "party_appeal", "administrative", "duty",
                                    "investigation"))  # fmt: skip
            no_if(procedure != "investigation" and not data.get("organ"))
        self.procedure = procedure
        self.clocks.done(day, "notice")
        self.clocks.off(day, "objection")
        self.clocks.done(day, "next_word")
        if procedure == "investigation":
            start, due, late = self.kept or (day, day + 60, None)
            self.kept = None
            self.clocks.start("conclude", start, due, late)
        if own is not None:
            self.clocks.start("own_limit", day, own)
        elif procedure != "investigation":
            self.clocks.start("next_word", day, word if word is not None else day + WORD)
        self.status = "accepted"
        self.owed["acceptance"] = day

    def decline(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "responsible_unit")
        self.at("forwarded", "assigned")
        no_if(self.is_accusation)
        self.needs(data, "reason", "where_to_go")
        self.clocks.done(day, "notice")
        self.clocks.off(day, "objection", "next_word")
        self.status, self.put_right = "declined", False
        self.owed["non_acceptance"] = day
        self.has_result(day)

    def step(self, who: str, role: str, unit: str, action: str, data: dict[str, str], day: int) -> bool:
        """Whether it is allowed; then it is done."""
        if who in self.aside:
            return False
        try:
            getattr(self, action)(who, role, data, day, unit)
        except No:
            return False
        return True
