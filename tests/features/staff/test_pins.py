"""A PIN: chosen, asked for, waited for after wrong ones, forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from loyalapp.cli import main
from loyalapp.core.clock import frozen
from loyalapp.core.errors import LoyalAppError
from loyalapp.features.staff import pins
from loyalapp.features.staff import service as staff
from loyalapp.features.staff.models import Deed

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def wrong(member: int, times: int, pin: str = "0000") -> str:
    """What is said at the last of some wrong tries."""
    said = ""
    for _ in range(times):
        with pytest.raises(pins.NotRight) as told:
            pins.check(member, pin)
        said = str(told.value)
    return said


def test_right_pin_passes_in_any_digits_and_is_kept_unreadable(any_app):
    with any_app.app_context():
        asma = staff.add("Asma")
        pins.check(asma, "whatever")  # without a PIN nothing is asked
        pins.choose(asma, "4812", "४८१२")

        for typed in ("4812", "۴۸۱۲", "٤٨١٢", "४८१२", " 48 12 "):
            pins.check(asma, typed)
        wrong(asma, 1)
        assert "4812" not in staff.get(asma).pin
        assert staff.get(asma).pin.startswith("$argon2id$")
        assert staff.get(asma).version == 1


@pytest.mark.parametrize(
    ("pin", "again"), [("", ""), ("123", "123"), ("abcd", "abcd"), ("1234", "1235"), ("1" * 33,) * 2]
)
def test_pin_that_is_none_is_refused(any_app, pin, again):
    with any_app.app_context():
        asma = staff.add("Asma")
        with pytest.raises(LoyalAppError):
            pins.choose(asma, pin, again)
        assert staff.get(asma).pin is None


def test_after_three_wrong_ones_the_wait_grows_and_is_kept_in_the_database(any_app):
    with any_app.app_context(), frozen(NOON):
        asma = staff.add("Asma")
        pins.choose(asma, "4812", "4812")
        assert "wait" not in wrong(asma, 2)
        assert "30 seconds" in wrong(asma, 1)
        with pytest.raises(pins.NotRight, match="30 seconds"):
            pins.check(asma, "4812")  # too early, though it is right
    with any_app.app_context(), frozen(NOON + timedelta(seconds=29)), pytest.raises(pins.NotRight, match="1 second"):
        pins.check(asma, "4812")
    with any_app.app_context(), frozen(NOON + timedelta(seconds=30)):
        assert "60 seconds" in wrong(asma, 1)
    with any_app.app_context(), frozen(NOON + timedelta(seconds=90)):
        pins.check(asma, "4812")
        wrong(asma, 2)  # counted anew
        pins.check(asma, "4812")
        deeds = staff.db.session.query(Deed).filter_by(what="pin_wrong").all()
        assert [one.facts for one in deeds] == [{"whom": "Asma"}]


def test_wait_never_grows_beyond_a_quarter_of_an_hour():
    waits = [pins.seconds_to_wait(tries) for tries in (0, 2, 3, 4, 5, 8, 900)]

    assert waits == [0, 0, 30, 60, 120, 900, 900]


def test_clock_that_was_set_back_locks_nobody_out(any_app):
    with any_app.app_context(), frozen(NOON):
        asma = staff.add("Asma")
        pins.choose(asma, "4812", "4812")
        wrong(asma, 3)
    yesterday = NOON - timedelta(days=400)
    with any_app.app_context(), frozen(yesterday), pytest.raises(pins.NotRight, match="30 seconds"):
        pins.check(asma, "4812")
    with any_app.app_context(), frozen(yesterday + timedelta(seconds=31)):
        pins.check(asma, "4812")


def test_forgotten_pin_of_the_owner_goes_by_the_command_of_this_computer(app, data_dir, invoke):
    with app.app_context():
        asma, rohit = staff.add("Asma", role="owner"), staff.add("Rohit")
        for one in (asma, rohit):
            pins.choose(one, "4812", "4812")

    assert "Asma" in invoke("staff", "forget-pin", "--data-dir", str(data_dir))
    with app.app_context():
        assert {one.name: one.has_pin for one in staff.here()} == {"Asma": False, "Rohit": True}
    assert "Rohit" in invoke("staff", "forget-pin", "rohit", "--data-dir", str(data_dir))
    with app.app_context():
        assert not any(one.has_pin for one in staff.here())
    assert "Nobody" in invoke("staff", "forget-pin", "Zzz", "--data-dir", str(data_dir), status=1)


@pytest.fixture
def invoke():
    """The command line, as one types it."""
    from click.testing import CliRunner

    def run(*words: str, status: int = 0) -> str:
        result = CliRunner().invoke(main, words)
        assert result.exit_code == status, result.output
        return result.output

    return run
