"""The pages of the desk, the pass, the days and the year; and that nothing anywhere is sifted by a festival."""

import re
from datetime import date

import pytest
from sqlalchemy import event

from loyalapp import sdk
from loyalapp.core.db import db
from loyalapp.features.customers import export
from plugins.greetings import after, certain, feasts, giving, marked, occasions, own, plugin, service
from tests.conftest import through_the_door

HOME = "/plugins/greetings"
NEXT_YEAR = ("new_year", 2031)  # far enough, and without a calendar


@pytest.fixture
def post(client, csrf):
    """Press a button: `post("/days/…", said="later")`."""
    return lambda path, **typed: client.post(f"{HOME}{path}", data={**csrf(), **typed})


def add(app, name: str = "Tariq", **values) -> int:
    with app.app_context():
        return sdk.customers.add({"name": name, "message_language": "en", **values}).id


def born_today(app) -> dict[str, int]:
    with app.app_context():
        return {"birth_month": sdk.today().month, "birth_day": sdk.today().day}


def test_nothing_goes_to_all(app, client):
    """No button, no box to tick, no address that takes more than one customer: one card, one person (E5)."""
    for number in range(3):
        add(app, f"P{number}", **born_today(app))
    page = client.get(f"{HOME}/").text
    assert 'type="checkbox"' not in page
    assert page.count("Make a card") == 3
    rules = [one.rule for one in app.url_map.iter_rules() if one.rule.startswith(HOME)]
    assert not [rule for rule in rules if re.search(r"\b(all|bulk|many|everybody|broadcast|export)\b", rule)]
    assert not [rule for rule in rules if rule.count("customer_id") + rule.count("card_id") > 1]


def test_nothing_is_sifted_listed_or_written_out_by_a_festival(app, client, csrf):
    """Where one could look for those of a festival, its name and its marks are not known."""
    marked_one, other = add(app, "Marked One"), add(app, "Other One")
    with app.app_context():
        marked.mark(marked_one, *NEXT_YEAR, greet=True)
        marked.wish(marked_one, "eid_fitr", wanted=True)
        marked.wish(other, "diwali", wanted=False)
    names = {word for key in occasions.every("festival") for word in occasions.names_of(key)}
    for page in ("/customers/", "/search?q=Eid", "/search?q=diwali", f"/customers/{marked_one}/edit", "/loyalty/"):
        text = client.get(page, follow_redirects=True).text
        assert not [name for name in names if f">{name}<" in text], page
    for wish in ("Eid", "Diwali", "عید", "eid_fitr"):
        assert "Marked One" not in client.get(f"/search?q={wish}").text
    for where in ("", "?occasion=new_year", "?festival=eid_fitr&wanted=1"):
        page = client.get(f"/customers/{where}").text
        assert ("Marked One" in page, "Other One" in page) == (True, True), where
    with app.app_context():
        for form in ("json", "csv"):
            written = export.write(form, None).read_text("utf-8")
            assert "Marked One" in written
            assert not [word for word in ("eid_fitr", "diwali", "new_year", *names) if word in written]
    assert not {"customer_columns", "customer_panels", "reports"} & set(vars(plugin))
    for where in ("year", "never"):
        assert "<select" not in client.get(f"{HOME}/{where}").text


def test_the_pass_takes_one_answer_after_the_other_and_takes_one_back(app, client, csrf):
    one, two = add(app, "Aslam"), add(app, "Bashir")
    address = f"{HOME}/marks/{NEXT_YEAR[0]}/{NEXT_YEAR[1]}"
    page = client.get(address).text
    assert page.index("Aslam") < page.index("Bashir")
    wants = {"headers": {"Accept": "application/json"}}
    for answer in (f"yes-{one}", f"no-{two}", f"unsorted-{two}"):
        assert client.post(address, data={**csrf(), "answer": answer}, **wants).status_code == 200
    page = client.get(address).text
    assert "Aslam" not in page
    assert "Bashir" in page
    assert client.post(address, data={**csrf(), "answer": f"yes-{two}"}).status_code == 303
    assert "Everybody has been answered" in client.get(address).text
    assert client.get(f"{address}?again=1").text.count("data-chosen") == 2
    for bad in ("yes-x", "maybe-1", "", "yes-99999999999"):
        assert client.post(address, data={**csrf(), "answer": bad}, **wants).status_code == 200


def test_a_pass_for_a_day_nobody_knows_is_not_there(client):
    for address in ("marks/diwali/2099", "marks/nonsense/2027", "marks/birthday/2027", "days/birthday/when"):
        assert client.get(f"{HOME}/{address}").status_code == 404


def test_a_day_is_confirmed_in_one_tap_and_taken_back(app, client, post):
    with app.app_context():
        eid = feasts.following("eid_azha", sdk.today())
    page = client.get(f"{HOME}/days").text
    assert "Yes, on this day" in page
    for said, days in (("later", 1), ("as_said", 1), ("not_certain", 0), ("earlier", -1), ("not_certain", 0)):
        assert post(f"/days/eid_azha/{eid.turn}", said=said).status_code == 303
        with app.app_context():
            now = feasts.at("eid_azha", eid.turn)
            assert ((now.day - eid.day).days, now.confirmed) == (days, said != "not_certain")


def test_an_unknown_day_can_be_written(app, client, post):
    with app.app_context():
        eid = feasts.following("eid_fitr", sdk.today())
    page = client.get(f"{HOME}/days/eid_fitr/when").text
    assert "The calendars say" in page
    wrong = post("/days/eid_fitr/when", day="1 January 2001")
    assert "still to come" in wrong.text
    assert post("/days/eid_fitr/when", day=(eid.day).isoformat()).status_code == 303
    with app.app_context():
        assert feasts.at("eid_fitr", eid.turn).confirmed


