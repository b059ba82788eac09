"""Daily backups while the computer's clock is wrong, and after it was put right."""

import os
from datetime import UTC, datetime, timedelta

from loyalapp.core.clock import frozen
from loyalapp.core.paths import DataFolder
from loyalapp.features.backups import copies, daily
from loyalapp.features.customers import service as customers

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_a_clock_that_jumps_skips_no_backup_and_makes_no_heap_of_them(app, data_dir):
    """One look after each change of that time, and one a quarter of an hour later."""
    data, watch = DataFolder(data_dir), daily.Watch()
    day, year, quarter = timedelta(days=1), timedelta(days=366), timedelta(minutes=15)
    with app.app_context():
        customers.add({"name": "Imran"})

    def made(moment: datetime) -> int:
        before = len(copies.of(data.backups))
        with frozen(moment), app.app_context():
            daily.work(app, watch)
            return len(copies.of(data.backups)) - before

    jumps = {}
    for jump in (0 * day, year, day, -year, -20 * day / 24, 3 * day, -3 * year, 9 * day):
        moment = NOON + jump
        os.utime(data.database, (moment.timestamp() + 60,) * 2)
        jumps[jump / day] = (made(moment + quarter), made(moment + 2 * quarter), made(moment + 3 * quarter))

    assert set(jumps.values()) == {(1, 0, 0)}, jumps
