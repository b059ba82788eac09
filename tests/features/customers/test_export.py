"""Customers go out in four forms: nothing lost, and no cell that a spreadsheet would take for a formula."""

import csv
import json

import pytest
import vobject
from openpyxl import load_workbook

from loyalapp.core.errors import LoyalAppError
from loyalapp.features.customers import export, service

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
