"""Lists go into the database: nothing twice, nothing overwritten, everything accounted for."""

from sqlalchemy import func, select

from loyalapp.core.db import db
from loyalapp.features.catalogue.models import Product, Purchase
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer, Phone
from loyalapp.features.imports import service
from tests.features.imports import made
from tests.features.imports.deeds import HEAD, bring, count, everybody, listed

# ---- the four lists ----


def test_the_four_lists(any_app):
    with any_app.app_context():
        lahore, delhi, phone, sales = [
            dict(bring(path).counts) for path in (made.LAHORE, made.DELHI, made.PHONE, made.SALES)
        ]

        assert lahore == {"rows": 182, "new": 180, "repeated": 1, "not_taken": 1, "doubtful": 8, "remarks": 37}
        assert delhi == {"rows": 220, "new": 220, "doubtful": 13, "remarks": 52}
        assert phone == {"rows": 40, "new": 40, "doubtful": 2}
        assert sales == {"rows": 900, "new": 215, "sale_new": 900, "doubtful": 113}
        assert (count(Customer), count(Phone), count(Purchase), count(Product)) == (655, 774, 900, 8)
        assert (
            db.session.scalar(select(func.sum(Purchase.amount_minor)).where(Purchase.currency == "PKR"))
            == 7_439_850_000
        )


def test_the_same_lists_again_add_nothing(any_app):
    with any_app.app_context():
        for path in (made.LAHORE, made.DELHI, made.PHONE, made.SALES):
            bring(path)
            before = (count(Customer), count(Phone), count(Purchase))

            again = service.plan(path)
            outcome = service.carry_out(again)

            assert again.before is not None
            assert "new" not in outcome.counts
            assert "sale_new" not in outcome.counts
            assert "changed" not in outcome.counts
            assert (count(Customer), count(Phone), count(Purchase)) == before
            assert outcome.sentences()[0] == "Everything in this list was here already. Nothing was added."


def test_what_a_row_becomes(app):
    with app.app_context():
        bring(made.LAHORE)
        bring(made.DELHI)
        people = everybody()

        old = people["اکبر انصاری"]
        assert (old.birth_year, old.birth_month, old.birth_day) == (1965, 8, 25)
        assert old.since is None
        assert "پہلا سودا: 2018" in old.notes
        assert "کل خریداری (روپے): ۱۹۰,۰۰۰" in old.notes
        assert [one.number for one in old.phones] == ["+923452264525"]
        formula = db.session.scalars(select(Customer).where(Customer.notes.contains("=1+1"))).all()
        assert len(formula) == 20
        wife = people["ज्ञानेन्द्र पांडे"]
        assert (wife.address_form, wife.firm, wife.birth_year, wife.birth_month) == ("श्रीमती", 'राज "किंग" फ़ैशन', None, 4)
        ayesha = people["आयशा मिश्रा"]
        assert len(ayesha.phones) == 3
        assert (ayesha.message_language, ayesha.email, ayesha.stage) == ("ur", "user11@example.in", "customer")
        assert ayesha.import_id == 2
        assert customers.find("فاطمہ")
        assert customers.find("fatima")
        assert customers.find("7771116355")


def test_a_phone_book_waits_to_be_sorted_unless_the_user_says_otherwise(app):
    with app.app_context():
        bring(made.PHONE)
        assert {one.stage for one in everybody().values()} == {"unsorted"}

        bring(made.PHONE, stage="customer")
        assert {one.stage for one in everybody().values()} == {"customer"}


def test_nothing_becomes_overdue(client, app):
    with app.app_context():
        bring(made.SALES)
        assert db.session.scalar(select(func.count()).where(Purchase.import_id.is_(None))) == 0

    assert client.get("/").status_code == 200


# ---- merging ----


def test_empty_fields_are_filled_and_nothing_is_overwritten(any_app, tmp_path):
    with any_app.app_context():
        known = customers.add({"name": "عمران خان", "phones": ["03001234567"], "place": "Lahore", "notes": "Likes tea"})
        path = listed(
            tmp_path, [HEAD, ["Imran Khan", "Madina", "0300-1234567 / 03219999999", "Multan", "4/5/80", "Pays late"]]
        )

        outcome = bring(path)

        changed = everybody()["عمران خان"]
        assert outcome.counts["changed"] == 1
        assert changed.id == known.id
        assert (changed.name_en, changed.firm, changed.place) == ("Imran Khan", "Madina", "Lahore")
        assert (changed.birth_year, changed.birth_month, changed.birth_day) == (1980, 5, 4)
        assert changed.notes.splitlines() == ["Likes tea", "Pays late", "City: Multan"]
        assert [one.number for one in changed.phones] == ["+923001234567", "+923219999999"]
        assert changed.version == known.version + 1
        assert [row.id for row in customers.find("Imran")] == [known.id]
        assert bring(path).counts["same"] == 1


def test_one_number_with_two_names_stays_two_people(app, tmp_path):
    with app.app_context():
        path = listed(
            tmp_path, [HEAD, ["Ali", "", "03001234567"], ["Sunita", "", "03001234567"], ["Ali Khan", "", "03001234567"]]
        )

        outcome = bring(path)

        assert dict(outcome.counts) == {"rows": 3, "new": 2, "repeated": 1, "doubtful": 1}
        assert service.get(outcome.import_id).account["doubts"] == [[3, "same_phone", "Sunita", "Ali"]]


def test_one_name_with_two_numbers_stays_two_people(app, tmp_path):
    with app.app_context():
        path = listed(
            tmp_path, [HEAD, ["Ali", "Madina", "03001234567"], ["Ali", "Madina", "03217654321"], ["Ali", "Madina", ""]]
        )

        outcome = bring(path)

        assert (outcome.counts["new"], outcome.counts["doubtful"]) == (3, 2)
        again = bring(path)
        assert "new" not in again.counts


def test_somebody_without_a_number_is_found_by_name_and_firm(app, tmp_path):
    with app.app_context():
        bring(listed(tmp_path, [HEAD, ["Ali", "Madina", "", "Lahore"], ["Ali", "Makkah", "", "Multan"]]))

        outcome = bring(listed(tmp_path, [HEAD, ["ALI", "madina", "03001234567", ""]], "second.csv"))

        assert outcome.counts["changed"] == 1
        assert db.session.scalars(select(Phone.number)).all() == ["+923001234567"]


def test_repeated_rows_add_to_the_first(app, tmp_path):
    with app.app_context():
        path = listed(
            tmp_path,
            [HEAD, ["Ali", "", "03001234567", "", "", "one"], ["علی", "", "0300 1234567", "Lahore", "4 May", "two"]],
        )

        outcome = bring(path)

        one = everybody()["Ali"]
        assert dict(outcome.counts) == {"rows": 2, "new": 1, "repeated": 1}
        assert (one.name_ur, one.place, one.birth_month, one.notes) == ("علی", "Lahore", 5, "one\ntwo")
        assert customers.find("علی")


def test_who_was_removed_is_somebody_new(app, tmp_path):
    with app.app_context():
        customers.remove(customers.add({"name": "Ali", "phones": ["03001234567"]}).id)

        assert bring(listed(tmp_path, [HEAD, ["Ali", "", "03001234567"]])).counts["new"] == 1
