"""Pauses, desks, old reviews, appointments and the printed sheet, as a browser sees them."""

import re
from datetime import timedelta

from loyalapp import sdk
from loyalapp.core.clock import frozen
from plugins.reviews import answers, printing, service, talks

from .conftest import HOME, account, fields


def test_at_a_pause_only_what_was_touched_is_kept_and_nothing_is_made_of_it(desk, farah, any_app):
    page = fields(desk.get(f"{HOME}/hold/{farah}").text)
    token = {"csrf_token": page["csrf_token"], "seen": "0"}
    first = {**token, "v-needs_time": "0", "said-needs_time": "Button", "keep-needs_time": "need"}
    told = desk.post(f"{HOME}/hold/{farah}/keep", data=first).json
    assert told["versions"] == {"needs_time": 1}
    assert told["note"].startswith("Kept at")
    second = {**first, "v-needs_time": "1", "said-needs_time": "Buttonholes."}
    assert desk.post(f"{HOME}/hold/{farah}/keep", data=second).json["versions"] == {"needs_time": 2}
    stale = desk.post(f"{HOME}/hold/{farah}/keep", data={**first, "said-needs_time": "Other"}).json
    assert "Another desk" in stale["clash"]
    ending = {"csrf_token": page["csrf_token"], "v": str(told["version"]), "mood": "leaving", "promised": "The bill"}
    desk.post(f"{HOME}/hold/{farah}/keep", data=ending)
    with any_app.app_context():
        review = service.open_review(farah)
        assert (review.mood, review.promised, review.recommendation) == ("leaving", "The bill", "")
        assert answers.of(review.id)["needs_time"].said == "Buttonholes."
        assert sdk.needs.needs_of(farah) == []
        assert sdk.interactions.promises_of(farah) == []


def test_beside_a_plain_no_the_tick_is_away_and_comes_back_by_hand(desk, farah, any_app):
    page = desk.get(f"{HOME}/hold/{farah}").text
    assert _is_ticked(page, "needs_time")
    sent = {"csrf_token": fields(page)["csrf_token"], "v": "0", "do": "keep", "keep-needs_time": "need"}
    desk.post(f"{HOME}/hold/{farah}", data={**sent, "v-needs_time": "0", "said-needs_time": "Nothing."})
    page = desk.get(f"{HOME}/hold/{farah}").text
    assert not _is_ticked(page, "needs_time")
    again = {**sent, "v": fields(page)["v"], "v-needs_time": "1", "said-needs_time": "Nothing but the collars."}
    desk.post(f"{HOME}/hold/{farah}", data=again)
    assert _is_ticked(desk.get(f"{HOME}/hold/{farah}").text, "needs_time")
    with any_app.app_context():
        assert [need.text for need in sdk.needs.needs_of(farah)] == ["Nothing but the collars."]


def _is_ticked(page: str, question: str) -> bool:
    (box,) = re.findall(rf'<input type="checkbox" name="keep-{question}"[^>]*>', page)
    return "checked" in box


def test_a_review_left_open_for_weeks_says_so_and_can_be_put_aside(desk, farah, any_app):
    with any_app.app_context():
        review = service.write_down(farah, 0, answers={"us_going": "old words"})
        review.opened_on = sdk.today() - timedelta(days=40)
        number = review.id
        sdk.db.session.commit()
    page = desk.get(f"{HOME}/hold/{farah}").text
    assert "never finished" in page
    desk.post(f"{HOME}/{number}/drop", data=fields(page))
    page = desk.get(f"{HOME}/hold/{farah}").text
    assert fields(page)["said-us_going"] == ""
    assert "old words" in desk.get(f"{HOME}/{number}").text


def test_an_appointment_is_asked_for_and_written_down(desk, farah, any_app):
    page = desk.get(f"{HOME}/ask/{farah}?language=ur&free=1").text
    assert "اس کے کوئی پیسے نہیں۔ یہ ہمارے خاص گاہکوں کے لیے ہے۔" in page
    token = re.search(r'name="csrf_token" value="([^"]*)"', page)[1]
    data = {"csrf_token": token, "do": "agree", "channel": "call", "day": "", "hour": "17:00"}
    refused = desk.post(f"{HOME}/ask/{farah}", data=data)
    assert refused.status_code == 422
    assert "Which day did you agree on?" in refused.text
    with any_app.app_context():
        day = (sdk.today() + timedelta(days=2)).strftime("%d/%m/%Y")
    assert desk.post(f"{HOME}/ask/{farah}", data={**data, "day": day}).status_code == 303
    assert "Agreed for" in desk.get(f"{HOME}/hold/{farah}").text
    later = {"csrf_token": token, "do": "later", "again_on": day, "note": "busy"}
    assert desk.post(f"{HOME}/ask/{farah}", data=later).status_code == 303
    with any_app.app_context():
        assert talks.open_of(farah).state == talks.LATER


def test_the_sheet_is_saved_as_pdf_and_goes_when_the_customer_is_erased(desk, farah, any_app):
    page = desk.get(f"{HOME}/sheet/{farah}").text
    token = re.search(r'name="csrf_token" value="([^"]*)"', page)[1]
    assert desk.post(f"{HOME}/sheet/{farah}", data={"csrf_token": token, "language": "hi"}).status_code == 303
    with any_app.app_context():
        (file,) = printing.files(farah)
        assert file.read_bytes().startswith(b"%PDF")
        assert sdk.ask("customer_erase", customer_id=farah) == [file]


def test_what_was_agreed_and_not_held_is_still_on_the_page_of_reviews(desk, farah, any_app):
    with any_app.app_context():
        other = account("iron", name="Other")
        talks.agree(farah, sdk.today() + timedelta(days=1))
        talks.ask_later(other, sdk.today() + timedelta(days=2))
        sdk.db.session.remove()
    with frozen(sdk.now() + timedelta(days=3)):
        page = desk.get(f"{HOME}/").text
    agreed = page.split('id="h-agreed"', 1)[1].split('id="h-due"', 1)[0]
    assert f"{HOME}/hold/{farah}" in agreed
    assert f"{HOME}/ask/{other}" in agreed
