"""My day: the lines of Today by locality, as a page, a sheet and a text for the phone."""

from loyalapp.core.clock import today
from loyalapp.core.i18n import in_language
from loyalapp.features.customers import service as customers
from loyalapp.features.interactions import service as interactions
from loyalapp.features.my_day import service
from loyalapp.features.staff import service as staff


def due(name: str, **values) -> int:
    who = customers.add({"name": name, **values}).id
    interactions.promise(who, f"The price for {name}", today())
    return who


def test_lines_stand_by_locality_else_by_town_and_those_without_a_place_at_the_end(any_app):
    with any_app.app_context():
        due("Anwar")
        due("Bano", locality="Saddar", place="Karachi")
        due("Chand", place="Lahore")
        due("Dara", locality="saddar ", place="Karachi")

        stops = service.stops()
        assert [(one.place, len(one.lines)) for one in stops] == [("Lahore", 1), ("Saddar", 2), ("", 1)]


def test_what_has_to_wait_is_not_carried_along(any_app):
    with any_app.app_context():
        due("Anwar", paused_until=today().replace(year=today().year + 1, day=1))

        assert service.stops() == []


def test_only_the_lines_of_whoever_sits_here(any_app):
    with any_app.app_context():
        one, other = staff.add("Asma"), staff.add("Bilal")
        due("Anwar", salesman_id=one)
        due("Bano", salesman_id=other)
        staff.sit_down(one)
        try:
            assert [line.customer.name for stop in service.stops() for line in stop.lines] == ["Anwar"]
        finally:
            staff.sit_down(None)


def test_the_text_has_no_signs_a_chat_shows_as_boxes_and_comes_in_pieces_a_phone_can_read(any_app):
    with any_app.app_context(), in_language("ur"):
        for number in range(9):
            due(f"گاہک {number}", place="لاہور", phones=[f"0300 123456{number}"])

        pieces = service.texts(service.stops())
        assert len(pieces) > 1
        assert all(len(one) < 700 for one in pieces)
        assert not any("\u2066" <= sign <= "\u2069" for one in pieces for sign in one)
        assert all(f"گاہک {number}" in "".join(pieces) for number in range(9))
        assert "".join(pieces).count("لاہور:") == 1
        assert "\u200e+92 300 1234560" in "".join(pieces), "a number keeps its order behind a name in Urdu"


def test_page_sheet_and_phone_in_every_language(app, client, csrf):
    with app.app_context():
        due("ناصر", locality="انارکلی", phones=["0300 1234567"])
    data = app.extensions["loyalapp.data"]
    for language in ("ur", "hi", "en"):
        with client.session_transaction() as session:
            session["language"] = language
        assert "انارکلی" in client.get("/my-day/").get_data(as_text=True)
        phone = client.get("/my-day/phone").get_data(as_text=True)
        assert '<svg class="qr"' in phone
        assert "https://wa.me/?text=" in phone
        assert client.post("/my-day/sheet", data=csrf()).status_code == 303
    assert all(one.read_bytes().startswith(b"%PDF") for one in data.exports.glob("my-day-*.pdf"))
    assert list(data.exports.glob("my-day-*.pdf"))


def test_an_empty_day_says_so(client):
    assert "Nobody is waiting for you today." in client.get("/my-day/").get_data(as_text=True)
    assert client.get("/my-day/phone").status_code == 200
