"""Everything that hangs on a customer: phones, people, days, tags; kept whole or not at all, whatever was typed."""

import pytest

from loyalapp.core.errors import Conflict, LoyalAppError
from loyalapp.features.customers import service
from loyalapp.features.staff import service as staff

WHOLE = {
    "name": "ہنر ٹریننگ سینٹر",
    "name_hi": "हुनर ट्रेनिंग सेंटर",
    "kind": "firm",
    "size": "middle",
    "channel": "whatsapp",
    "hours": "شام 4 بجے کے بعد",
    "phones": [
        {"number": "0300 1234567", "label": "دکان", "on_whatsapp": True},
        {"number": "۰۴۲ ۳۵۷۶۱۲۳۴", "label": "", "on_whatsapp": False},
        {"number": "", "label": "", "on_whatsapp": True},
    ],
    "people": [
        {"name": "ڈاکٹر فرح", "role": "ڈاکٹر", "number": "0321 7654321", "note": ""},
        {"name": "", "role": "", "number": "", "note": ""},
        {"name": "Rashid", "role": "Technician"},
    ],
    "days": [
        {"what": "", "kind": "birthday_of_firm", "year": 1999, "month": 3, "day": 1},
        {"what": "شادی", "year": None, "month": 2, "day": 29},
        {"what": "", "year": None, "month": None, "day": None},
    ],
    "tags": ["School", " wholesale ", "SCHOOL", ""],
}


def state(customer_id):
    one = service.get(customer_id)
    return {
        "phones": [(phone.number, phone.label, phone.on_whatsapp) for phone in one.phones],
        "people": [(person.name, person.role, person.number) for person in one.people],
        "days": [(day.what, day.kind, day.when.text()) for day in one.days],
        "tags": [tag.tag for tag in one.tags],
    }


def test_everything_is_kept_in_one_transaction_and_empty_lines_count_for_nothing(any_app):
    with any_app.app_context():
        made = service.add(WHOLE).id
    with any_app.app_context():
        assert state(made) == {
            "phones": [("+923001234567", "دکان", True), ("+924235761234", None, False)],
            "people": [("ڈاکٹر فرح", "ڈاکٹر", "+923217654321"), ("Rashid", "Technician", None)],
            "days": [("شادی", "own", "--02-29"), ("", "birthday_of_firm", "1999-03-01")],
            "tags": ["School", "wholesale"],
        }


def test_what_is_not_among_the_values_stays_and_a_change_of_a_line_counts_as_a_change(any_app):
    with any_app.app_context():
        made = service.add(WHOLE).id
    with any_app.app_context():
        before, seen = state(made), service.get(made).version
        service.change(made, {"place": "Lahore"})
        assert state(made) == before

        service.change(made, {"tags": ["school"]})
        assert state(made)["tags"] == ["school"]
        assert service.get(made).version == seen + 2
        with pytest.raises(Conflict):
            service.change(made, {"people": []}, version=seen)


def test_lines_keep_their_order_when_the_first_number_is_replaced(any_app):
    with any_app.app_context():
        made = service.add({"name": "Sana", "phones": ["0300 1111111", "0300 2222222"]})
        service.change(made.id, {"phones": ["0300 3333333", "0300 2222222"]})
    with any_app.app_context():
        assert [one.number for one in service.get(made.id).phones] == ["+923003333333", "+923002222222"]


def test_what_we_know_of_a_number_stays_when_only_numbers_are_said(any_app):
    with any_app.app_context():
        made = service.add(WHOLE)
        service.change(made.id, {"phones": ["0321 9999999, 0300 1234567"]})

        assert state(made.id)["phones"] == [("+923219999999", None, True), ("+923001234567", "دکان", True)]


def test_same_number_of_two_customers_is_kept_with_both_and_each_page_says_so(any_app, any_client):
    with any_app.app_context():
        first = service.add({"name": "Bashir", "phones": ["0300 1234567"]}).id
        second = service.add({"name": "نذیر", "phones": ["0300 1234567"]}).id
        assert [one.id for one in service.about(service.get(first)).same_number] == [second]

    page = any_client.get(f"/customers/{first}").get_data(as_text=True)
    assert f'href="/customers/{second}"' in page
    assert "also the number of" in page


