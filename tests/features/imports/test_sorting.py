"""Who of these are customers: a phone book is sorted entry by entry, and nothing of it counts until then."""

import re

import pytest

from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.core.errors import NotFound
from loyalapp.core.i18n import in_language
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports import sorting
from tests.features.imports import made
from tests.features.imports.deeds import HEAD, bring, everybody, listed


def phone_book(tmp_path, count: int):
    """A list of people nobody has looked at."""
    rows = [[f"Person {number:03}", "", f"0300{number:07}", "Lahore"] for number in range(count)]
    return bring(listed(tmp_path, [HEAD, *rows]), stage="unsorted")


def test_a_page_of_entries_in_the_order_of_the_alphabet(any_app, tmp_path):
    with any_app.app_context():
        phone_book(tmp_path, 23)

        first = sorting.some()
        second = sorting.some(first.after)
        last = sorting.some(second.after)

        assert [len(one.rows) for one in (first, second, last)] == [10, 10, 3]
        assert first.rows[0].name == "Person 000"
        assert first.rows[0].number == "+923000000000"
        assert second.rows[0].name == "Person 010"
        assert last.after == ""
        assert sorting.how_many() == 23


def test_entries_begin_with_the_script_of_the_page(any_app, tmp_path):
    with any_app.app_context():
        names = ["Bilal", "عائشہ", "अमित", "Asif", "بلال"]
        bring(listed(tmp_path, [HEAD, *([name, "", "", "Lahore"] for name in names)]), stage="unsorted")

        orders = {
            "ur": "بلال عائشہ अमित Asif Bilal",
            "hi": "अमित بلال عائشہ Asif Bilal",
            "en": "Asif Bilal بلال عائشہ अमित",
        }
        for language, order in orders.items():
            with in_language(language):
                assert " ".join(row.name for row in sorting.some().rows) == order
                first = sorting.some().rows[0]
                rest = sorting.some(f"{first.id}~{first.sort_key}")
                assert " ".join(row.name for row in rest.rows) == order.partition(" ")[2]


def test_answers_and_later(any_app, tmp_path):
    with any_app.app_context():
        phone_book(tmp_path, 12)
        ids = [row.id for row in sorting.some().rows]
        for one, answer in zip(ids, ["customer", "prospect", "not_ours", "later"], strict=False):
            assert "Person" in sorting.put(one, answer)

        stages = [db.session.get(Customer, one).stage for one in ids[:5]]
        assert stages == ["customer", "prospect", "not_ours", "unsorted", "unsorted"]
        assert sorting.how_many() == 9
        behind = sorting.some(f"{ids[-1]}~{db.session.get(Customer, ids[-1]).sort_key}")
        assert [row.name for row in behind.rows] == ["Person 010", "Person 011"]
        again = sorting.some(f"{behind.rows[-1].id}~{behind.rows[-1].sort_key}")
        assert again.rows[0].id == ids[3], "those for later come again"


def test_an_answer_is_taken_back(app, tmp_path):
    with app.app_context():
        phone_book(tmp_path, 1)
        one = sorting.some().rows[0].id
        sorting.put(one, "not_ours")
        assert sorting.how_many() == 0

        sorting.put(one, "unsorted")

        assert sorting.how_many() == 1
        for wrong in ("former", "nonsense", ""):
            with pytest.raises(NotFound):
                sorting.put(one, wrong)
        with pytest.raises(NotFound):
            sorting.put(999, "customer")
        own = customers.add({"name": "Own", "stage": "former"})
        with pytest.raises(NotFound):
            sorting.put(own.id, "customer")


def test_nothing_of_it_is_in_the_list_in_a_figure_or_on_today(client, app, tmp_path):
    with app.app_context():
        day = today()
        rows = [
            [f"Birthday {number}", "", f"0300{number:07}", "Lahore", f"{day.day}/{day.month}/1980"]
            for number in range(3)
        ]
        bring(listed(tmp_path, [HEAD[:5], *rows]), stage="unsorted")
        assert customers.total() == 0
        assert len(everybody()) == 3
    for page in ("/", "/customers/", "/plugins/greetings/", "/plugins/reviews/", "/plugins/value/", "/plugins/issues/"):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "Birthday 1" not in answer.get_data(as_text=True), page
    with app.app_context():
        sorting.put(sorting.some().rows[0].id, "not_ours")
        sorting.put(sorting.some().rows[0].id, "customer")
        assert customers.total() == 1
    assert "Birthday 0" not in client.get("/").get_data(as_text=True)
    assert "Birthday 1" in client.get("/").get_data(as_text=True), "a customer's birthday is on Today"


def answers(page: str) -> list[str]:
    return re.findall(r'name="answer" value="([^"]+)"', page)


def test_buttons_do_it_without_script(client, csrf, app, tmp_path):
    with app.app_context():
        phone_book(tmp_path, 3)
    page = client.get("/imports/sorting").get_data(as_text=True)
    assert "Names left" in page
    assert [one.split("-")[0] for one in answers(page)[:4]] == ["customer", "prospect", "not_ours", "later"]

    after = client.post(
        "/imports/sorting", data={**csrf("/imports/sorting"), "answer": answers(page)[0]}, follow_redirects=True
    )
    text = after.get_data(as_text=True)

    assert "is a customer." in re.sub("<[^>]+>", "", text)
    assert len(answers(text)) == 8
    back = re.search(r'action="(/imports/sorting/\d+/back)"', text)
    assert client.post(back[1], data=csrf("/imports/sorting")).status_code == 303
    assert len(answers(client.get("/imports/sorting").get_data(as_text=True))) == 12


def test_the_script_is_told_how_many_are_left(client, csrf, app, tmp_path):
    with app.app_context():
        phone_book(tmp_path, 2)
        one = sorting.some().rows[0].id
    answer = client.post(
        "/imports/sorting",
        data={**csrf("/imports/sorting"), "answer": f"prospect-{one}"},
        headers={"Accept": "application/json"},
    )
    assert answer.get_json() == {"left": 1}


def test_the_account_leads_to_it_and_everybody_looked_at_is_said(client, app):
    with app.app_context():
        import_id = bring(made.PHONE).import_id
    assert "/imports/sorting" in client.get(f"/imports/{import_id}").get_data(as_text=True)
    assert "/imports/sorting" in client.get("/imports/new").get_data(as_text=True)
    with app.app_context():
        for one in db.session.scalars(db.select(Customer.id)).all():
            sorting.put(one, "not_ours")
    assert "Everybody has been looked at." in client.get("/imports/sorting").get_data(as_text=True)
    assert "/imports/sorting" not in client.get("/imports/new").get_data(as_text=True)


@pytest.mark.parametrize("cursor", ["x", "1~", "~", "99999999999~a", "1~a\0b", "-1~b"])
def test_odd_cursors_show_the_first_page(client, app, tmp_path, cursor):
    with app.app_context():
        phone_book(tmp_path, 1)

    page = client.get("/imports/sorting", query_string={"after": cursor})

    assert page.status_code == 200
    assert "Person 000" in page.get_data(as_text=True)
