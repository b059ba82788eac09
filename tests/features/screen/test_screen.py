"""Everybody's own letters, size and keyboard: kept, in force on every page, and sound whatever was stored."""

import pytest

from loyalapp.core.errors import LoyalAppError
from loyalapp.features.screen import service
from loyalapp.features.screen.service import Screen
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff
from tests.conftest import close, open_app, through_the_door
from tests.markup import Page
from tests.walk import token_of

CHOSEN = {"letters": "naskh", "size": "115", "keyboard": "hi"}
SIGNS = 'data-letters="naskh" data-size="115" data-keyboard="hi"'


def page(browser, path="/customers/") -> str:
    return browser.get(path).get_data(as_text=True)


def test_choice_holds_on_every_page_and_at_the_next_start(data_dir):
    app = open_app(data_dir)
    browser = through_the_door(app)
    assert "data-letters" not in page(browser)
    assert "data-keyboard-switch" not in page(browser)

    answer = browser.post("/settings/screen/", data={"csrf_token": token_of(browser), **CHOSEN})
    assert answer.status_code == 303
    assert SIGNS in page(browser)
    assert "data-keyboard-switch" in page(browser)
    close(app)

    again = open_app(data_dir)
    assert SIGNS in page(through_the_door(again))
    close(again)


def test_who_sits_here_has_their_own_and_others_that_of_the_computer(app):
    with app.app_context():
        staff.add("Asma", role="owner")
        rohit = staff.add("Rohit")
        service.choose(Screen(size=110))
        staff.sit_down(rohit)
        assert service.screen() == Screen(size=110), "until they choose for themselves"
        service.choose(Screen("naskh"))
        assert service.screen() == Screen("naskh")
        staff.sit_down(None)
        assert service.screen() == Screen(size=110)


@pytest.mark.parametrize("wrong", [Screen("kufi"), Screen(size=84), Screen(size=101), Screen(keyboard="de")])
def test_what_is_not_offered_is_refused(app, wrong):
    with app.app_context():
        with pytest.raises(LoyalAppError):
            service.choose(wrong)
        assert service.screen() == Screen()


def test_what_a_newer_program_stored_does_not_stop_a_start(data_dir):
    app = open_app(data_dir)
    with app.app_context():
        settings.put("screens", {"0": {"letters": "diwani", "size": 300}, "1": {"size": 120, "colour": "red"}})
    close(app)
    again = open_app(data_dir)
    with again.app_context():
        assert service.screen() == Screen()
        staff.sit_down(1)
        assert service.screen() == Screen(size=120)
        staff.sit_down(None)
    close(again)


def test_page_shows_what_is_chosen_and_says_what_is_wrong(client):
    answer = client.post("/settings/screen/", data={"csrf_token": token_of(client), **CHOSEN, "size": "500"}).get_data(
        as_text=True
    )

    assert "Please choose one." in answer
    form = next(one for one in Page(answer).forms if "letters" in one.fields)
    assert (form.fields["letters"], form.fields["size"], form.fields["keyboard"]) == ("naskh", "500", "hi")
