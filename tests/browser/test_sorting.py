"""A phone book is sorted with one key for each name."""

import re

import pytest
from playwright.sync_api import expect

from loyalapp.core.db import db
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports import sorting
from tests.browser.conftest import speak
from tests.features.imports.test_sorting import phone_book

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MANY = 100


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_a_hundred_names_with_one_key_each(live, context, tmp_path, language):
    with live.app.app_context():
        phone_book(tmp_path, MANY)
        before = sorting.how_many()
    page = live.visit(context, "/imports/sorting")
    speak(page, language)
    page.wait_for_selector("[data-entry][aria-current]")

    keys = 0
    for number in range(MANY):
        here = page.locator("[data-entry][aria-current]").get_attribute("data-entry")
        page.keyboard.press(str(number % 3 + 1))
        keys += 1
        expect(page.locator(f"[data-entry='{here}'][aria-current]")).to_have_count(0, timeout=30_000)
    left = page.locator("[data-left]", has_not_text=re.compile(f"^{before - MANY}$"))
    expect(left).to_have_count(0, timeout=30_000)  # nobody is left, or the number that must be left is said

    assert keys == MANY, "one key for each name, and none to go on"
    with live.app.app_context():
        assert sorting.how_many() == before - MANY
        stages = dict(
            db.session.query(Customer.stage, db.func.count())
            .filter(Customer.name.like("Person ___"))
            .group_by(Customer.stage)
            .all()
        )
        assert min(stages.get(one, 0) for one in ("customer", "prospect", "not_ours")) >= 33
        db.session.query(Customer).filter(Customer.name.like("Person ___")).delete(synchronize_session=False)
        db.session.commit()


def test_other_digits_later_and_taking_back(live, context, tmp_path):
    with live.app.app_context():
        phone_book(tmp_path, 3)
        before = sorting.how_many()
    page = live.visit(context, "/imports/sorting")
    names = page.locator("[data-entry]")
    first, second = names.nth(0), names.nth(1)

    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {code: 'Digit3', key: '۳', bubbles: true}))"
    )
    page.wait_for_selector("[data-entry][data-answered=not_ours]")
    page.keyboard.press("Backspace")
    assert first.get_attribute("aria-current") == "true"
    assert first.get_attribute("data-answered") is None
    page.keyboard.press("4")
    assert second.get_attribute("aria-current") == "true"
    page.keyboard.press("z")
    assert first.get_attribute("aria-current") == "true"
    page.keyboard.press("Numpad1")
    second.locator("[data-answer=prospect]").click()
    expect(page.locator("[data-left]")).to_have_text(str(before - 2), timeout=30_000)

    with live.app.app_context():
        stages = [
            one.stage
            for one in db.session.query(Customer).filter(Customer.name.like("Person ___")).order_by(Customer.name)
        ]
        assert stages == ["customer", "prospect", "unsorted"]
        db.session.query(Customer).filter(Customer.name.like("Person ___")).delete(synchronize_session=False)
        db.session.commit()
