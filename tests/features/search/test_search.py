"""The one search box: any spelling, any script, any sign, on both databases."""

import importlib

import pytest
from sqlalchemy import delete, select, update

from loyalapp.core.clock import now, today
from loyalapp.core.db import db
from loyalapp.core.textkeys import norm
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.customers import search_index
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer, Phone
from loyalapp.features.search import service as search
from loyalapp.plugin_system.answers import SearchResult

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


def test_the_surest_come_first_and_each_once(any_app):
    order = ["Ali", "Ali Raza", "Muhammad Ali", "Alia Bano", "علی شاہ", "Bano", "Kamal"]
    with any_app.app_context():
        for name in reversed(order[:5]):
            customers.add({"name": name})
        customers.add({"name": "Bano", "firm": "Ali Traders"})
        customers.add({"name": "Kamal", "notes": "Brother of Ali"})
        assert [one.name for one in customers.find("ali")] == [*order[:4], "Bano", "علی شاہ", "Kamal"]
        assert [one.name for one in customers.suggest("ali", 2)] == order[:2]
        db.session.remove()


def test_found_by_whatever_is_known(any_app):
    with any_app.app_context():
        values = {
            "name": "City Hospital",
            "place": "لاہور",
            "locality": "Model Town",
            "address": "14-B, Canal Road",
            "email": "office@city-hospital.example",
            "notes": "Pays by cheque\nLikes cardamom tea",
            "people": [{"name": "Dr. Nadia Hameed", "role": "doctor", "number": "0321 7654321", "note": ""}],
            "tags": ["wholesale", "ہول سیل"],
        }
        wanted = customers.add(values).id
        cricket = customers.learn(wanted, "Plays cricket on Sundays")
        customers.learn(wanted, "Lost a court case", do_not_mention=True)
        customers.add({"name": "Somebody Else", "place": "Pune"})
        for text in (
            "hospital city", "Lahore", "लाहौर", "model", "canal road", "office@city", "cardamom", "cheque tea",
            "नादिया", "حمید", "nadia lahore", "7654321", "76543", "٦٥٤٣٢", "wholesale", "ہول سیل", "whole", "cricket",
        ):  # fmt: skip
            assert [one.id for one in customers.find(text)] == [wanted], text
        why = {text: search.look_up(text).why.get(wanted) for text in ("cardamom", "नादिया", "whole", "canal", "City")}
        assert why == {
            "cardamom": "Likes cardamom tea",
            "नादिया": "Dr. Nadia Hameed, doctor",
            "whole": "wholesale",
            "canal": "14-B, Canal Road",
            "City": None,
        }
        for text in ("court", "Nazim", "99999", "Karachi", "retail"):
            assert customers.find(text) == [], text
        bring_back.undo(customers.forget_fact(cricket))
        assert [one.id for one in customers.find("cricket")] == [wanted]
        customers.correct_fact(cricket, "Plays kabaddi", None)
        assert customers.find("cricket") == []
        db.session.remove()


def test_a_number_by_any_part_the_end_of_it_first(any_app):
    with any_app.app_context():
        numbers = {"holds": "03004567001", "ends": "03331234567", "begins": "03451234008"}
        made = {name: customers.add({"name": name, "phones": [number]}).id for name, number in numbers.items()}
        holds, ends, begins = made.values()
        assert [one.id for one in customers.find("4567")] == [ends, holds]
        assert [one.id for one in customers.find("0345")] == [begins]
        assert [one.id for one in customers.find("92345")] == [begins]
        assert [one.id for one in customers.find("00923451")] == [begins]
        db.session.remove()


def test_who_owns_a_thing_is_found_by_its_words_its_serial_and_its_invoice(any_app, any_client, known):
    buyer, other = known["عمران صدیقی"], known["José García"]
    with any_app.app_context():
        catalogue.record_purchase(buyer, "جنریٹر 5 kVA", today(), serial="GX-77012", invoice="LHR/204")
        catalogue.record_purchase(other, "Water pump", today())
        for text in ("جنریٹر", "Generator", "जनरेटर", "gx-770", "GX-77012", "lhr/204"):
            assert [one.id for one in search.suggest(text)] == [buyer], text
            answer = search.look_up(text)
            assert [one.id for one, _thing in answer.owners] == [buyer], text
            assert (answer.owning, answer.total) == (1, 0)
        assert search.suggest("gx-8") == []
        db.session.remove()
    text = any_client.get("/search?q=generator").get_data(as_text=True)
    assert "جنریٹر 5 kVA" in text
    assert f"/customers/{buyer}" in text