BAD_LINES = [
    ({"phones": [{"number": "0300 1234567"}, {"number": "0300 123456"}]}, "phones-1-number"),
    ({"phones": [{"number": "call me"}]}, "phones-0-number"),
    ({"people": [{"name": "Rashid"}, {"name": "", "role": "Doctor"}]}, "people-1-name"),
    ({"people": [{"name": "Rashid", "number": "12"}]}, "people-0-number"),
    ({"people": [{"name": "R" * 10_000}]}, "people-0-name"),
    ({"people": [{"name": "Rashid"}] * 101}, "people"),
    ({"days": [{"what": "Wedding", "month": 2, "day": 30, "year": None}]}, "days-0-day"),
    ({"days": [{"what": "Wedding", "month": 2, "day": 29, "year": 2023}]}, "days-0-day"),
    ({"days": [{"what": "Wedding"}]}, "days-0-day"),
    ({"days": [{"what": "", "month": 3, "day": 1, "year": None}]}, "days-0-what"),
    ({"tags": ["x" * 61]}, "tags"),
    ({"tags": [f"tag {number}" for number in range(31)]}, "tags"),
    ({"email": "nobody"}, "email"),
    ({"email": "a@b@c.pk"}, "email"),
    ({"stage": "regular"}, "stage"),
    ({"kind": None}, "kind"),
    ({"channel": "telegram"}, "channel"),
    ({"birth_year": 1990, "birth_month": 2, "birth_day": 31}, "birthday"),
    ({"birth_year": 2999, "birth_month": 2, "birth_day": 1}, "birthday"),
    ({"hours": "x" * 301}, "hours"),
    ({"address": "x" * 501}, "address"),
    ({"name_ur": "ا" * 201}, "name_ur"),
    ({"referred_by_id": 4711}, "referred_by"),
]


@pytest.mark.parametrize(("values", "field"), BAD_LINES, ids=lambda one: str(one)[:40])
def test_what_cannot_be_names_its_field_and_nothing_is_written(any_app, values, field):
    with any_app.app_context():
        made = service.add(WHOLE).id
    with any_app.app_context():
        before = state(made)
        with pytest.raises(LoyalAppError) as told:
            service.change(made, {"name": "Changed", "tags": [], **values})
    with any_app.app_context():
        assert told.value.field == field
        assert (service.get(made).name, state(made)) == (WHOLE["name"], before)


@pytest.mark.parametrize("word", ["Muslim", "हिन्दू ग्राहक", "عید", "Diwali list", "شیعہ"])
def test_nobody_is_sorted_by_faith_or_festival(any_app, word):
    with any_app.app_context():
        with pytest.raises(LoyalAppError) as told:
            service.add({"name": "Sana", "tags": [word]})
        assert told.value.field == "tags"
        assert service.total() == 0


HOSTILE = {
    "bidi controls": "Sana \u202eevil\u202c\u2066",
    "joiners": "نا\u200cصر\u200d",
    "nul": "Sana\x00\x07",
    "emoji": "Sana 🌸😀",
    "html": "<script>alert(1)</script>",
    "formula": "=cmd|' /C calc'!A0",
    "lone accents": "स\u094dा",
}
TEXTS = (
    "name",
    "name_ur",
    "firm",
    "trade",
    "place",
    "locality",
    "address",
    "hours",
    "address_form",
    "notes",
    "do_not_mention",
)


@pytest.mark.parametrize("word", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_are_kept_as_harmless_text_in_every_field(any_app, any_client, word):
    with any_app.app_context():
        made = service.add(
            {
                **dict.fromkeys(TEXTS, word),
                "people": [{"name": word, "role": word, "note": word}],
                "days": [{"what": word, "year": None, "month": 2, "day": 29}],
                "phones": [{"number": "0300 1234567", "label": word}],
                "tags": [word],
            }
        )
        kept = made.name
        assert "\x00" not in kept
        assert "\u202e" not in kept
        assert made.people[0].name == made.days[0].what == made.phones[0].label == kept
    for page in (f"/customers/{made.id}", f"/customers/{made.id}/edit", "/customers/"):
        answer = any_client.get(page)
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.data


@pytest.mark.parametrize("name", ["\u200b\u200d", "\x00", "\u202e", "م" * 10_000])
def test_name_of_nothing_or_of_ten_thousand_letters_is_refused(any_app, name):
    with any_app.app_context():
        with pytest.raises(LoyalAppError) as told:
            service.add({"name": name})
        assert told.value.field == "name"
        assert service.total() == 0


def test_salesman_and_referrer_are_named_on_the_page_and_nobody_sends_themselves(any_app):
    with any_app.app_context():
        bilal = staff.add("Bilal")
        sender = service.add({"name": "Tariq"}).id
        made = service.add({"name": "Sana", "salesman_id": bilal, "referred_by_id": sender})

        about = service.about(made)
        assert (about.salesman, about.referred_by.name) == ("Bilal", "Tariq")
        assert [one.name for one in service.about(service.get(sender)).sent] == ["Sana"]
        with pytest.raises(LoyalAppError) as told:
            service.change(made.id, {"referred_by_id": made.id})
        assert told.value.field == "referred_by"


def test_first_deal_that_is_struck_out_is_no_anniversary_any_more(any_app):
    from datetime import date

    with any_app.app_context():
        made = service.add({"name": "Sana", "since": date(2020, 3, 1)})
        service.change(made.id, {"since": None})

        assert (made.since, made.since_month, made.since_day) == (None, None, None)


def test_tags_that_most_have_are_offered_first(any_app):
    with any_app.app_context():
        for number in range(3):
            service.add({"name": f"A{number}", "tags": ["School"] if number else ["wholesale", "School"]})

        assert set(service.tags_in_use()) == {"School", "wholesale"}
