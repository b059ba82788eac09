"""The first start, in each language; example data comes and goes in one click and leaves no trace."""

import pytest
from sqlalchemy import inspect, text

from loyalapp.core.db import db
from loyalapp.features.customers import service as customers
from loyalapp.features.settings import service as settings
from loyalapp.features.welcome import service
from tests.conftest import close, open_app, through_the_door
from tests.walk import filled, token_of


@pytest.fixture
def new(tmp_path):
    """An app that nobody has answered the questions of yet."""
    app = open_app(tmp_path / "new")
    yield app
    close(app)


@pytest.mark.parametrize(
    ("language", "country", "currency"), [("ur", "PK", "PKR"), ("hi", "IN", "INR"), ("en", "XX", "USD")]
)
def test_the_first_start_is_three_answers_and_a_way(new, language, country, currency):
    browser = through_the_door(new)
    doors = browser.get("/welcome/").get_data(as_text=True)
    assert all(word in doors for word in ("اردو", "हिन्दी", "English"))

    data = filled(browser, "/welcome/", language=language)
    firm = browser.post("/language", data=data, follow_redirects=True)
    assert firm.request.path == "/welcome/firm"
    assert f'lang="{language}"' in firm.get_data(as_text=True)
    data = filled(browser, "/welcome/firm", name="انمول مشینری", country=country, city="Pune")
    ways = browser.post("/welcome/firm", data=data, follow_redirects=True)

    assert ways.request.path == "/welcome/ways"
    assert browser.get("/").status_code == 200
    with new.app_context():
        assert (settings.firm().language, settings.firm().currency) == (language, currency)


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": " \u200b "}, {"country": "DE"}, {"country": ""}, {"name": "x" * 301}]
)
def test_bad_input_keeps_what_was_typed(new, wrong):
    browser = through_the_door(new)
    answer = browser.post(
        "/welcome/firm", data={**filled(browser, "/welcome/firm", name="Anmol", city="لاہور"), **wrong}
    )

    assert answer.status_code == 422
    assert "لاہور" in answer.get_data(as_text=True)
    with new.app_context():
        assert not settings.is_set_up()


def counts() -> dict[str, int]:
    with db.engine.connect() as link:
        tables = [one for one in inspect(link).get_table_names() if "index" not in one and "version" not in one]
        return {one: int(link.execute(text(f'SELECT count(*) FROM "{one}"')).scalar() or 0) for one in tables}


def test_example_data_is_lively_and_leaves_no_trace(any_app):
    with any_app.app_context():
        mine = customers.add({"name": "My own"}).id
        settings.put("examples", False)  # so that the row is there before and after
        before = counts()
        made = service.add_examples()
        during = counts()
        assert made >= 8
        assert service.add_examples() == 0, "not twice"
        assert {one for one, count in during.items() if count > before[one]} >= {
            "customer",
            "interaction",
            "promise",
            "purchase",
        }
        assert len([one for one in during if one.startswith("plg_") and during[one] > before[one]]) >= 3

        assert service.remove_examples() == made
        after = counts()
        db.session.remove()
        assert customers.get(mine).name == "My own"
        assert [row.id for row in customers.page().rows] == [mine]
        assert customers.find("Sunita") == customers.find("عمران") == []

    left = {one: count - before[one] for one, count in after.items() if count != before[one] and one != "product"}
    assert left == {}


def test_examples_are_offered_and_taken_out_by_the_pages(any_client, any_app):
    token = {"csrf_token": token_of(any_client)}
    assert "/welcome/examples/remove" not in any_client.get("/settings/").get_data(as_text=True)
    assert any_client.post("/welcome/examples", data=token).headers["Location"] == "/"
    assert "/welcome/examples/remove" in any_client.get("/settings/").get_data(as_text=True)
    done = any_client.post("/welcome/examples/remove", data=token, follow_redirects=True)

    assert "The example data is gone." in done.get_data(as_text=True)
    with any_app.app_context():
        assert customers.total() == 0