def test_whoever_is_gone_is_not_found_and_comes_back_whole(any_app, known):
    one, two = known["Ali"], known["José García"]
    with any_app.app_context():
        step = customers.remove(one)
        assert customers.find("Ali") == []
        bring_back.undo(step)
        assert [row.id for row in customers.find("Ali")] == [one]

        db.session.execute(update(Customer).where(Customer.id == two).values(merged_into_id=one, removed_at=now()))
        search_index.refresh([one, two])
        db.session.commit()
        assert customers.find("Garcia") == []

        erased = {"name": "—", "erased_at": now(), "firm": None, "place": None}
        db.session.execute(update(Customer).where(Customer.id == one).values(**erased))
        db.session.execute(delete(Phone).where(Phone.customer_id == one))
        search_index.refresh([one])
        db.session.commit()
        left = db.session.execute(select(Customer.search_norm, Customer.search_phones).where(Customer.id == one)).one()
        assert customers.find("Ali") == []
        assert customers.find("4507") == []
        assert tuple(left) == ("", "")
        db.session.remove()


def test_a_change_past_the_service_is_found_after_a_refresh(any_app, known):
    one = known["Ali"]
    with any_app.app_context():
        loaded, version = customers.get(one), customers.get(one).version
        db.session.execute(update(Customer).where(Customer.id == one).values(name="ظہیر", notes="گاڑی"))
        db.session.execute(update(Phone).where(Phone.customer_id == one).values(number="+923119998887"))
        search_index.refresh([one])
        assert loaded.search_norm == norm("ظہیر")
        db.session.commit()
        for text in ("Zaheer", "ज़हीर", "گاڑی", "9998887"):
            assert [row.id for row in customers.find(text)][:1] == [one], text
        assert customers.find("Ali") == []
        assert customers.get(one).version == version
        db.session.remove()


def test_the_count_is_right_on_every_page(any_app, any_client):
    with any_app.app_context():
        for number in range(123):
            customers.add({"name": f"Imran {number}", "firm": "Imran Traders"})
        customers.add({"name": "عمران"})
        pages = [search.look_up("imran", page) for page in range(4)]
        db.session.remove()
    assert [one.total for one in pages] == [124] * 4
    assert [len(one.customers) for one in pages] == [50, 50, 24, 0]
    assert [one.after for one in pages] == [1, 2, None, None]
    assert len({row.id for one in pages for row in one.customers}) == 124
    assert "124" in any_client.get("/search?q=imran").get_data(as_text=True)
    assert any_client.get("/search?q=imran&page=999999").status_code == 200
    assert any_client.get("/search?q=imran&page=-1").status_code == 200


def test_nothing_found_offers_to_add_what_was_typed(client):
    page = client.get("/search?q=Zubaida+Begum").get_data(as_text=True)
    assert "Nothing found." in page
    assert "Nobody found." in client.get("/search/suggest?q=Zubaida").get_data(as_text=True)

    form = client.get("/customers/new?name=Zubaida+Begum").get_data(as_text=True)
    assert 'value="Zubaida Begum"' in form
    assert 'value="0300 1234567"' in client.get("/customers/new?name=0300+1234567").get_data(as_text=True)


def test_what_plugins_find_stands_below_the_customers(any_app, any_client, known):
    issues = importlib.import_module("plugins.issues.service")
    with any_app.app_context():
        issues.record(known["Ali"], "Imran says the needle breaks", item="Sewing machine")
        db.session.remove()
    page = any_client.get("/search?q=imran").get_data(as_text=True)
    assert page.index(f"/customers/{known['عمران صدیقی']}") < page.index("needle breaks")
    assert "needle breaks" in any_client.get("/search?q=sewing+نیڈل").get_data(as_text=True)
    assert "needle breaks" not in any_client.get("/search/suggest?q=needle").get_data(as_text=True)
    assert "needle breaks" not in any_client.get("/search?q=thread").get_data(as_text=True)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example", "https://evil.example", ""])
def test_a_result_leads_to_a_page_of_ours_only(url):
    with pytest.raises(ValueError, match="address of our own"):
        SearchResult("Problems", "x", url)


def test_the_piece_while_typing_is_no_whole_page_and_escapes(any_client, any_app, known):
    with any_app.app_context():
        customers.add({"name": "<script>alert(1)</script> Evil"})
        db.session.remove()
    text = any_client.get("/search/suggest?q=Evil").get_data(as_text=True)

    assert 'role="listbox"' in text
    assert "<html" not in text
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_nothing_asked_nothing_found(any_client, known):
    assert any_client.get("/search/suggest?q=").get_data(as_text=True).strip() == ""
    assert "Write a name in any script" in any_client.get("/search").get_data(as_text=True)
