"""The one search box: any spelling, any script, any sign, on both databases."""

import pytest

from loyalapp.core.db import db
from loyalapp.features.customers import service as customers

PEOPLE = ("عمران صدیقی", "فاطِمہ", "शर्मा जी", "José García", "O'Brien & Sons", "100% Cotton", "under_score", "Ali")


@pytest.fixture
def known(any_app) -> dict[str, int]:
    with any_app.app_context():
        made = {
            name: customers.add({"name": name, "place": "Pune", "phones": [f"+9230012345{number:02d}"]}).id
            for number, name in enumerate(PEOPLE)
        }
        db.session.remove()
    return made


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("imran", "عمران صدیقی"),
        ("इमरान", "عمران صدیقی"),
        ("فاطمہ", "فاطِمہ"),
        ("Fatima", "فاطِمہ"),
        ("शर्मा", "शर्मा जी"),
        ("sharma", "शर्मा जी"),
        ("jose", "José García"),
        ("JOSÉ", "José García"),
        ("o'brien", "O'Brien & Sons"),
        ("100%", "100% Cotton"),
        ("under_score", "under_score"),
        ("0300 1234502", "शर्मा जी"),
        ("۰۳۰۰۱۲۳۴۵۰۲", "शर्मा जी"),
        ("+92 300 1234502", "शर्मा जी"),
        ("1234502", "शर्मा जी"),
        ("4502", "शर्मा जी"),
    ],
)
def test_found_as_people_write_it(any_app, known, words, name):
    with any_app.app_context():
        assert customers.find(words)[0].id == known[name]


@pytest.mark.parametrize(
    "words",
    [
        "'",
        '"',
        ";",
        "--",
        "%",
        "_",
        "*",
        "NEAR(",
        "AND",
        "OR NOT",
        "norm:imran",
        "(",
        ")",
        '"a" "b',
        "a" * 5000,
        "\x00",
        "\ud800",
        "{}",
        "\\",
        "^",
        "-imran",
        "+",
        "customer_index MATCH",
    ],
)
def test_signs_of_the_database_are_words_like_others(any_app, any_client, known, words):
    with any_app.app_context():
        assert len(customers.find(words)) <= len(PEOPLE)
    sent = words.encode("utf-8", "surrogateescape" if "\ud800" not in words else "surrogatepass")
    from urllib.parse import quote

    for path in ("/search", "/search/suggest", "/contacts/new"):
        assert any_client.get(f"{path}?q={quote(sent)}&who={quote(sent)}").status_code == 200


def test_strangers_are_not_matched(any_app, known):
    with any_app.app_context():
        assert customers.find("Zubaida") == []
        assert [row.id for row in customers.find("Ali")] == [known["Ali"]]


def test_the_page_shows_name_place_and_number(any_client, known):
    text = any_client.get("/search?q=imran").get_data(as_text=True)

    assert f"/customers/{known['عمران صدیقی']}" in text
    assert "Pune" in text
    assert "300 12345" in text


def test_the_piece_while_typing_is_no_whole_page_and_escapes(any_client, any_app, known):
    with any_app.app_context():
        customers.add({"name": "<script>alert(1)</script> Evil"})
        db.session.remove()
    text = any_client.get("/search/suggest?q=Evil").get_data(as_text=True)

    assert "<html" not in text
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_nothing_asked_nothing_found(any_client, known):
    assert any_client.get("/search/suggest?q=").get_data(as_text=True).strip() == ""
    assert "Write a name in any script" in any_client.get("/search").get_data(as_text=True)
