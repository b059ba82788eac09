"""Somebody at the screen: reads, fills in, presses; what is not there or goes wrong ends the test with a sentence."""

import pytest

from loyalapp.core.clock import today
from loyalapp.features.customers import service as customers
from loyalapp.testing import Desk


@pytest.fixture
def desk(app):
    return Desk(app)


def test_a_form_is_filled_in_by_its_fields_and_sent(app, desk):
    said = desk.send("/customers/new", name="Rukhsana Bibi")

    assert "Rukhsana Bibi" in said
    with app.app_context():
        assert customers.total() == 1


def test_a_form_with_something_to_mend_is_an_answer(desk):
    assert "field-error" in desk.send("/customers/new", name="")


def test_what_is_not_there_is_said(desk):
    with pytest.raises(AssertionError, match="/settings/ has no form with colour"):
        desk.send("/settings/", colour="blue")
    with pytest.raises(AssertionError, match="/settings/ has no button “Fly”"):
        desk.press("/settings/", "Fly")
    with pytest.raises(AssertionError, match="/nothing answers 404"):
        desk.read("/nothing")


def test_stray_english_is_found_in_other_languages_only(app):
    app.add_url_rule("/half", "half", lambda: '<!doctype html><html lang="ur"><p>سلام Hello <bdi>Imran</bdi></p>')
    desk = Desk(app)
    assert desk.stray_english("/half") == ["Hello"]

    desk.speak("hi")
    assert desk.stray_english("/customers/") == []
    desk.speak("en")
    assert desk.stray_english("/customers/") == []


def test_later_is_later(app, desk):
    with app.app_context():
        before = today()
        with desk.later(days=8):
            assert (today() - before).days == 8
        assert today() == before
