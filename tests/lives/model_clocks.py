"""Clocks of the model: plain counters of days, written from the articles. Day 0 is a Monday; there are no holidays."""

from __future__ import annotations

from dataclasses import dataclass, field

PERIOD = {"route": 15, "notice": 15, "conclude": 60, "ask_review": 30, "review": 30, "ask_reexamination": 30,
          "reexamination": 30, "hearing": 15}  # fmt: skip
RIGHTS = ("objection", "ask_review", "ask_reexamination")


def fifth_working_day(day: int) -> int:
    left = 5
    while left:
        day += 1
        left -= day % 7 < 5
    return day


@dataclass
class Clock:
    """What was to be done, from when, until when; `late` is the day that had passed when more time was given."""

    name: str
    start: int
    due: int
    late: int | None = None
    end: str = ""

    def shown(self, today: int) -> tuple[str, int, int, str, int | None]:
        state = self.end or "running"
        if not self.end and (today > self.due or self.late is not None):
            state = "lapsed" if self.name in RIGHTS else "overdue"
        return (self.name, self.start, self.due, state, self.late)


@dataclass
class Clocks:
    """All clocks of a case in the order of their start."""

    every: list[Clock] = field(default_factory=list)
    hearing_since: int | None = None
    heard: set[int] = field(default_factory=set)
    """Days on which a hearing was held; none of them counts (Art. 36)."""

    def going(self, name: str) -> Clock | None:
        return next((one for one in self.every if one.name == name and not one.end), None)

    def start(self, name: str, day: int, due: int | None = None, late: int | None = None) -> None:
        if due is None:
            due = fifth_working_day(day) if name == "objection" else day + PERIOD[name]
        self.every.append(Clock(name, day, due, late))

    def done(self, day: int, *names: str) -> None:
        """Kept, or missed."""
        for name in names:
            clock = self.going(name)
            if clock:
                clock.end = "missed" if day > clock.due or clock.late is not None else "met"

    def off(self, day: int, *names: str) -> None:
        """No longer needed; what was late by then stays missed, and a right that had passed has passed."""
        for name in names:
            clock = self.going(name)
            if clock:
                late = day > clock.due or clock.late is not None
                clock.end = ("lapsed" if name in RIGHTS else "missed") if late else "stopped"

    def more(self, day: int, days: int, name: str) -> None:
        clock = self.going(name)
        if clock:
            if clock.late is None and day > clock.due:
                clock.late = clock.due
            clock.due += days

    def open_hearing(self, day: int) -> None:
        self.hearing_since = day
        self.start("hearing", day)

    def close_hearing(self, day: int) -> None:
        self.done(day, "hearing")
        clock = self.going("reexamination")
        if clock and self.hearing_since is not None:
            clock.due += len(set(range(self.hearing_since, day + 1)) - self.heard)
        if self.hearing_since is not None:
            self.heard |= set(range(self.hearing_since, day + 1))
        self.hearing_since = None

    def is_open(self, *names: str) -> bool:
        """Started, not ended, and if it is a right, not passed."""
        return any(self.going(name) for name in names)

    def is_late(self, today: int, name: str) -> bool:
        clock = self.going(name)
        return bool(clock and (today > clock.due or clock.late is not None))

    def may(self, today: int, right: str) -> bool:
        clock = self.going(right)
        return bool(clock and today <= clock.due)

    def shown(self, today: int) -> list[tuple[str, int, int, str, int | None]]:
        found = []
        for one in self.every:
            extra = 0
            if one.name == "reexamination" and not one.end and self.hearing_since is not None:
                extra = len(set(range(self.hearing_since, today + 1)) - self.heard)
            found.append(Clock(one.name, one.start, one.due + extra, one.late, one.end).shown(today))
        return sorted(found, key=str)
