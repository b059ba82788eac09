"""A list of sales may say to which product group each thing belongs."""

import pytest
from sqlalchemy import select

from loyalapp.core.db import db
from loyalapp.features.catalogue import product_groups
from loyalapp.features.catalogue.models import Product, ProductGroup, Purchase
from loyalapp.features.imports import columns, service
from tests.features.imports.deeds import bring, count, everybody, listed, whole_data

HEAD = ["Date", "Customer", "Mobile", "Item", "Product group", "Amount"]


def sold(*things):
    """A list of sales of these things, each with a group."""
    return [HEAD, *(["1/2/2024", "Ali", "0300 1234567", thing, group, "500"] for thing, group in things)]


@pytest.mark.parametrize("title", ["Product group", "Item Category", "Group", "مال کا گروپ", "माल का ग्रुप", "Category"])
def test_the_column_is_guessed(title):
    titles = ["Date", "Customer", "Item", title, "Amount"]
    found = columns.guess(titles, [["1/2/2024", "Ali", "Fan", "Fans", "500"]])
    assert found.kind == "sales"
    assert found.columns[3].meaning == "group"


def test_in_a_list_of_people_it_is_a_tag():
    found = columns.guess(["Name", "Mobile", "Category"], [["Ali", "0300 1234567", "wholesale"]])
    assert found.columns[2].meaning == "tags"


def test_groups_are_found_by_name_and_new_ones_made(any_app, tmp_path):
    with any_app.app_context():
        product_groups.add("Fans")
        before = whole_data()
        outcome = bring(listed(tmp_path, sold(("Fan 56", "FANS"), ("Pump", "Pumps"), ("", "Pumps"), ("Fan 56", ""))))
        assert set(product_groups.names()) == {"Fans", "Pumps"}
        groups = dict(db.session.execute(select(Product.name, Product.product_group)).all())
        assert groups == {"Fan 56": "Fans", "Pump": "Pumps"}
        found = db.session.execute(select(Purchase.item, Purchase.product_group).order_by(Purchase.id)).all()
        assert [tuple(one) for one in found] == [("Fan 56", None), ("Pump", None), ("Pumps", "Pumps"), ("Fan 56", None)]
        service.undo(outcome.import_id)
        assert whole_data() == before


def test_past_fifteen_a_group_is_kept_in_the_notes_and_counted(app, tmp_path):
    with app.app_context():
        for number in range(product_groups.MOST - 1):
            product_groups.add(f"Group {number}")
        outcome = bring(listed(tmp_path, sold(("Fan", "Fans"), ("Pump", "Pumps"), ("Motor", "fans"))))
        assert count(ProductGroup) == product_groups.MOST
        assert "Product group: Pumps" in everybody()["Ali"].notes
        assert outcome.counts["remarks"] == 1
        assert service.get(outcome.import_id).account["kept"] == [["Product group", "group_full", 1]]


def test_a_name_too_long_for_a_group_is_kept_too(app, tmp_path):
    with app.app_context():
        outcome = bring(listed(tmp_path, sold(("Fan", "F" * 61))))
        assert count(ProductGroup) == 0
        assert "F" * 61 in everybody()["Ali"].notes
        assert service.get(outcome.import_id).account["kept"] == [["Product group", "long_group", 1]]
