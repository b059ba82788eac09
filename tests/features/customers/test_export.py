"""Customers go out in four forms: nothing lost, and no cell that a spreadsheet would take for a formula."""

import csv
import json

import pytest
import vobject
from openpyxl import load_workbook

from loyalapp.core.errors import LoyalAppError
from loyalapp.features.customers import export, service
from loyalapp.features.staff import service as staff

AYESHA = {"name": "عائشہ صدیقی", "phones": ["0300 4567890"], "birth_month": 2, "birth_day": 29, "notes": "चाय 😀"}
FORMULA = {"name": '=cmd|" /C calc"!A0', "notes": "+1"}


@pytest.fixture
def filled(any_app):
    with any_app.app_context():
        service.add(AYESHA)
        service.add(FORMULA)
        yield any_app


def test_json_holds_names_phones_in_e164_days_and_notes(filled, tmp_path):
    written = export.write("json", tmp_path / "out.json")

    people = json.loads(written.read_text("utf-8"))["customers"]

    assert [one["name"] for one in people] == [AYESHA["name"], FORMULA["name"]]
    assert people[0]["phones"] == ["+923004567890"]
    assert (people[0]["birthday"], people[0]["notes"]) == ("--02-29", "चाय 😀")


def test_csv_has_a_byte_order_mark_and_no_formula(filled, tmp_path):
    written = export.write("csv", tmp_path / "out.csv")

    rows = list(csv.DictReader(written.read_text("utf-8-sig").splitlines()))

    assert written.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [rows[0]["name"], rows[1]["name"]] == [AYESHA["name"], "'" + FORMULA["name"]]
    assert rows[0]["phones"] == "'+923004567890"


def test_workbook_keeps_a_formula_as_text(filled, tmp_path):
    written = export.write("xlsx", tmp_path / "out.xlsx")

    sheet = load_workbook(written).active

    assert [cell.value for cell in sheet["A"]][1:] == [AYESHA["name"], FORMULA["name"]]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}


def test_cards_can_be_read_again(filled, tmp_path):
    written = export.write("vcf", tmp_path / "out.vcf")

    cards = list(vobject.readComponents(written.read_text("utf-8")))

    assert [card.fn.value for card in cards] == [AYESHA["name"], FORMULA["name"]]
    assert cards[0].tel.value == "+923004567890"


def test_export_goes_to_the_exports_folder_with_an_unchanged_name_of_nobody(filled):
    written = export.write("json")

    assert written.parent == filled.extensions["loyalapp.data"].exports


def test_folder_that_is_not_there_is_said_in_one_sentence(filled, tmp_path):
    with pytest.raises(LoyalAppError):
        export.write("json", tmp_path / "nowhere" / "out.json")


def test_everything_that_hangs_on_a_customer_goes_out_in_every_form(any_app, tmp_path):
    with any_app.app_context():
        sender, salesman = service.add({"name": "Tariq"}).id, staff.add("Bilal")
        made = service.add(
            {
                "name": "ہنر سینٹر",
                "kind": "firm",
                "size": "small",
                "channel": "visit",
                "hours": "after 4",
                "phones": [{"number": "0300 4567890", "label": "دکان", "on_whatsapp": False}],
                "people": [{"name": "Farah", "role": "Doctor", "number": "0333 1112223"}],
                "days": [{"what": "Wedding", "month": 2, "day": 29}],
                "tags": ["school", "=wholesale"],
                "salesman_id": salesman,
                "referred_by_id": sender,
                "do_not_mention": "The old shop",
            }
        ).id
        service.learn(made, "Pays late", "seen", may_use=False)
        files = {form: export.write(form, tmp_path / f"out.{form}") for form in ("json", "csv", "xlsx", "vcf")}

    record = json.loads(files["json"].read_text("utf-8"))["customers"][1]
    assert record["numbers"] == [{"number": "+923004567890", "label": "دکان", "on_whatsapp": False}]
    assert record["people"] == [{"name": "Farah", "role": "Doctor", "number": "+923331112223", "note": None}]
    assert record["days"] == [{"what": "Wedding", "kind": "own", "day": "--02-29"}]
    assert (record["salesman"], record["referred_by"], record["size"]) == ("Bilal", "Tariq", "small")
    assert [(one["source"], one["may_use"]) for one in record["facts"]] == [("seen", False)]

    row = list(csv.DictReader(files["csv"].read_text("utf-8-sig").splitlines()))[1]
    assert (row["kind"], row["channel"], row["salesman"], row["referred_by"]) == ("firm", "visit", "Bilal", "Tariq")
    assert (row["people"], row["days"]) == ("Farah · Doctor · +923331112223", "Wedding: --02-29")
    assert row["tags"] == "school, =wholesale"
    sheet = load_workbook(files["xlsx"]).active
    assert [cell.value for cell in sheet[1]] == list(row)

    card = list(vobject.readComponents(files["vcf"].read_text("utf-8")))[1]
    assert card.categories.value == ["school", "=wholesale"]
    assert "Farah · Doctor" in card.note.value
    assert [one.value for one in card.contents["x-ablabel"]] == ["دکان"]
