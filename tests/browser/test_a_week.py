"""A week of a shop of three with six hundred customers, played through the pages in Urdu and Hindi."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from loyalapp.core.db import db
from loyalapp.desktop.server import LocalServer
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers.models import Customer
from loyalapp.features.interactions.models import Interaction, Promise, PromiseMove
from loyalapp.web.door import launch_path
from tests.browser.shop import NAMES, SHOP, Week, customers_file, sales_file
from tests.conftest import close, copied, open_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def week(prepared, tmp_path, context) -> Iterator[Week]:
    folder = tmp_path / "shop"
    copied(prepared, folder)
    app = open_app(folder)
    made = Week(app, context.new_page())
    app.wsgi_app = made.answering(app.wsgi_app)
    server = LocalServer(app)
    app.config["DOOR_PORT"] = server.port
    made.address = server.address
    made.go(launch_path(app))
    yield made
    server.stop()
    close(app)


def monday(week: Week, folder: Path) -> None:
    """Asma writes down who works here and brings in the customers."""
    page = week.page
    for name, language in SHOP.items():
        week.go("/settings/staff/")
        page.locator("#name").fill(name)
        page.select_option("#language", language)
        if name == "عاصمہ":
            page.locator("[name=role][value=owner]").check()
        with page.expect_navigation():
            week.click("main form button[type=submit]")
    week.sit("عاصمہ")
    week.bring_in(customers_file(folder))
    assert week.count(Customer) == 600
    assert week.count(Customer, Customer.salesman_id.is_not(None)) == 600
    week.go("/")
    assert page.locator("li.entry").count() == 0, "an import makes nothing overdue"
    week.regular = week.find(NAMES[0])
    week.call(week.regular, "بیلٹ اگلے ہفتے چاہیے", promised="نمونہ بھیجنا", promised_for="24/11/2026")


def tuesday(week: Week) -> None:
    """Rohit's day is his own; Asma's promise waits for her, and is kept."""
    page = week.page
    week.wait(days=1)
    week.sit("रोहित")
    week.mine = week.find(NAMES[31])
    week.call(week.mine, "सब ठीक है", learned="बेटी की शादी दिसंबर में है")
    week.go(f"/catalogue/sale/{week.mine}")
    page.locator("[name=item]").fill("पंखा")
    page.locator("[name=amount]").fill("12500")
    week.save()
    week.go("/?whose=mine")
    assert NAMES[0] not in page.inner_text("main")
    week.sit("عاصمہ")
    week.go("/?whose=mine")
    assert NAMES[0] in page.inner_text("li.entry")
    week.go("/promises/")
    with page.expect_navigation():
        week.click("main form[action$='/kept'] button, main form[action*='/kept'] button")
    assert week.count(Promise, Promise.kept_on.is_not(None)) == 1


def wednesday(week: Week, folder: Path) -> None:
    """The bills of the year, and once more with those of this week: nothing comes twice."""
    page = week.page
    week.wait(days=1)
    week.bring_in(sales_file(folder, "bills.csv", range(300)))
    sales = week.count(Purchase)
    assert sales == 301
    week.bring_in(sales_file(folder, "bills-and-more.csv", range(270, 310)))
    assert week.count(Purchase) == 311
    week.go("/?whose=all")
    quiet = [name for name in NAMES[27:30] if name in page.inner_text("main")]
    assert quiet == NAMES[27:30], "who stopped half a year ago is missed"
    assert not [name for name in NAMES[3:27] if name in page.inner_text("main")], "who buys as ever is not"


def wednesday_evening(week: Week) -> None:
    """Zahid's visits, by keyboard."""
    page = week.page
    week.wait(hours=8)
    week.sit("زاہد")
    week.go("/contacts/catch-up/")
    for name in NAMES[2:26:3]:
        page.locator("#who").fill(name)
        page.wait_for_selector(f"[data-suggestions] a:has-text('{name}')")
        page.locator("#who").press("Enter")
        page.wait_for_selector(f"form[data-draft]:has-text('{name}')")
        form = page.locator(f"form[data-draft]:has-text('{name}')")
        form.locator("[name$=said]").fill(f"ملاقات {name}")
        form.locator("[name$=said]").press("Enter")
        page.wait_for_selector(f"form[data-draft]:has-text('{name}')", state="detached")
    assert week.count(Interaction, Interaction.channel == "visit") == 8


def thursday(week: Week) -> None:
    """A problem comes first; solved, confirmed. Somebody mourns and is left in peace."""
    page = week.page
    week.wait(hours=16)
    week.sit("रोहित")
    week.go(f"/plugins/issues/new/{week.mine}")
    page.locator("#what").fill("पंखा नहीं चलता")
    week.click("label.choice:has([name=urgency][value=stopped])")
    week.save()
    problem = page.url
    week.go("/")
    assert NAMES[31] in page.locator("li.entry").first.inner_text(), "an open problem stands before everything"
    page.goto(problem)
    with page.expect_navigation():
        week.click("main form[action$='/solved'] button")
    with page.expect_navigation():
        week.click("main form[action$='/ease'] button[value=easy]")
    week.go(f"/reach/{week.regular}/rest")
    page.locator("main [name=paused_until], main [name=until]").first.fill("05/12/2026")
    week.save()


def friday_and_saturday(week: Week) -> None:
    """A promise gets another day, and Zahid leaves; his customers go to Rohit."""
    page = week.page
    week.call(week.regular + 5, "शनिवार को बताऊँगा", promised="रेट भेजना", promised_for="27/11/2026")
    week.wait(days=2)
    week.sit("عاصمہ")
    week.go("/promises/")
    assert "رेट" not in page.inner_text("main")
    assert "रेट भेजना" in page.inner_text("main"), "nothing is lost by a day without the PC"
    with page.expect_navigation():
        week.click("main a[href*='/promises/'][href$='/move']")
    page.locator("[name=due_on]").fill("30/11/2026")
    page.locator("[name=why]").fill("ریٹ پیر کو آئیں گے")
    week.save()
    assert week.count(PromiseMove) == 1
    week.go("/settings/staff/")
    with page.expect_navigation():
        week.click("main a:has-text('زاہد')")
    with page.expect_navigation():
        week.click("main a[href$='/hand-over']")
    week.click("main label:has-text('रोहित')")
    page.locator("[name=leaves]").check()
    week.save()
    with week.app.app_context():
        shares = db.session.scalars(select(func.count(Customer.id)).group_by(Customer.salesman_id)).all()
        db.session.remove()
    assert sorted(shares) == [200, 400]


def tuesday_again(week: Week) -> None:
    """The check-in after the sale, the promise of yesterday; nothing scolds, and every page still stands."""
    page = week.page
    week.wait(days=3)
    week.sit("रोहित")
    week.go("/?whose=all")
    lines = page.locator("ol.lines > li.entry").all_inner_texts()
    assert any(NAMES[31] in one for one in lines), "seven days after a first sale somebody asks whether it works"
    assert len({one.splitlines()[1] for one in lines}) == len(lines) <= 10
    for path in (
        f"/customers/{week.mine}",
        f"/customers/{week.mine}/briefing",
        f"/customers/{week.mine}/timeline",
        "/my-day/",
        "/loyalty/",
    ):
        week.go(path)
        assert page.locator("h1").count() == 1
    assert (week.count(Customer), week.count(Interaction)) == (600, 11)


def test_a_week_of_the_shop(week, tmp_path):
    monday(week, tmp_path)
    tuesday(week)
    wednesday(week, tmp_path)
    wednesday_evening(week)
    thursday(week)
    friday_and_saturday(week)
    tuesday_again(week)