def test_a_day_of_our_own_is_added_marked_and_taken_out(app, client, post):
    assert "in a few words" in post("/days/own", name="", day="14 March").text
    assert post("/days/own", name="The shop opened", day="14 March").status_code == 303
    with app.app_context():
        [key] = own.keys()
    assert "The shop opened" in client.get(f"{HOME}/days").text
    assert post(f"/days/own/{key}/out").status_code == 303
    assert "The shop opened" not in client.get(f"{HOME}/days").text


def test_the_firm_chooses_its_days(app, client, post):
    page = client.get(f"{HOME}/days/choose").text
    assert 'value="PK-SD"' in page
    post("/days/choose", region="PK-SD", deal="round", **{"lead-birthday": "7"})
    with app.app_context():
        assert occasions.is_offered("cheti_chand")
        assert occasions.lead("birthday") == 7
        assert not occasions.is_deal_greeted(3)
    post("/days/choose", region="PK-SD", days=["eid_fitr", "onam"], **{"lead-birthday": "99"})
    with app.app_context():
        assert occasions.offered() == ["eid_fitr", "onam"]
        assert occasions.lead("birthday") == 3


def test_what_a_customer_said_is_written_down_and_shown(app, client, post):
    one = add(app)
    assert post(f"/of/{one}", occasion="diwali", said="please_not").status_code == 303
    page = client.get(f"{HOME}/of/{one}").text
    assert "Please not." in page
    post(f"/of/{one}", occasion="diwali", said="unsaid")
    post(f"/of/{one}", occasion=NEXT_YEAR[0], turn=str(NEXT_YEAR[1]), said="mark")
    with app.app_context():
        assert marked.wishes_of(one) == {}
        assert [row.greet for row in marked.marks_of(one)] == [True]
    assert post(f"/of/{one}", occasion="nonsense", said="please").status_code == 400


def test_a_reply_is_noted_on_its_page_and_the_year_shows_it(app, client, post):
    one = add(app)
    with app.app_context():
        card = service.make(one, service.draft(one, "other"))
        giving.give(card, "by_hand")
    assert "choose what came back" in post(f"/{card}/reply", note="Thanks").text
    assert post(f"/{card}/reply", reply="glad", note="Thanks a lot").status_code == 303
    assert "Thanks a lot" in client.get(f"{HOME}/{card}").text
    year = client.get(f"{HOME}/year").text
    assert "Thanks a lot" in year
    assert "Under twenty greetings" in year
    assert post(f"/{card}/thanked").status_code == 303
    assert post(f"/{card}/reply/forget").status_code == 303
    with app.app_context():
        assert service.get(card).reply is None


def test_who_was_never_greeted_has_a_page(app, client):
    add(app, "Nobody Greeted")
    assert "Nobody Greeted" in client.get(f"{HOME}/never").text


def test_next_leads_to_the_next_and_then_back_to_the_desk(app, client):
    one, two = (add(app, name, **born_today(app)) for name in "AB")
    assert f"/new/{one}?" in client.get(f"{HOME}/next").headers["Location"]
    assert f"/new/{two}?" in client.get(f"{HOME}/next?after={one}").headers["Location"]
    assert client.get(f"{HOME}/next?after={two}").headers["Location"].endswith(f"{HOME}/")


@pytest.mark.parametrize("path", ["", "year", "marks"])
def test_a_page_asks_the_same_number_of_questions_for_one_and_for_thirty(any_app, path):
    client, counts = through_the_door(any_app), []
    address = {"marks": f"{HOME}/marks/{NEXT_YEAR[0]}/{NEXT_YEAR[1]}"}.get(path, f"{HOME}/{path}")
    for many in (2, 30):
        _fill(any_app, many)
        client.get(address)
        asked: list[str] = []

        def listen(_link, _cursor, statement, *_more, asked=asked):
            asked.append(statement)

        with any_app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", listen)
        assert client.get(address).status_code == 200
        event.remove(engine, "before_cursor_execute", listen)
        counts.append(len(asked))
    assert counts[0] == counts[1], counts


def _fill(app, many: int) -> None:
    born = born_today(app)
    for number in range(many):
        one = add(app, f"P{many}-{number}", trade="School", since=date(2020, born["birth_month"], 1), **born)
        with app.app_context():
            marked.wish(one, "holi", wanted=False)
            card = service.make(one, service.draft(one, "other"))
            after.refuse_double(service.get(card))
            sdk.db.session.execute(
                db.text("UPDATE plg_greetings_card SET given_on = :day WHERE id = :id"),
                {"day": sdk.today().isoformat(), "id": card},
            )
            sdk.db.session.commit()
            certain.drop_empty_days()


def test_the_pass_and_the_year_call_people_in_the_letters_of_the_interface(app, client):
    with app.app_context():
        day = {"birth_month": sdk.today().month, "birth_day": sdk.today().day}
        one = sdk.customers.add({"name": "सुनीता शर्मा", "name_en": "Sunita Sharma", **day}).id
        giving.give(service.make(one, service.draft(one, "birthday")), "by_hand")
        year = sdk.today().year
    for path in ("/plugins/greetings/marks/new_year/2031", f"/plugins/greetings/year?year={year}"):
        page = client.get(path).get_data(as_text=True)
        assert "Sunita Sharma" in page, path
        assert "सुनीता" not in page, path
