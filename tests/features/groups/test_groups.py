"""Product groups: at most fifteen, suggested by trade, renamed, made one, and products put into them in one pass."""

import pytest

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError, NotFound
from loyalapp.core.i18n import LANGUAGES
from loyalapp.features.catalogue import habits, product_groups, service
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import needs
from tests.walk import filled, token_of


@pytest.fixture
def sana(any_app) -> int:
    with any_app.app_context():
        made = customers.add({"name": "Sana Shaikh"}).id
        db.session.remove()
    return made


def test_a_sixteenth_group_is_refused_and_nothing_of_the_sale_is_written(any_app, sana):
    with any_app.app_context():
        for number in range(product_groups.MOST):
            product_groups.add(f"Group {number:02}")
        with pytest.raises(LoyalAppError) as refusal:
            service.record_purchase(sana, "Pump", today(), group="One more")
        db.session.rollback()

        assert refusal.value.field == "group"
        assert len(product_groups.names()) == product_groups.MOST
        assert service.purchases_of(sana, 5) == []


@pytest.mark.parametrize("name", ["", "  ", "pumps", "x" * 61])
def test_a_group_needs_a_name_of_its_own(any_app, name):
    with any_app.app_context():
        product_groups.add("Pumps")
        with pytest.raises(LoyalAppError):
            product_groups.add(name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trade_has_a_few_groups_of_different_names(app, language):
    trades = product_groups.trades(language)
    assert len(trades) >= 8
    assert all(3 <= len(set(groups)) == len(groups) <= product_groups.MOST for _name, groups in trades.values())
    assert trades.keys() == product_groups.trades("en").keys()


def test_the_groups_of_a_trade_are_made_as_far_as_there_is_room(any_app):
    with any_app.app_context():
        assert product_groups.add_suggested("sewing", "en") == 7
        assert product_groups.add_suggested("sewing", "en") == 0
        assert product_groups.add_suggested("electrical", "ur") == 8
        assert len(product_groups.names()) == product_groups.MOST
        with pytest.raises(LoyalAppError):
            product_groups.add_suggested("nothing", "en")


def test_a_sale_of_a_group_alone_is_a_sale(any_app, sana):
    with any_app.app_context():
        sold = service.record_purchase(sana, "", today(), group="Pumps")

        assert service.get_purchase(sold).item == "Pumps"
        assert service.groups_bought([sana]) == {sana: {"Pumps"}}
        assert service.products() == []


def test_a_new_product_takes_the_group_it_was_sold_in_and_keeps_it(any_app, sana):
    with any_app.app_context():
        service.record_purchase(sana, "Deep well pump", today(), group="Pumps")
        other = service.record_purchase(sana, "Deep well pump", today(), group="Gifts")

        assert service.product_named("Deep well pump").product_group == "Pumps"
        assert service.group_given(service.get_purchase(other)) == "Gifts"
        assert service.groups_bought([sana]) == {sana: {"Pumps", "Gifts"}}


def test_another_name_holds_everywhere(any_app, sana):
    with any_app.app_context():
        service.record_purchase(sana, "", today(), group="Pumps")
        service.record_purchase(sana, "Motor", today(), group="Motors")
        needs.add(sana, "A stronger one", product_group="Motors")
        habits.save(habits.habits()._replace(groups=("Motors",)))

        product_groups.rename("Motors", "موٹریں")
        product_groups.merge("Pumps", "موٹریں")

        assert product_groups.names() == ["موٹریں"]
        assert service.groups_bought([sana]) == {sana: {"موٹریں"}}
        assert service.groups() == ["موٹریں"]
        assert habits.habits().groups == ("موٹریں",)
        with pytest.raises(NotFound):
            product_groups.rename("Motors", "X")


def test_a_group_that_goes_leaves_its_products_without_one(any_app, sana):
    with any_app.app_context():
        service.record_purchase(sana, "Motor", today(), group="Motors")
        product_groups.add("Pumps")

        product_groups.remove("Motors")

        assert product_groups.counted() == ["Pumps", product_groups.OTHER]
        assert service.groups_bought([sana]) == {sana: {product_groups.OTHER}}


def test_products_are_sorted_in_one_pass_those_that_sell_most_first(any_client, any_app, sana):
    with any_app.app_context():
        product_groups.add("Pumps")
        for item, count in (("Wire", 1), ("Pump", 3), ("Tap", 2)):
            for _time in range(count):
                service.record_purchase(sana, item, today())
        assert [one.name for one in product_groups.to_sort(9)] == ["Pump", "Tap", "Wire"]
        ids = {one.name: one.id for one in product_groups.to_sort(9)}
        db.session.remove()

    page = "/settings/groups/sort"
    said = {f"product-{ids['Pump']}": "Pumps", f"product-{ids['Tap']}": "No such group", "product-x": "Pumps"}
    answer = any_client.post(page, data={"csrf_token": token_of(any_client), **said})

    assert answer.status_code == 303
    with any_app.app_context():
        assert [one.name for one in product_groups.to_sort(9)] == ["Tap", "Wire"]
        assert len(product_groups.to_sort(9, everything=True)) == 3


def test_the_pages_make_rename_join_and_remove(any_client, any_app):
    page = "/settings/groups/"
    for name in ("Pumps", "Motors"):
        data = {"csrf_token": token_of(any_client), "group": name}
        assert any_client.post(page, data=data).status_code == 303
    twice = any_client.post(page, data={"csrf_token": token_of(any_client), "group": "PUMPS"})
    edit = "/settings/groups/one?group=Pumps"
    renamed = any_client.post(edit, data=filled(any_client, edit, action="", name="Water pumps"))
    token = {"csrf_token": token_of(any_client)}
    joined = any_client.post("/settings/groups/merge?group=Motors", data={**token, "into": "Water pumps"})
    itself = any_client.post("/settings/groups/merge?group=Water+pumps", data={**token, "into": "Water pumps"})
    nothing = any_client.post("/settings/groups/remove?group=Nothing", data=token)

    assert (twice.status_code, renamed.status_code, joined.status_code) == (422, 303, 303)
    assert (itself.status_code, nothing.status_code) == (400, 404)
    with any_app.app_context():
        assert product_groups.names() == ["Water pumps"]
