"""A review that was held on paper counts for the day of the talk, not for the day on which it was copied in (B2)."""

from datetime import timedelta

import pytest

from loyalapp import sdk
from plugins.reviews import rhythm, service
from plugins.reviews.rhythm import Rhythm

from .conftest import HOME, account, fields, held, sell_everything
from .test_service import TIP

DAY = timedelta(days=1)


@pytest.fixture
def inside(any_app):
    with any_app.test_request_context():
        sell_everything()
        rhythm.save(Rhythm(closed=()))
        yield
        sdk.db.session.remove()


@pytest.mark.usefixtures("inside")
def test_a_sheet_copied_in_later_counts_for_the_day_of_the_talk():
    one, day = account("iron"), sdk.today() - DAY * 3
    service.assess(one, "yes")
    done = service.finish(one, 0, held_on=day, **TIP)
    assert (done.held_on, done.next_on) == (day, day + DAY * 90)
    assert sdk.local(sdk.interactions.latest(one, 1)[0].happened_at).date() == day


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("ago", [-1, 61, 400])
def test_no_review_is_held_in_the_days_to_come_or_long_ago(ago):
    one = account("iron")
    with pytest.raises(sdk.LoyalAppError) as refused:
        service.finish(one, 0, held_on=sdk.today() - DAY * ago, **TIP)
    assert refused.value.field == "held_on"
    assert service.last_held(one) is None


@pytest.mark.usefixtures("inside")
def test_no_review_is_held_before_the_last_one():
    one = account("iron")
    service.finish(one, 0, held_on=sdk.today() - DAY * 5, **TIP)
    with pytest.raises(sdk.LoyalAppError, match="The last review was on"):
        service.finish(one, 0, held_on=sdk.today() - DAY * 6, **TIP)
    sdk.db.session.rollback()
    begun = service.open_review(one).version
    assert service.finish(one, begun, held_on=sdk.today() - DAY * 4, **TIP).state == "closed"


def test_the_day_is_kept_at_a_pause_and_counts_for_nothing_yet(desk, farah, any_app):
    page = fields(desk.get(f"{HOME}/hold/{farah}").text)
    with any_app.app_context():
        day = sdk.today() - DAY * 2
    typed = {"csrf_token": page["csrf_token"], "v": "0", "recommendation": "Oil it.", "held_on": f"{day:%d/%m/%Y}"}
    desk.post(f"{HOME}/hold/{farah}/keep", data=typed)
    assert fields(desk.get(f"{HOME}/hold/{farah}").text)["held_on"] == f"{day:%d/%m/%Y}"
    with any_app.app_context():
        review = service.open_review(farah)
        assert (review.held_on, service.last_held(farah)) == (day, None)
        number = review.id
    desk.post(f"{HOME}/{number}/drop", data={"csrf_token": page["csrf_token"]})
    assert "does not count as held" in desk.get(f"{HOME}/{number}").text


def test_the_page_of_a_review_takes_the_day_of_the_sheet(desk, farah, any_app):
    page = fields(desk.get(f"{HOME}/hold/{farah}").text)
    assert page["held_on"] == ""
    with any_app.app_context():
        day, late = sdk.today() - DAY * 2, sdk.today() + DAY * 2
    typed = {**page, "do": "finish", "recommendation": "Oil it.", "kind": "tip"}
    refused = desk.post(f"{HOME}/hold/{farah}", data={**typed, "held_on": f"{late:%d/%m/%Y}"})
    assert "a day of the last two months" in refused.text
    again = {**fields(refused.text), "do": "finish", "kind": "tip", "held_on": f"{day:%d/%m/%Y}"}
    desk.post(f"{HOME}/hold/{farah}", data=again)
    assert held(any_app, farah).held_on == day
