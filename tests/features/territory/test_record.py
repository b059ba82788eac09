"""Who did what: sentences of every deed, page by page, gone with an erased customer."""

import re

import pytest

from loyalapp.core.clock import today
from loyalapp.core.i18n import in_language
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import export
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service as interactions
from loyalapp.features.lists import changing
from loyalapp.features.privacy import service as privacy
from loyalapp.features.staff import service as staff
from loyalapp.features.staff.models import Deed
from loyalapp.features.territory import record
from tests.sources import PROGRAM


def sentences() -> list[tuple[str, str]]:
    return [(one.who, re.sub("[\u2066-\u2069]", "", one.sentence)) for one in record.lines()[0]]


def test_what_was_done_stands_there_with_the_name_of_who_did_it(any_app):
    with any_app.app_context():
        staff.add("Zahid")
        staff.sit_down(staff.add("Rohit"))
        zainab = customers.add({"name": "Zainab"}).id
        interactions.record(zainab, said="Fine", promised="A price", promised_for=today())
        catalogue.record_purchase(zainab, "Steam iron", today())
        changing.tag([zainab], "wholesale")
        export.write("csv")
        staff.sit_down(None)

        assert sentences() == [
            ("Rohit", "1 customer was written to a file (csv)."),
            ("Rohit", "1 customer was changed in one step."),
            ("Rohit", "A sale to Zainab was written down."),
            ("Rohit", "A promise to Zainab was written down."),
            ("Rohit", "A contact with Zainab was written down."),
        ]


def test_data_of_an_erased_customer_goes_along(any_app):
    with any_app.app_context():
        zainab = customers.add({"name": "Zainab"}).id
        interactions.record(zainab, said="Fine")
        privacy.erase(zainab)

        assert sentences() == [("", "The data of a customer was erased, as they wished.")]


def test_the_next_page_goes_on_where_the_one_before_ended(any_app):
    with any_app.app_context():
        for number in range(record.PAGE + 2):
            staff.note_deed("pin_set", whom=f"Person {number}")
        staff.db.session.commit()
        first, older = record.lines()
        second, end = record.lines(older)

        assert len(first) == record.PAGE
        assert [one.sentence.count("Person 0") + one.sentence.count("Person 1") for one in second] == [1, 1]
        assert end is None


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_every_deed_has_a_sentence_and_one_of_a_newer_program_too(app, language):
    with app.test_request_context(), in_language(language):
        unknown = record.said("hoped", "", {})
        for what in record.KINDS:
            assert record.said(what, "Zainab", {}) not in ("", unknown), what


def test_every_deed_that_is_noted_has_a_sentence():
    noted = {
        found
        for path in PROGRAM
        for found in re.findall(r"note_(?:deed|at_once)\(\s*\"(\w+)\"", path.read_text("utf-8"))
    }
    assert noted >= {"contact", "sale", "promise", "export", "settings", "restore", "plugin_installed"}
    assert noted <= set(record.KINDS)


def test_page_shows_them_to_the_owner(app, client):
    with app.app_context():
        staff.note_at_once("settings")
        assert staff.db.session.query(Deed).count() == 1
    page = client.get("/settings/staff/deeds").get_data(as_text=True)
    assert "The settings of the firm were changed." in page
    assert client.get("/settings/staff/deeds?before=x").status_code == 200
