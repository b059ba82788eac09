"""Customers: added, found in any script, changed, removed, listed by keyset, on both databases."""

import pytest

from loyalapp.core.errors import Conflict, LoyalAppError, NotFound
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.customers import service


def test_customer_is_found_by_another_script_and_by_phone_digits(any_app):
    with any_app.app_context():
        made = service.add({"name": "عائشہ صدیقی", "phones": ["0300 4567890"], "place": "لاہور"})
        other = service.add({"name": "Tariq Bhatti"})

        found = {
            text: [row.id for row in service.find(text)]
            for text in ("Ayesha", "आयशा", "عائشہ صد", "4567890", "۰۳۰۰", "Bhatti")
        }

    assert found == {
        "Ayesha": [made.id],
        "आयशा": [made.id],
        "عائشہ صد": [made.id],
        "4567890": [made.id],
        "۰۳۰۰": [made.id],
        "Bhatti": [other.id],
    }


def test_change_with_an_old_version_is_refused_and_nothing_is_overwritten(any_app):
    with any_app.app_context():
        made = service.add({"name": "Sana"})
        service.change(made.id, {"place": "Multan"}, version=1)

        with pytest.raises(Conflict):
            service.change(made.id, {"place": "Delhi"}, version=1)

        assert service.get(made.id).place == "Multan"


def test_removed_customer_is_nowhere_and_can_be_brought_back(any_app):
    with any_app.app_context():
        made = service.add({"name": "Sana Shaikh"})
        step = service.remove(made.id)

        with pytest.raises(NotFound):
            service.get(made.id)
        assert service.find("Sana") == []
        assert service.page().rows == []

        bring_back.undo(step)
        assert [row.id for row in service.find("Sana")] == [made.id]


def test_list_is_paged_by_keyset_in_both_directions(any_app):
    with any_app.app_context():
        names = [f"Name {number:02d}" for number in range(30)]
        for name in reversed(names):
            service.add({"name": name})

        first = service.page(size=12)
        second = service.page(after=first.after, size=12)
        third = service.page(after=second.after, size=12)
        back = service.page(before=third.before, size=12)

    assert [row.name for row in (*first.rows, *second.rows, *third.rows)] == names
    assert [row.name for row in back.rows] == names[12:24]
    assert (first.before, third.after) == (None, None)
    assert first.total == 30


@pytest.mark.parametrize("values", [{"name": ""}, {"name": "  "}, {"name": "x" * 201}, {"name": "A", "phones": ["12"]}])
def test_what_cannot_be_kept_is_refused_and_the_database_is_unchanged(any_app, values):
    with any_app.app_context():
        with pytest.raises(LoyalAppError):
            service.add(values)
        assert service.total() == 0


def test_name_written_as_one_word_in_one_script_is_found_by_two_in_another(any_app):
    with any_app.app_context():
        made = service.add({"name": "عبدالرحمن"})

        assert [row.id for row in service.find("Abdul Rahman")] == [made.id]


def test_number_is_offered_for_changing_as_people_read_it_and_stays_the_same(any_app, any_client):
    with any_app.app_context():
        made = service.add({"name": "Sana", "phones": ["0300 4567890"]}).id

    page = any_client.get(f"/customers/{made}/edit").get_data(as_text=True)
    token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    answer = any_client.post(
        f"/customers/{made}/edit",
        data={
            "csrf_token": token,
            "name": "Sana",
            "phones-0-number": "+92 300 4567890",
            "kind": "person",
            "version": "1",
            "stage": "customer",
            "message_language": "",
        },
    )

    assert 'value="+92 300 4567890"' in page
    assert answer.status_code == 303
    with any_app.app_context():
        assert [one.number for one in service.get(made).phones] == ["+923004567890"]
