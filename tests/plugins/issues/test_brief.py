"""What an ally is told: everything, in the ally's language, so that the customer never repeats anything."""

import tomllib
from datetime import timedelta
from string import Formatter

import pytest

from loyalapp import sdk
from plugins.issues import allies, brief, handing, hours, photos, service, waiting
from plugins.issues.allies import Written
from tests.core.test_pictures import JPEG
from tests.plugins.issues.conftest import browser, send

WORDS = tomllib.loads(brief.FILE.read_text("utf-8"))
FIVE = ("ur", "hi", "en", "ur-Latn", "hi-Latn")


@pytest.fixture
def given(app, person):
    """A problem with everything in it, handed to somebody who reads Hindi; answers with the hand-over's number."""
    with app.app_context():
        hours.save(hours.Hours(closed=(), keeps_holidays=False))
        customer_id = person("en", place="Lahore", address="12 Mall Road")
        day = sdk.today() + timedelta(days=100)
        sale = sdk.catalogue.record_purchase(
            customer_id, "Overlock 747", sdk.today(), serial="SN-44-2031A", warranty_until=day
        )
        problem_id = service.record(
            customer_id, "It leaks oil.\nSince Monday", purchase_id=sale, urgency="stopped",
            promised="A visit.", promised_for=sdk.today() + timedelta(days=2),
        )  # fmt: skip
        service.add_contact(problem_id)
        photos.add(problem_id, JPEG)
        values = {"name": "Ramesh", "department": "repair", "whatsapp": "+91 98220 45678", "language": "hi"}
        ally_id = allies.add(Written({**values, "email": "ramesh@example.com"}))
        return handing.give(problem_id, ally_id, tried="Changed the seal", note="Please visit").hand_over_id


@pytest.mark.parametrize("language", FIVE)
def test_everything_is_in_it_in_every_language(app, given, language):
    with app.test_request_context():
        told = brief.of(waiting.one(given), language)
        text = brief.text(told)
    everything = ["Ramesh", "John Mathew", "Lahore", "It leaks oil.", "Overlock 747", "SN-44-2031A", "Changed the seal"]
    for word in (*everything, "A visit", "Please visit", WORDS[language]["stopped"], WORDS[language]["end"]):
        assert word in text, word
    labels = ("words", "serial", "warranty", "tried", "promised", "photos", "ask", "by", "contacts")
    assert [WORDS[language][one] for one in labels if f"{WORDS[language][one]}: " not in text] == []
    for hidden in ("Mall Road", "0333", "+92333"):
        assert hidden not in text, "only what is needed"


def test_number_and_address_go_along_only_where_they_are_to_be_used(app, given):
    with app.test_request_context():
        row = waiting.one(given)
        sdk.db.session.get(brief.HandOver, given).with_contact = True
        text = brief.text(brief.of(row, "en"))

    assert "12 Mall Road" in text
    assert "+923334567892" in text


def test_the_words_are_the_same_in_every_language():
    for language in FIVE:
        assert WORDS[language].keys() == WORDS["en"].keys(), language
        for key, words in WORDS[language].items():
            names = {name for _text, name, _spec, _conversion in Formatter().parse(words) if name}
            wanted = {name for _text, name, _spec, _conversion in Formatter().parse(WORDS["en"][key]) if name}
            assert names == wanted, (language, key)


@pytest.mark.parametrize("language", FIVE)
def test_visits_and_what_was_not_solved_after_all_are_told_where_nobody_wrote_them_down(app, person, language):
    with app.app_context():
        problem_id = service.record(person("en"), "It leaks")
        ally_id = allies.add(Written({"name": "Ramesh", "department": "repair", "whatsapp": "+91 98220 45678"}))
        first = handing.give(problem_id, ally_id).hand_over_id
        assert WORDS[language]["nothing"] in brief.text(brief.of(waiting.one(first), language))
        handing.answered(first, "Call me")
        service.look_after(problem_id, 60, visited=True)
        service.done(problem_id)
        service.reopen(problem_id)
        again = handing.give(problem_id, ally_id).hand_over_id
        text = brief.text(brief.of(waiting.one(again), language))

    for key in ("went_there", "not_solved"):
        assert WORDS[language][key].partition("{day}")[2] in text
    assert WORDS[language]["nothing"] not in text


def test_where_we_took_care_of_it_nobody_is_told_that_nothing_was_tried(app, person):
    with app.app_context():
        problem_id = service.record(person("en"), "It leaks")
        service.look_after(problem_id, 30)
        ally_id = allies.add(Written({"name": "Ramesh", "department": "repair", "whatsapp": "+91 98220 45678"}))
        given = handing.give(problem_id, ally_id).hand_over_id
        text = brief.text(brief.of(waiting.one(given), "en"))
    assert "Tried so far" not in text


def test_what_an_earlier_ally_said_was_tried_too(app, given):
    with app.test_request_context():
        row = waiting.one(given)
        handing.answered(given, "The pump is worn")
        other = allies.add(Written({"name": "Bilal", "department": "supplier", "phone": "0300 1112233"}))
        assert handing.tried_before(row.problem_id) == "Changed the seal\nRamesh: The pump is worn"
        next_one = handing.give(row.problem_id, other).hand_over_id
        assert "Ramesh: The pump is worn" in brief.text(brief.of(waiting.one(next_one), "en"))


def test_a_long_problem_still_fits_into_what_a_phone_reads(app, given):
    with app.test_request_context():
        problem = service.get(waiting.one(given).problem_id)
        problem.what = "دھاگا ٹوٹتا ہے " * 120
        for language in FIVE:
            address, picture = brief.for_phone(brief.of(waiting.one(given), language), "+919822045678")
            assert address.startswith("https://wa.me/919822045678")
            assert "<svg" in picture


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_the_sheet_is_drawn_with_the_photo_and_typed_markup_stays_text(app, given, language):
    client = browser(app)
    with app.app_context():
        problem = service.get(waiting.one(given).problem_id)
        problem.what = '#panic("x") *bold* $ # <b>\\ ' + "x" * 300
        sdk.db.session.commit()
    picture = client.get(f"/plugins/issues/hand-overs/{given}/sheet.png?language={language}")
    assert picture.data.startswith(b"\x89PNG")
    here = f"/plugins/issues/hand-overs/{given}"
    for form, begins in (("pdf", b"%PDF-"), ("png", b"\x89PNG")):
        answer = send(client, here, f"{here}/save", format=form, language=language)
        assert answer.status_code == 303
        [file] = app.extensions["loyalapp.data"].exports.glob(f"*.{form}")
        assert file.read_bytes().startswith(begins)


def test_an_unknown_language_is_the_allys_own(app, given):
    page = browser(app).get(f"/plugins/issues/hand-overs/{given}?language=xx<script>").get_data(as_text=True)

    assert "नमस्ते Ramesh," in page
    assert "xx<script>" not in page


def test_the_email_holds_no_line_of_its_own_making(app, given):
    with app.test_request_context():
        address = brief.email(brief.of(waiting.one(given), "en"), "a@b.example?bcc=x@y.example")

    assert address.count("?") == 1
    assert "bcc" not in address.partition("?")[2].partition("&")[0]
    assert "\n" not in address
