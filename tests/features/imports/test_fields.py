"""Every field of a customer can come with a list, in three languages; what cannot be understood is kept and counted."""

import pytest

from loyalapp.core.db import db
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer
from loyalapp.features.customers.words import SIZE_WORDS
from loyalapp.features.imports import inside, reading, service
from loyalapp.features.imports.columns import by_header
from loyalapp.features.staff import service as staff
from tests.features.imports import made
from tests.features.imports.deeds import bring, everybody, listed

TITLES = {
    "en": [
        "Name", "Mobile", "Size", "Tags", "Salesman", "Preferred channel", "Best time", "Accountant",
        "Anniversary", "Founded", "Referred by", "Language",
    ],
    "ur": [
        "نام", "موبائل", "کاروبار کا حجم", "ٹیگ", "سیلز مین", "رابطے کا طریقہ", "فون کا وقت", "اکاؤنٹنٹ",
        "شادی کی سالگرہ", "دکان کا آغاز", "کس نے بھیجا", "زبان",
    ],
    "hi": [
        "नाम", "मोबाइल", "कारोबार का आकार", "श्रेणी", "सेल्समैन", "संपर्क का तरीका", "फ़ोन का समय", "लेखाकार",
        "शादी की सालगिरह", "स्थापना", "किसने भेजा", "भाषा",
    ],
}  # fmt: skip
VALUES = {
    "en": ["Ali", "03001234567", "large", "Wholesale, School", "Salman", "WhatsApp", "after 4 pm", "Sana 03217654321"],
    "ur": ["علی", "03001234567", "بڑا", "تھوک، اسکول", "salman", "واٹس ایپ", "شام 4 کے بعد", "ثنا 0321 7654321"],
    "hi": ["अली", "03001234567", "बड़ा", "थोक, स्कूल", "SALMAN", "व्हाट्सऐप", "शाम 4 के बाद", "सना 0321 7654321"],
}
MEANINGS = [
    "name", "phone", "size", "tags", "salesman", "channel", "hours", "person", "occasion", "occasion",
    "referred", "language",
]  # fmt: skip


@pytest.mark.parametrize("language", ["ur", "hi", "en"])
def test_every_field_in_three_languages(any_app, tmp_path, language):
    titles = TITLES[language]
    row = [*VALUES[language], "25/12/2010", "1 March 1995", "Haji Akram", "Urdu"]
    with any_app.app_context():
        salman = staff.add("Salman")
        path = made.table(tmp_path / "a.csv", [titles, row], delimiter=";")
        assert [column.meaning for column in reading.open_list(path).columns] == MEANINGS

        outcome = bring(path)

        one = next(iter(everybody().values()))
        assert "remarks" not in outcome.counts, service.get(outcome.import_id).account["remarks"]
        assert (one.size, one.salesman_id, one.channel, one.hours) == ("large", salman, "whatsapp", VALUES[language][6])
        assert len(one.tags) == 2
        assert [(person.name, person.number) for person in one.people] == [
            (VALUES[language][7].split()[0], "+923217654321")
        ]
        assert one.people[0].role == titles[7]
        assert sorted((day.kind, day.year, day.month, day.day) for day in one.days) == [
            ("birthday_of_firm", 1995, 3, 1), ("own", 2010, 12, 25),
        ]  # fmt: skip
        assert one.notes == f"{titles[10]}: Haji Akram"
        assert one.message_language == "ur"
        assert [row.id for row in customers.find(one.people[0].name)] == [one.id]


def test_what_cannot_be_understood_is_kept_and_counted(app, tmp_path):
    head = ["Name", "Size", "Tags", "Salesman", "Preferred channel", "Anniversary"]
    with app.app_context():
        path = listed(tmp_path, [head, ["Ali", "XXL", "Hindu, School", "Nobody", "pigeon", "soon"]])
        outcome = bring(path)

        one = everybody()["Ali"]
        assert one.notes.splitlines() == [
            "Size: XXL", "Preferred channel: pigeon", "Salesman: Nobody", "Tags: Hindu", "Anniversary: soon",
        ]  # fmt: skip
        assert outcome.counts["remarks"] == 5
        assert [tag.tag for tag in one.tags] == ["School"], "nobody is sorted by faith"
        assert [kept[1] for kept in service.get(outcome.import_id).account["kept"]] == [
            "not_size", "not_channel", "not_salesman", "not_tag", "not_day",
        ]  # fmt: skip
        assert db.session.query(Customer).count() == 1


def test_fields_are_filled_and_never_overwritten(app, tmp_path):
    with app.app_context():
        asma = staff.add("Asma")
        staff.add("Salman")
        known = customers.add(
            {"name": "Ali", "phones": ["03001234567"], "size": "small", "salesman_id": asma, "tags": ["school"],
             "people": [{"name": "Sana", "role": "Owner"}]}
        )  # fmt: skip
        head = ["Name", "Mobile", "Size", "Salesman", "Tags", "Accountant", "Best time"]
        bring(
            listed(
                tmp_path, [head, ["Ali", "03001234567", "large", "Salman", "School, Wholesale", "sana; Zoya", "10 am"]]
            )
        )

        one = customers.get(known.id)
        assert (one.size, one.salesman_id, one.hours) == ("small", asma, "10 am")
        assert one.notes.splitlines() == [f"Size: {SIZE_WORDS['large']}", "Salesman: Salman"]
        assert sorted(tag.tag for tag in one.tags) == ["Wholesale", "school"]
        assert [(person.name, person.role) for person in one.people] == [("Sana", "Owner"), ("Zoya", "Accountant")]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "Ali (accounts) 0300 1234567; Sana - purchase",
            [["Ali", "accounts", "+923001234567"], ["Sana", "purchase", None]],
        ),
        ("Ali: owner", [["Ali", "owner", None]]),
        ("Dr. Zoya", [["Dr. Zoya", "Staff", None]]),
        ("03001234567", [["Staff", None, "+923001234567"]]),
        (" ; \n ", []),
    ],
)
def test_people_in_a_cell(text, people):
    assert inside.people_in(text, "Staff", "PK") == people


@pytest.mark.parametrize(
    ("title", "meaning"),
    [("Contact Person", "name"), ("Group", "tags"), ("گاہک کی قسم", "tags"), ("Sales Rep", "salesman"),
     ("वर्षगाँठ", None),
     ("Wedding Anniversary", "occasion"), ("سالگرہ", "birthday"), ("Timings", "hours"), ("Store keeper", "person")],
)  # fmt: skip
def test_headers(title, meaning):
    assert by_header(title) == meaning


def test_a_name_and_its_number_in_one_cell(app, tmp_path):
    with app.app_context():
        bring(
            listed(
                tmp_path, [["Customers"], ["Ali Khan 0300 1234567"], ["Sana - 0321-7654321 / 042 35761999"], ["Zoya"]]
            )
        )

        people = everybody()
        assert sorted(people) == ["Ali Khan", "Sana", "Zoya"]
        assert [one.number for one in people["Sana"].phones] == ["+923217654321", "+924235761999"]


def test_what_a_spreadsheet_writes_for_an_error_is_nothing(app, tmp_path):
    errors = [["Name", "Mobile", "Notes", "Balance"], ["Ali", "03001234567", "#N/A", "#REF!"]]
    with app.app_context():
        outcome = bring(made.table(tmp_path / "a.csv", errors))

        assert (everybody()["Ali"].notes, outcome.counts.get("remarks", 0)) == ("", 0)
