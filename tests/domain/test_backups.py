"""Which backups stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_api.domain.backups import (
    BACKUP_OLD_AFTER,
    BACKUPS_DAILY,
    BACKUPS_MONTHLY,
    BACKUPS_WEEKLY,
    file_name,
    is_old,
    kept,
    made_at,
)

NIGHT = datetime(2026, 1, 1, 18, 30, tzinfo=UTC)  # half past two in the office
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def test_a_backup_every_night_keeps_seven_days_five_weeks_and_twelve_months() -> None:
    stay: set[datetime] = set()
    for day in range(800):
        stay = kept({*stay, NIGHT + timedelta(days=day)})
    last = NIGHT + timedelta(days=799)
    ages = sorted((last - at).days for at in stay)
    assert ages[:BACKUPS_DAILY] == list(range(BACKUPS_DAILY))
    assert sum(age < 5 * 7 for age in ages) >= BACKUPS_DAILY + 3
    assert len({(at.year, at.month) for at in ((one + timedelta(hours=8)) for one in stay)}) == BACKUPS_MONTHLY
    assert len(stay) <= BACKUPS_DAILY + BACKUPS_WEEKLY + BACKUPS_MONTHLY
    assert 300 < ages[-1] < 370


@given(st.sets(moments, max_size=60))
def test_the_newest_stays_and_no_more_than_the_plan(found: set[datetime]) -> None:
    stay = kept(found)
    assert stay <= found and len(stay) <= BACKUPS_DAILY + BACKUPS_WEEKLY + BACKUPS_MONTHLY
    assert not found or max(found) in stay
    assert kept(stay) == stay


@given(st.sets(moments, max_size=60))
def test_deleting_after_each_backup_keeps_the_same_as_deleting_once(found: set[datetime]) -> None:
    stay: set[datetime] = set()
    for at in sorted(found):
        stay = kept({*stay, at})
    assert stay == kept(found)


@given(st.sets(moments, min_size=1, max_size=40))
def test_a_clock_that_was_ahead_once_takes_one_place_only(found: set[datetime]) -> None:
    ahead = datetime(2099, 1, 1, tzinfo=UTC)
    assert len(kept(found) - kept({*found, ahead})) <= 3  # one day, one week, one month


@given(moments)
def test_a_name_tells_its_moment(at: datetime) -> None:
    assert made_at(file_name(at)) == at.replace(microsecond=0)


@pytest.mark.parametrize(
    "name",
    ["", "petition.backup", "petition-20261399T000000Z.backup", "petition-20261130T020000Z.backup.part", "kiosk.db"],
)
def test_another_file_is_no_backup(name: str) -> None:
    assert made_at(name) is None


def test_a_backup_is_old_after_two_days_or_when_there_is_none() -> None:
    assert is_old(None, NIGHT)
    assert not is_old(NIGHT - BACKUP_OLD_AFTER, NIGHT)
    assert is_old(NIGHT - BACKUP_OLD_AFTER - timedelta(seconds=1), NIGHT)
    assert is_old(NIGHT + timedelta(days=400), NIGHT)  # made while the clock was ahead
