"""The model's second part: handling and review (Art. 29 to 36)."""

from __future__ import annotations

from tests.lives.model import (
    EXECUTION,
    FOUR_PARTS,
    MOST,
    STAFF_OF_OFFICE,
    WITH_OPINION,
    Model,
    no_if,
)


class Handled(Model):
    """A case from its acceptance to its last decision."""

    # Art. 34

    def request_extension(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "responsible_unit")
        self.at("accepted", "rehandling")
        no_if(self.is_accusation or self.asked or self.extended or not self.clocks.is_open("conclude"))
        self.needs(data, "days", "reason")
        no_if(not 1 <= int(data["days"]) <= 30)
        self.asked = (who, int(data["days"]), data["reason"])

    def extend(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "unit_leader")
        self.at("accepted", "rehandling")
        no_if(self.is_accusation or not self.clocks.is_open("conclude"))
        no_if(self.asked is None or self.asked[0] == who)
        assert self.asked
        days = int(data.get("days", self.asked[1]))
        no_if(not 1 <= days <= 30 - sum(self.extended))
        self.clocks.more(day, days, "conclude")
        self.clocks.more(day, days, "report")
        self.extended.append(days)
        self.asked = None
        self.owed["extension"] = day

    def refuse_extension(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "unit_leader")
        self.at("accepted", "rehandling")
        no_if(self.asked is None or self.asked[0] == who or not self.clocks.is_open("conclude"))
        self.needs(data, "reason")
        self.asked = None

    # Art. 31, 36: hearings

    def _hearing(self, role: str) -> None:
        self.by(role, "responsible_unit", "review_unit")
        self.at("accepted", "rehandling", "under_reexamination")
        unit_decides = self.status != "under_reexamination"
        no_if(unit_decides != (role == "responsible_unit"))
        no_if(unit_decides and self.procedure != "investigation")

    def hold_hearing(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self._hearing(role)
        no_if(self.clocks.hearing_since is not None)
        self.clocks.open_hearing(day)

    def end_hearing(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self._hearing(role)
        no_if(self.clocks.hearing_since is None)
        self.clocks.close_hearing(day)

    # Art. 29 to 33: results

    def conclude(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "responsible_unit")
        self.at("accepted", "rehandling")
        no_if(self.is_accusation or self.kind == "suggestion" or not self.procedure)
        no_if(self.clocks.hearing_since is not None)
        self.needs(data, *FOUR_PARTS)
        grants = data["outcome"] == "supported"
        due = self.day_in(data, "execute_by", day, MOST["execute_by"], EXECUTION)
        if self.procedure != "investigation":
            self.needs(data, "remedy", "remedy_at", "remedy_by")
            no_if(int(data["remedy_by"]) <= day)
        opinion = (data["facts_and_reasons"], data["finding"])
        if self.status == "rehandling" or self.must_be_new:
            self.needs(data, "examined_anew")
            no_if(opinion == self.former)
        self.clocks.done(day, "conclude", "own_limit", "next_word")
        self.asked, self.former, self.result, self.carried_out = None, opinion, grants, False
        self.must_be_new = False
        if grants:
            self.clocks.start("execution", day, due)
        self.asks = "ask_review" if self.procedure == "investigation" else ""
        self.status = "concluded"
        self.owed["opinion"] = day
        self.has_result(day)

    must_be_new = False  # an opinion was annulled, and no result has been given since
    asks = ""  # the right that begins when the written opinion is received

    def answer_suggestion(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "responsible_unit")
        self.at("accepted")
        no_if(self.is_accusation or self.kind != "suggestion")
        self.needs(data, "outcome", "reason")
        self.clocks.done(day, "conclude", "own_limit", "next_word")
        self.status = "answered"
        self.owed["reply"] = day
        self.has_result(day)

    def _both_sides(self, role: str, data: dict[str, str]) -> None:
        self.by(role, "responsible_unit", "review_unit", *STAFF_OF_OFFICE)
        in_review = ("under_review", "under_reexamination")
        self.at("registered", "forwarded", "assigned", "accepted", "rehandling", *in_review)
        no_if(role == "responsible_unit" and self.status in in_review)
        no_if(role == "review_unit" and self.status not in in_review)
        no_if(self.is_accusation or self.kind == "suggestion" or data.get("consent") != "both")

    def mediate(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self._both_sides(role, data)
        self.needs(data, "summary")

    def settle(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self._both_sides(role, data)
        no_if(self.clocks.hearing_since is not None)
        self.needs(data, "agreement")
        due = self.day_in(data, "execute_by", day, MOST["execute_by"], EXECUTION)
        self.clocks.done(day, "route", "conclude", "own_limit", "next_word", "review", "reexamination")
        self.clocks.off(day, "notice", "objection", "execution")
        self.clocks.start("execution", day, due)
        self.asked, self.result, self.carried_out, self.must_be_new = None, True, False, False
        self.status = "settled"
        self.owed["settlement"] = day
        self.has_result(day)

    def report_execution(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "responsible_unit", *STAFF_OF_OFFICE)
        self.at(*WITH_OPINION)
        no_if(not self.result or self.carried_out)
        self.needs(data, "carried_out", "how")
        if data["carried_out"] == "done":
            self.clocks.done(day, "execution")
            self.carried_out = True

    def closing_report(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "responsible_unit")
        self.at("declined", "answered", *WITH_OPINION)
        no_if(not self.clocks.is_open("report"))
        self.needs(data, "report")
        self.clocks.done(day, "report")

    # Art. 35, 36

    def deliver(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        no_if(role == "unit_leader" or self.status in ("registered", "withdrawn", "closed"))
        self.needs(data, "document", "method", "received_on")
        document, received = data["document"], int(data["received_on"])
        of_reviewers = document in ("review", "reexamination")
        no_if(document not in self.owed)
        no_if(role == "petitioner" and not self._may_confirm())
        no_if(role == "responsible_unit" and of_reviewers)
        no_if(role == "review_unit" and not of_reviewers)
        no_if(not self.owed[document] <= received <= day)
        no_if(role == "petitioner" and (data["method"] != "online" or received != day))
        if data["method"] == "failed":
            return
        del self.owed[document]
        right = {"opinion": "ask_review", "review": "ask_reexamination"}.get(document)
        if right and self.asks == right:
            self.clocks.start(right, received)
            self.asks = ""

    def _may_confirm(self) -> bool:
        """An answer that can be asked about waits: the days run from its receipt."""
        if self.status == "concluded":
            return "opinion" in self.owed and self.procedure == "investigation"
        return self.status == "reviewed" and "review" in self.owed

    def _asks_for(self, role: str, state: str, right: str, day: int) -> None:
        self.by(role, "petitioner")
        self.at(state)
        no_if(self.is_accusation or self.kind == "suggestion" or self.procedure != "investigation")
        document = "opinion" if state == "concluded" else "review"
        no_if(not self.clocks.may(day, right) and document not in self.owed)
        self.clocks.done(day, right)
        self.asks = ""

    def request_review(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self._asks_for(role, "concluded", "ask_review", day)
        self.clocks.start("review", day)
        self.status = "under_review"

    def request_reexamination(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self._asks_for(role, "reviewed", "ask_reexamination", day)
        self.clocks.start("reexamination", day)
        self.status = "under_reexamination"

    def _decided(self, role: str, data: dict[str, str], day: int, unit: str, clock: str, after: str) -> None:
        no_if(self.is_accusation or (unit and unit == self.unit))
        self.needs(data, "decision", "opinion")
        due = self.day_in(data, "execute_by", day, MOST["execute_by"], EXECUTION)
        changed, returned = data["decision"] == "changed", data["decision"] == "returned"
        if changed:
            self.needs(data, "new_outcome", "new_result")
        no_if(not changed and ("new_outcome" in data or "new_result" in data))
        no_if("unit" in data and not returned)
        if "unit" in data:
            self.not_the_accused(data["unit"])
        self.clocks.done(day, clock)
        self.status = after
        if changed or returned:
            self.clocks.off(day, "execution")
        if changed:
            self.result, self.carried_out = data["new_outcome"] == "supported", False
            if self.result:
                self.clocks.start("execution", day, due)
        if returned:
            self.result, self.must_be_new, self.extended, self.asked = None, True, [], None
            self.status, self.unit = "rehandling", data.get("unit", self.unit)
            self.clocks.start("conclude", day)
        self.has_result(day)

    def decide_review(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "review_unit")
        self.at("under_review")
        no_if(self.unit in self.above and unit not in self.above[self.unit])
        self._decided(role, data, day, unit, "review", "reviewed")
        self.reviewed_by = (who, unit)
        self.owed["review"] = day
        self.asks = "" if data["decision"] == "returned" else "ask_reexamination"

    def decide_reexamination(self, who: str, role: str, data: dict[str, str], day: int, unit: str) -> None:
        self.by(role, "review_unit")
        self.at("under_reexamination")
        no_if(self.clocks.hearing_since is not None)
        no_if(who == self.reviewed_by[0] or unit == self.reviewed_by[1])
        no_if(self.reviewed_by[1] in self.above and unit not in self.above[self.reviewed_by[1]])
        self._decided(role, data, day, unit, "reexamination", "reexamined")
        self.owed["reexamination"] = day
