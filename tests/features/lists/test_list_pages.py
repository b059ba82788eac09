"""The pages of the list: chosen, kept, changed in one go, written to a file; what was typed stays."""

import contextlib
import csv
import re

import pytest
from sqlalchemy import event

from loyalapp.core.db import connector, db
from loyalapp.features.customers import service as customers
from loyalapp.features.staff import service as staff


@pytest.fixture
def people(any_app) -> dict[str, int]:
    with any_app.app_context():
        rows = [("Amna", "Lahore"), ("Bilal", "Multan"), ("Zara", "Lahore"), ("=cmd|' /C calc'!A0", "Lahore")]
        return {name: customers.add({"name": name, "place": place}).id for name, place in rows}


def text(answer) -> str:
    return answer.get_data(as_text=True)


def token(client) -> dict[str, str]:
    return {"csrf_token": text(client.get("/customers/new")).split('name="csrf_token" value="', 1)[1].split('"', 1)[0]}


def names(page: str) -> list[str]:
    return re.findall(r'entry-name"><a href="[^"]*"><bdi[^>]*>([^<]*)</bdi>', page)


def test_the_list_shows_who_was_chosen_and_a_choice_can_be_taken_away(any_client, people):
    page = text(any_client.get("/customers/?place=Lahore&q=Amna"))

    assert names(page) == ["Amna"]
    assert 'href="/customers/?q=Amna"' in page
    assert 'href="/customers/?place=Lahore"' in page


def test_the_form_shows_what_is_chosen(any_client, people):
    page = text(any_client.get("/customers/choose?place=Lahore&stage=former"))

    assert 'value="Lahore"' in page
    assert re.search(r'<option selected value="former">', page)


def test_a_kept_list_is_one_click_away_and_can_be_removed(any_client, people):
    made = any_client.post("/customers/keep", data={**token(any_client), "name": "Lahoris", "place": "Lahore"})
    page = text(any_client.get("/customers/"))

    assert made.headers["Location"] == "/customers/?place=Lahore"
    assert re.search(r'href="/customers/\?place=Lahore">.*Lahoris', page)

    kept = text(any_client.get("/customers/keep?place=Multan"))
    address = re.search(r'action="(/customers/kept/\d+/remove)"', kept)[1]
    any_client.post(address, data=token(any_client))
    assert "Lahoris" not in text(any_client.get("/customers/"))


def test_a_list_without_a_name_keeps_what_was_chosen(any_client, people):
    answer = any_client.post("/customers/keep", data={**token(any_client), "name": " ", "place": "Lahore"})

    assert answer.status_code == 422
    assert '<input type="hidden" name="place" value="Lahore">' in text(answer)
    assert "Please write a name for this list." in text(answer)


def test_those_who_are_ticked_get_the_tag_and_one_click_takes_it_back(any_client, any_app, people):
    data = {**token(any_client), "id": [people["Amna"], people["Zara"]], "new_tag": "school", "deed": "tag"}
    page = text(any_client.post("/customers/many", data=data, follow_redirects=True))

    assert names(text(any_client.get("/customers/?tag=school"))) == ["Amna", "Zara"]

    undo = re.search(r'action="(/bring-back/\d+)"', page)[1]
    any_client.post(undo, data=token(any_client))
    assert names(text(any_client.get("/customers/?tag=school"))) == []


def test_everybody_on_the_list_is_handed_over_not_those_who_are_not_on_it(any_client, any_app, people):
    with any_app.app_context():
        sana = staff.add("Sana")
    data = {**token(any_client), "everybody": "1", "place": "Lahore", "new_salesman": sana, "deed": "hand_over"}
    any_client.post("/customers/many", data=data)

    assert set(names(text(any_client.get(f"/customers/?salesman={sana}")))) >= {"Amna", "Zara"}
    assert names(text(any_client.get("/customers/?salesman=none"))) == ["Bilal"]


MISTAKES = {
    "Nobody is ticked.": {"new_tag": "school", "deed": "tag"},
    "Please write a tag": {"everybody": "1", "new_tag": "", "deed": "tag"},
    "Nobody is sorted by faith": {"everybody": "1", "new_tag": "eid", "deed": "tag"},
    "Nobody of this number": {"everybody": "1", "new_salesman": "", "deed": "hand_over"},
}


