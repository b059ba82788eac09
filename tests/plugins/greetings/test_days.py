"""On which day an occasion is: computed, expected until somebody confirms it, never guessed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from loyalapp import sdk
from loyalapp.core import clock
from loyalapp.core.i18n import in_language
from loyalapp.features.settings import service as settings
from plugins.greetings import certain, due, feasts, marked, occasions, own, telling, trades
from plugins.greetings.models import DAY

DIWALI = {2024: (10, 31), 2026: (11, 8), 2027: (10, 29), 2030: (10, 26), 2035: (10, 30)}


def at(*day: int):
    return clock.frozen(datetime(*day, 10, tzinfo=ZoneInfo("Asia/Karachi")))


def live_in(country: str) -> None:
    settings.save_firm(settings.firm()._replace(country=country))


def test_every_occasion_is_named_in_three_scripts_and_every_professional_day_has_its_source(app):
    with app.app_context():
        for key in occasions.every("personal", "festival", "national", "profession"):
            english, urdu, hindi = (occasions.entry(key)[language] for language in ("en", "ur", "hi"))
            assert english.isascii() or "’" in english, key
            assert sdk.address.script_of(urdu) == "ur", key
            assert sdk.address.script_of(hindi) == "hi", key
        for key in occasions.every("profession"):
            rule = occasions.entry(key)
            assert rule["source"], key
            assert rule.get("words") or occasions.entry(rule["like"])["words"], key


def test_a_day_in_the_name_of_a_festival_stands_in_the_digits_the_firm_wishes(app):
    with app.app_context():
        app.config["FORMATS"] = {"digits": "native"}
        for language, name in (
            ("ur", "یومِ پاکستان، ۲۳ مارچ"),
            ("hi", "पाकिस्तान दिवस, २३ मार्च"),
            ("en", "Pakistan Day, 23 March"),
        ):
            with in_language(language):
                assert occasions.name("pakistan_day") == name


def test_every_festival_of_the_table_is_known_to_a_calendar(app):
    with app.app_context():
        for key in occasions.every("festival", "national", "profession"):
            assert feasts.coming(date(2026, 1, 1), 400, [key]), key


@pytest.mark.parametrize("year", DIWALI)
def test_diwali_is_on_the_day_everybody_keeps(app, year):
    with app.app_context():
        assert feasts.at("diwali", year).day == date(year, *DIWALI[year])


def test_a_day_beyond_the_calendars_is_said_to_be_unknown(app):
    with app.app_context():
        assert feasts.at("diwali", 2036) is None
        assert feasts.coming(date(2036, 1, 1), 365, ["diwali", "holi", "raksha_bandhan"]) == []
        assert "2035" in telling.unknown("diwali")
        assert feasts.at("eid_fitr", 1501) is None
        assert "2077" in telling.unknown("eid_fitr")
        with at(2036, 1, 2), pytest.raises(sdk.LoyalAppError):
            marked.mark(sdk.customers.add({"name": "A"}).id, "diwali", 2036, greet=True)
        with at(2036, 1, 2):
            certain.confirm("diwali", 2036, date(2036, 10, 18))
            assert feasts.at("diwali", 2036) == feasts.Feast("diwali", 2036, date(2036, 10, 18), confirmed=True)


def test_islamic_days_are_expected_and_go_by_the_country(app):
    with app.app_context():
        eid = feasts.at("eid_fitr", 1447)
        assert (eid.day, eid.expected) == (date(2026, 3, 21), True)
        assert feasts.at("eid_azha", 1447).day == date(2026, 5, 27)
        assert feasts.at("ramadan", 1447).day == date(2026, 2, 19)
        live_in("IN")
        assert feasts.at("eid_fitr", 1447).day == date(2026, 3, 21)


def test_two_feasts_of_the_moon_in_one_year_are_told_apart(app):
    with app.app_context():
        found = feasts.coming(date(2030, 1, 1), 364, ["ramadan"])
        assert [one.turn for one in found] == [1451, 1452]
        assert found[1].day - found[0].day > timedelta(days=350)


def test_days_of_a_weekday_are_counted(app):
    with app.app_context():
        assert feasts.at("architects", 2026).day == date(2026, 10, 5)
        assert feasts.at("vets", 2026).day == date(2026, 4, 25)
        assert feasts.at("sindhi_day", 2026).day == date(2026, 12, 6)


def test_what_is_offered_goes_by_country_and_state_and_the_firms_choice(app):
    with app.app_context():
        offered = occasions.offered()
        assert "eid_fitr" in offered
        assert "diwali" not in offered
        occasions.choose(region="PK-SD")
        assert {"diwali", "cheti_chand"} <= set(occasions.offered())
        occasions.choose(region="PK-SD", off=["cheti_chand"], on=["onam"])
        assert "cheti_chand" not in occasions.offered()
        assert "onam" in occasions.offered()


def test_a_confirmed_day_moves_everything_planned_for_it(app):
    with app.app_context(), at(2026, 3, 15):
        one = sdk.customers.add({"name": "A"}).id
        marked.mark(one, "eid_fitr", 1447, greet=True)
        [found] = due.people_due(date(2026, 3, 15), 14, 10)
        assert (found.day, found.expected) == (date(2026, 3, 21), True)
        certain.confirm("eid_fitr", 1447, date(2026, 3, 20))
        [found] = due.people_due(date(2026, 3, 15), 14, 10)
        assert (found.day, found.expected) == (date(2026, 3, 20), False)
        assert found.key.endswith(":1447")
        certain.not_certain("eid_fitr", 1447)
        assert due.people_due(date(2026, 3, 15), 14, 10)[0].day == date(2026, 3, 21)


def test_a_day_far_from_the_calendar_is_asked_about_once_more(app):
    with app.app_context(), at(2026, 3, 15):
        with pytest.raises(sdk.LoyalAppError, match="far from"):
            certain.confirm("eid_fitr", 1447, date(2026, 6, 1))
        assert feasts.at("eid_fitr", 1447).expected


def test_the_days_of_the_moon_come_without_a_calendar_once_somebody_is_marked(app):
    with app.app_context(), at(2026, 3, 15):
        marked.mark(sdk.customers.add({"name": "A"}).id, "eid_fitr", 1447, greet=True)
        kept = sdk.db.session.execute(select(DAY)).one()
        assert (kept.day, kept.confirmed_on) == (date(2026, 3, 21), None)


def test_own_days_come_every_year_or_once_and_29_february_on_the_28th(app):
    with app.app_context():
        leap = own.add("The shop opened", sdk.parse_day("29 Feb"))
        once = own.add("Wedding of the house", sdk.parse_day("14 March 2027"))
        found = feasts.coming(date(2027, 1, 1), 700, [leap, once])
        assert [one.day for one in found] == [date(2027, 2, 28), date(2027, 3, 14), date(2028, 2, 29)]
        assert occasions.name(leap) == "The shop opened"
        assert leap in occasions.offered()
        own.take_out(leap)
        assert leap not in occasions.offered()
        assert occasions.name(leap) == "The shop opened"
        own.take_out(leap, gone=False)
        assert leap in occasions.offered()
        for name, day in (("", sdk.parse_day("1 May")), ("Fair", None), ("x" * 80, sdk.parse_day("1 May"))):
            with pytest.raises(sdk.LoyalAppError):
                own.add(name, day)


@pytest.mark.parametrize("year", [1970, 1905, 2099, 9990])
def test_a_clock_that_is_wrong_breaks_nothing(app, year):
    with app.app_context(), at(year, 1, 1):
        feasts.coming(sdk.today(), 60, occasions.every("festival", "national", "profession"))
        assert due.people_due(sdk.today(), 14, 10) == []


def test_a_profession_is_told_by_whole_words_of_the_trade(app):
    with app.app_context():
        assert trades.is_of("teachers_pk", "School teacher")
        assert trades.is_of("teachers_pk", "پرائیویٹ سکول")
        assert trades.is_of("doctors", "डॉक्टर")
        assert trades.is_of("accountants", "C.A") is False
        assert trades.is_of("accountants", "CA")
        assert trades.is_of("accountants", "cash and carry") is False
        assert trades.is_of("lawyers", "Tailor") is False


def test_a_professional_day_comes_by_itself_for_that_trade_alone(any_app):
    with any_app.app_context(), at(2026, 10, 3):
        for name, trade in (("A", "School"), ("B", "Tailor"), ("C", "سکول"), ("D", None)):
            sdk.customers.add({"name": name, "trade": trade})
        found = due.people_due(sdk.today(), 5, 20)
        assert [(one.name, one.occasion, one.day) for one in found] == [
            ("A", "teachers_pk", date(2026, 10, 5)),
            ("C", "teachers_pk", date(2026, 10, 5)),
        ]
