"""The pages of the list: chosen, kept, changed in one go, written to a file; what was typed stays."""

import csv
import re

import pytest

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


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"new_tag": "school", "deed": "tag"}, "Nobody is ticked."),
        ({"everybody": "1", "new_tag": "", "deed": "tag"}, "Please write a tag"),
        ({"everybody": "1", "new_tag": "eid", "deed": "tag"}, "Nobody is sorted by faith"),
        ({"everybody": "1", "new_salesman": "", "deed": "hand_over"}, "Nobody of this number"),
    ],
)
def test_a_mistake_is_told_beside_the_boxes(any_client, people, typed, sentence):
    answer = any_client.post("/customers/many", data={**token(any_client), **typed})

    assert answer.status_code == 422
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


@pytest.mark.parametrize("form", ["xlsx", "vcf"])
def test_the_other_forms_hold_the_same_people(any_client, any_app, people, form):
    any_client.post("/customers/file", data={**token(any_client), "place": "Multan", "form": form})

    (written,) = any_app.extensions["loyalapp.data"].exports.glob(f"*.{form}")
    if form == "vcf":
        assert written.read_text("utf-8").count("BEGIN:VCARD") == 1
    else:
        import openpyxl

        assert [row[0].value for row in openpyxl.load_workbook(written).active.rows] == ["name", "Bilal"]


def test_who_waits_for_us_is_said_in_the_list(client, app, csrf, people_on_sqlite):
    from plugins.issues import service as issues

    with app.app_context():
        issues.record(people_on_sqlite, what="The motor stopped")

    assert "waits for us" in text(client.get("/customers/"))


@pytest.fixture
def people_on_sqlite(app) -> int:
    with app.app_context():
        return customers.add({"name": "Amna"}).id