def test_a_mistake_is_told_beside_the_boxes(any_client, people):
    for sentence, typed in MISTAKES.items():
        answer = any_client.post("/customers/many", data={**token(any_client), **typed})

        assert answer.status_code == 422, sentence
        assert sentence in text(answer)
        assert 'type="checkbox" class="box"' in text(answer)


def test_what_is_seen_is_written_to_a_file_that_no_spreadsheet_obeys(any_client, any_app, people):
    data = {**token(any_client), "place": "Lahore", "form": "csv"}
    page = text(any_client.post("/customers/file", data=data, follow_redirects=True))

    folder = any_app.extensions["loyalapp.data"].exports
    (written,) = folder.glob("*.csv")
    content = written.read_bytes()
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))

    assert written.name in page
    assert content.startswith(b"\xef\xbb\xbf")
    assert {row["name"] for row in rows} == {"Amna", "Zara", "'=cmd|' /C calc'!A0"}


def test_the_other_forms_hold_the_same_people(any_client, any_app, people):
    import openpyxl

    for form in ("xlsx", "vcf"):
        any_client.post("/customers/file", data={**token(any_client), "place": "Multan", "form": form})
    exports = any_app.extensions["loyalapp.data"].exports
    (sheet,), (cards,) = exports.glob("*.xlsx"), exports.glob("*.vcf")

    assert [row[0].value for row in openpyxl.load_workbook(sheet).active.rows] == ["name", "Bilal"]
    assert cards.read_text("utf-8").count("BEGIN:VCARD") == 1


def test_who_waits_for_us_is_said_in_the_list(client, app, csrf, people_on_sqlite):
    from plugins.issues import service as issues

    with app.app_context():
        issues.record(people_on_sqlite, what="The motor stopped")

    assert "waits for us" in text(client.get("/customers/"))


@pytest.fixture
def people_on_sqlite(app) -> int:
    with app.app_context():
        return customers.add({"name": "Amna"}).id


# ---- what is remembered of a page ----


@pytest.fixture
def asked(app):
    """The questions a page asks, without what begins and dates a transaction."""
    seen: list[str] = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *words: seen.append(words[2]))

    def count(browser, address: str) -> int:
        seen.clear()
        assert browser.get(address).status_code == 200
        return len([one for one in seen if not one.startswith(("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE"))])

    return count


def test_the_list_asks_few_questions_after_a_change_and_none_while_nothing_changes(app, client, asked):
    counts = []
    for number in range(3):
        with app.app_context():
            for one in range(10 * number):
                customers.add({"name": f"Name {one}", "phones": [f"0300 12345{number}{one % 10}"]})
        counts.append((asked(client, "/customers/"), asked(client, "/customers/")))

    # Rows, their number, kept lists, who works here, what plugins say beside them, and what the frame asks for.
    assert max(first for first, _again in counts) <= 10
    assert {again for _first, again in counts} == {0}


def test_a_page_that_is_remembered_shows_every_change_at_once(app, client, csrf, people_on_sqlite):
    def shown(address: str = "/customers/") -> str:
        return text(client.get(address))

    assert names(shown()) == names(shown()) == ["Amna"]
    with app.app_context():
        customers.change(people_on_sqlite, {"name": "Amna Bibi"})
    assert names(shown()) == ["Amna Bibi"]

    link = app.extensions["loyalapp.data"].database
    with contextlib.closing(connector(link)()) as other_desk:
        other_desk.execute("UPDATE customer SET name = 'Amna Begum'")
    assert names(shown()) == ["Amna Begum"]
    assert names(shown("/customers/?q=nobody")) == []
    assert names(shown()) == ["Amna Begum"]

    client.post("/language", data={**csrf(), "language": "ur", "next": "/"})
    assert 'lang="ur"' in shown()
    assert "گاہک" in shown()


def test_the_boxes_carry_the_token_of_whoever_looks(client, people_on_sqlite):
    pages = [text(client.get("/customers/?mark=1")) for _time in range(2)]

    assert all('name="csrf_token"' in page and 'type="checkbox" class="box"' in page for page in pages)
    assert 'type="checkbox" class="box"' not in text(client.get("/customers/"))
