"""Who sits at a shared PC: one click switches, the language goes along, and alone there is nothing to switch."""

import pytest

from loyalapp.features.customers import service as customers
from loyalapp.features.interactions.models import Interaction
from loyalapp.features.staff import pins
from loyalapp.features.staff import service as staff
from loyalapp.features.staff.models import Deed
from tests.conftest import close, open_app, through_the_door
from tests.features.desk.conftest import PIN
from tests.markup import Page
from tests.walk import filled, token_of


def head(client, page: str = "/customers/") -> str:
    """What the head of a page says."""
    text = client.get(page).get_data(as_text=True)
    return text.split("<header", 1)[1].split("</header>", 1)[0]


def language(client) -> str:
    return Page(client.get("/customers/").get_data(as_text=True)).all("html")[0]["lang"]


@pytest.mark.parametrize("names", [(), ("Asma",)])
def test_alone_nothing_asks_who_sits_here(app, client, names):
    with app.app_context():
        for one in names:
            staff.add(one, role="owner")

    assert "data-seat" not in head(client)
    for page in ("/customers/file", "/plugins/install", "/settings/staff/deeds"):
        assert client.get(page).status_code == 200


def test_one_click_switches_keeps_the_page_and_speaks_their_language(app, client, shop, sit):
    assert "Rohit" in head(client)
    assert "Nobody yet" in head(client)

    answer = sit(shop.rohit, wanted="/customers/?place=Lahore")
    assert answer.headers["Location"] == "/customers/?place=Lahore"
    assert language(client) == "hi"
    sit(shop.asma, PIN)
    assert language(client) == "ur"
    sit(shop.zahid, PIN)
    assert language(client) == "en"  # none of his own: as on this computer


def test_language_chosen_while_sitting_is_theirs_and_not_the_firms(app, client, shop, sit):
    sit(shop.zahid, PIN)
    client.post("/language", data={"csrf_token": token_of(client), "language": "hi", "next": "/"})

    assert language(client) == "hi"
    with app.app_context():
        assert staff.get(shop.zahid).language == "hi"
    assert app.config["LANGUAGE"] == "en"


def test_pin_is_asked_only_where_one_is_set_and_a_wrong_one_seats_nobody(app, client, shop, sit):
    token = {"csrf_token": token_of(client)}
    asked = client.post("/desk/switch", data={**token, "who": shop.zahid, "next": "/customers/"})
    assert asked.headers["Location"] == f"/desk/{shop.zahid}/sit?next=/customers/"
    assert client.get(asked.headers["Location"]).status_code == 200

    answer = sit(shop.zahid, "1111")
    assert answer.status_code == 422
    assert "1111" not in answer.get_data(as_text=True)
    assert "Nobody yet" in head(client)


@pytest.mark.parametrize("who", ["", "0", "999", "x", "٣"])
def test_whoever_gets_up_or_is_not_here_leaves_the_desk_empty(app, client, shop, sit, who):
    sit(shop.rohit)
    sit(who)

    client.post("/language", data={"csrf_token": token_of(client), "language": "en", "next": "/"})
    assert "Nobody yet" in head(client)


def test_who_left_the_firm_sits_nowhere(app, client, shop, sit):
    sit(shop.rohit)
    with app.app_context():
        staff.leave(shop.rohit)

    assert "Rohit" not in head(client)


def test_what_is_written_down_carries_the_name_of_who_sits_here(app, client, shop, sit):
    sit(shop.rohit)
    with app.app_context():
        zainab = customers.add({"name": "Zainab"}).id
    page = f"/contacts/new/{zainab}"
    assert client.post(page, data=filled(client, page, action="", said="Fine")).status_code == 303

    with app.app_context():
        contact = staff.db.session.query(Interaction).one()
        deed = staff.db.session.query(Deed).filter_by(what="contact").one()
        assert (contact.staff_member_id, deed.staff_member_id, deed.customer_id) == (shop.rohit, shop.rohit, zainab)


def test_new_customer_is_looked_after_by_who_sits_here(app, client, shop, sit):
    sit(shop.rohit)
    client.post("/customers/new", data=filled(client, "/customers/new", name="Zainab"))

    with app.app_context():
        assert customers.get(customers.find("Zainab")[0].id).salesman_id == shop.rohit


def test_what_comes_after_a_request_is_nobodys(app, client, shop, sit):
    sit(shop.rohit)
    client.get("/customers/")

    assert staff.at_desk() is None


def test_new_window_knows_who_sat_here_but_for_those_with_a_pin(data_dir, app, client, shop, sit):
    sit(shop.rohit)
    close(app)
    again = open_app(data_dir)
    assert "Rohit" in head(through_the_door(again)).split("<summary", 1)[1].split("</summary>", 1)[0]
    with again.app_context():
        pins.choose(shop.rohit, PIN, PIN)
    assert "Nobody yet" in head(through_the_door(again))
    close(again)
