"""Who may be here twice: one rule for what is typed, what is brought in, and the page of pairs."""

import pytest

from loyalapp.core.db import db
from loyalapp.features.customers import duplicates, faces, merging
from loyalapp.features.customers import service as customers


@pytest.fixture(autouse=True)
def inside(any_app):
    """Everything here happens in the app, on each database."""
    with any_app.app_context():
        yield


def someone(name, **values):
    return customers.add({"name": name, **values}).id


def found(size=25):
    """Every pair with its reasons, over all pages."""
    pairs, after = [], None
    while True:
        page = duplicates.pairs(after, size)
        pairs += [({pair.one.id, pair.other.id}, pair.reasons) for pair in page.pairs]
        after = page.after
        if after is None:
            return pairs


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            {"name": "Ayesha", "phones": ["03001234567"]},
            {"name": "عائشہ", "phones": ["+923001234567"]},
            ("number", "name"),
        ),
        ({"name": "Ayesha Khan", "place": "Lahore"}, {"name": "आयशा ख़ान", "place": "लाहौर"}, ("place",)),
        ({"name": "Ayesha Khan", "firm": "Zam Zam"}, {"name": "Ayesha Khan", "firm": "Zamzam"}, ("firm",)),
        ({"name": "Ayesha Khan", "place": "Lahore"}, {"name": "Aysha Khan"}, ("name",)),
        ({"name": "Ayesha", "email": "a@b.pk"}, {"name": "Sales", "email": "a@b.pk"}, ("email",)),
        ({"name": "Ayesha", "phones": ["03001234567"]}, {"name": "Karim", "phones": ["03001234567"]}, ("family",)),
        ({"name": "Ayesha Khan", "place": "Lahore"}, {"name": "Ayesha Khan", "place": "Delhi"}, None),
        ({"name": "Ayesha Khan", "place": "Lahore"}, {"name": "Karim Khan", "place": "Lahore"}, None),
        ({"name": "عمران اعوان", "place": "Lahore"}, {"name": "عمر اعوان", "place": "Lahore"}, None),
        ({"name": "Ayesha Awan", "place": "Lahore"}, {"name": "احسان اعوان", "place": "Lahore"}, None),
        ({"name": "Umar Toor", "place": "Lahore"}, {"name": "उमर राठौर", "place": "Lahore"}, None),
        ({"name": "Abdul Rehman", "place": "Lahore"}, {"name": "عبدالرحمٰن", "place": "Lahore"}, ("place",)),
        ({"name": "Mohd Aslam", "place": "Lahore"}, {"name": "محمد اسلم", "place": "لاہور"}, ("place",)),
        ({"name": "Ali", "place": "Lahore"}, {"name": "Lila", "place": "Lahore"}, None),
    ],
)
def test_why_two_may_be_one(one, other, why):
    first, second = someone(**one), someone(**other)

    assert found() == ([({first, second}, why)] if why else [])
    typed = faces.typed({**other, "phones": [{"number": number} for number in other.get("phones", ())]})
    customers.remove(second)
    assert [(face.id, reasons) for face, reasons in duplicates.alike(typed)] == ([(first, why)] if why else [])


def test_a_name_that_many_have_needs_a_place():
    many = [someone("Muhammad Ali") for _number in range(6)]
    lahore = {someone("Muhammad Ali", place="Lahore"), someone("محمد علی", place="Lahore")}

    assert found() == [(lahore, ("place",))]
    assert many


def test_every_pair_stands_on_one_page_and_once():
    for number in range(7):
        for name in (f"Person {chr(66 + number)}ak", f"Person {chr(66 + number)}ak"):
            someone(name, phones=[f"0300 123456{number}"], email=f"a{number}@b.pk")

    pairs = found(size=3)

    assert len(pairs) == len({frozenset(pair) for pair, _why in pairs}) == 7


def test_who_is_not_the_same_and_who_was_removed_or_joined_is_not_shown():
    one, other, third = (someone("Ayesha Khan", place="Lahore") for _number in range(3))
    assert len(found()) == 3

    duplicates.not_the_same(other, one)
    duplicates.not_the_same(one, other)
    assert len(found()) == 2
    customers.remove(third)
    assert found() == []
    duplicates.perhaps_the_same(one, other)
    versions = {each: customers.get(each).version for each in (one, other)}
    merging.merge(one, other, {}, versions, str)
    assert found() == []


def test_a_page_asks_a_fixed_number_of_questions():
    from sqlalchemy import event

    def questions():
        asked = []
        event.listen(db.engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))
        duplicates.pairs()
        return len(asked)

    someone("Ayesha Khan", phones=["03001234567"])
    someone("Ayesha Khan", phones=["03001234567"])
    few = questions()
    for number in range(20):
        someone(f"Name{chr(97 + number)}k", phones=["03001234567"])
        someone(f"Name{chr(97 + number)}k", place="Lahore", email="a@b.pk")
    db.session.rollback()

    assert questions() <= 2 * few, "the second listener hears the first one's questions too"
