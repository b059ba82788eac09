"""How a customer is addressed: the form as the salesman says it, on the right side of the name (practice E2)."""

import pytest

from loyalapp.features.customers.address import SUGGESTED, with_respect


@pytest.mark.parametrize(
    ("name", "form", "spoken"),
    [
        ("عمران صدیقی", "صاحب", "عمران صدیقی صاحب"),
        ("عمران صدیقی", "جناب", "جناب عمران صدیقی"),
        ("طارق بھٹی", "حاجی صاحب", "حاجی طارق بھٹی صاحب"),
        ("ڈاکٹر فرح خان", "ڈاکٹر صاحبہ", "ڈاکٹر فرح خان صاحبہ"),
        ("رمیش", "بھائی جان", "رمیش بھائی جان"),
        ("सुनीता शर्मा", "श्रीमती", "श्रीमती सुनीता शर्मा"),
        ("रमेश", "भाई साहब", "रमेश भाई साहब"),
        ("रमेश", "मास्टर जी", "मास्टर रमेश जी"),
        ("Ramesh", "Bhai sahab", "Ramesh Bhai sahab"),
        ("Imran", " Haji   Sahib ", "Haji Imran Sahib"),
        ("Dr Farah", "Dr", "Dr Farah"),
        ("Imran", "", "Imran"),
        ("Imran", None, "Imran"),
        ("Imran", "The good man of Anarkali", "The good man of Anarkali Imran"),
    ],
)
def test_form_of_address_stands_where_people_say_it(name, form, spoken):
    assert with_respect(name, form) == spoken


def test_every_message_language_has_suggestions():
    assert set(SUGGESTED) == {"ur", "hi", "en", "ur-Latn", "hi-Latn"}
    assert {"جناب", "صاحب", "صاحبہ", "ڈاکٹر صاحب", "حاجی صاحب", "بھائی"} <= set(SUGGESTED["ur"])
    assert {"श्री", "श्रीमती", "जी", "भाई साहब", "मैडम", "सर"} <= set(SUGGESTED["hi"])
    assert {"Mr", "Ms", "Dr"} <= set(SUGGESTED["en"])
