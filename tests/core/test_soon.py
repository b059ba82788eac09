"""Days to come by short words, in three languages and any digits."""

from datetime import date

import pytest

from loyalapp.core.soon import soon

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "2026-11-22"),
        ("Tomorrow", "2026-11-23"),
        ("کل", "2026-11-23"),
        ("कल", "2026-11-23"),
        ("parson", "2026-11-24"),
        ("परसों", "2026-11-24"),
        ("3", "2026-11-25"),
        ("+3", "2026-11-25"),
        ("۳", "2026-11-25"),
        ("३ दिन", "2026-11-25"),
        ("in 3 days", "2026-11-25"),
        ("3 دن بعد", "2026-11-25"),
        ("2 weeks", "2026-12-06"),
        ("next week", "2026-11-29"),
        ("اگلے ہفتے", "2026-11-29"),
        ("1 महीना", "2026-12-22"),
        ("mon", "2026-11-23"),
        ("sunday", "2026-11-29"),
        ("جمعہ", "2026-11-27"),
        ("शनिवार", "2026-11-28"),
        ("25/12", "2026-12-25"),
        ("5 march", "2027-03-05"),
        ("29/2", "2027-02-28"),
        ("29/2/2028", "2028-02-29"),
        ("15.1.27", "2027-01-15"),
    ],
)
def test_a_day_is_understood_as_it_is_said(said, day):
    assert soon(said, SUNDAY).isoformat() == day


@pytest.mark.parametrize("said", ["", "soon", "29/2/2027", "31/2", "99999", "2001 days", "3 4", "next", "next kal"])
def test_what_is_no_day_is_refused(said):
    with pytest.raises(ValueError, match=r".*"):
        soon(said, SUNDAY)
