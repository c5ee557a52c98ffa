"""First contents of the working-day calendar, from the published holiday arrangements.

The chinesecalendar package carries the State Council's yearly notices. Years after its last one
stay unconfirmed until a person enters and confirms them.
"""

from __future__ import annotations

from datetime import datetime

from chinese_calendar import constants

from kiosk_api.services.base.ports import Records

SOURCE = "chinesecalendar"


def seed_calendar(records: Records, at: datetime) -> None:
    """Fill years that nobody has confirmed yet; days entered by hand are never overwritten."""
    confirmed = records.calendar().confirmed_years
    years = {day.year for day in constants.holidays} - confirmed
    for days, kind in ((constants.holidays, "holiday"), (constants.workdays, "make_up")):
        for day in days:
            if day.year in years:
                records.set_calendar_day(day, kind, SOURCE)
    for year in sorted(years):
        records.confirm_year(year, SOURCE, at)
