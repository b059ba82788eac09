"""The words of the cards: whole in every language and tone, with name and form of address in every text (E2)."""

import tomllib
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from loyalapp import sdk
from plugins.greetings import drawing, occasions, own, proposals, service, varying, words
from plugins.greetings.models import Card
from plugins.greetings.ours import DESIGNS, designs_for

LANGUAGES = sdk.MESSAGE_LANGUAGES
KEYS = [*occasions.PERSONAL, *occasions.every("festival", "national", "profession"), "other"]
NAMES = {
    "ur": ("طارق بھٹی", "جناب"),
    "hi": ("सुनीता शर्मा", "श्रीमती"),
    "en": ("Thomas Mathew", "Mr"),
    "ur-Latn": ("Zainab Shaikh", "Sahiba"),
    "hi-Latn": ("Vikram Rao", "ji"),
}
STRANGE = ["अ" * 200, "Z" * 200, "محمد Ali अली", "😀🎂", "O’Brien-İ", "{name} {{ x }} %s", "<b>Ali</b>", "ب" * 200]


def test_every_occasion_has_words_in_every_language_and_tone_and_a_design(app):
    with app.app_context():
        for key, language in product(KEYS, LANGUAGES):
            assert set(designs_for(key)) <= set(DESIGNS)
            assert words.greet(key, language, 5), key
            for tone in words.TONES:
                found = words.wishes(key, language, 5, tone)
                assert found, (key, language, tone)
                everything = [*found, *words.longer(found, language, tone), words.greet(key, language, 30)]
                assert not any("{" in one or "  " in one for one in everything), everything
                assert len(set(everything)) == len(everything), everything
                assert max(map(len, everything)) <= varying.LONGEST_WISH, everything
                assert all(one[-1] in ".۔।" for one in found), found


def test_the_great_days_have_several_wordings_in_each_tone(app):
    with app.app_context():
        great = ("birthday", "first_deal", "eid_fitr", "diwali", "new_year", "ramadan")
        for key, language in product(great, LANGUAGES):
            assert len(words.wishes(key, language, 5, "warm")) >= 3
            assert len(words.wishes(key, language, 5)) >= 6


def test_every_language_says_as_much_as_the_others():
    files = {one: tomllib.loads((words.HOME / f"wordings-{one}.toml").read_text("utf-8")) for one in LANGUAGES}
    for key, entry in files["en"].items():
        for language, other in files.items():
            for tone in set(words.TONES) & set(entry):
                assert tone in other.get(key, {}), (language, key, tone)
    unknown = set().union(*map(set, files.values())) - set(KEYS) - {*words.KINDS, "pool", "after", "round_years"}
    assert not unknown


def test_ready_words_are_in_the_letters_of_their_language(app):
    with app.app_context():
        for key in KEYS:
            for language in LANGUAGES:
                script = language if language in sdk.LANGUAGES else "en"
                for one in [words.greet(key, language, 3), *words.wishes(key, language, 3)]:
                    assert sdk.address.script_of(one) == script, (key, one)


def test_nothing_calls_anybody_dear_without_a_name(app):
    with app.app_context():
        text = " ".join(one for key in KEYS for one in words.wishes(key, "en", 5)).casefold()
        assert "dear" not in text


def test_round_years_are_told_otherwise(app):
    with app.app_context():
        assert "Ten years with us: thank you for coming back again and again." in words.wishes("first_deal", "en", 10)
        assert not any("with us" in one for one in words.wishes("first_deal", "en", 7))


def test_an_occasion_of_ones_own_is_named_where_its_letters_are_the_cards(app):
    with app.app_context():
        key = own.add("دکان کا افتتاح", sdk.PartialDay(None, 3, 1))
        assert words.greet(key, "ur") == "دکان کا افتتاح مبارک"
        assert words.greet(key, "en") == words.greet("other", "en")
        assert words.wishes(key, "hi") == words.wishes("other", "hi")


def test_words_bend_where_urdu_and_hindi_bend_them(app):
    with app.app_context():
        assert "دسہرے کے موقعے پر آپ کی خدمت میں دلی مبارکباد۔" in words.wishes("dussehra", "ur")
        assert "दशहरे की बहुत-बहुत बधाई।" in words.wishes("dussehra", "hi")


# ---- name and address


def _person(name: str, form: str) -> sdk.Customer:
    """The same one for every occasion."""
    known = sdk.customers.find(name, 1)
    if known:
        return sdk.customers.get(known[0].id)
    values = {"name": name, "address_form": form, "since": sdk.today().replace(year=2021, day=1)}
    return sdk.customers.add(values)


def _finished(customer_id: int, key: str, language: str, tone: str) -> tuple[service.Draft, str]:
    made = service.draft(customer_id, key, language=language, tone=tone)
    return made, drawing.text_of(Card(**made._asdict()))


def test_name_and_address_stand_in_every_wording(app):
    with app.app_context():
        for key, (language, (name, form)) in product(KEYS, NAMES.items()):
            one, spoken = _person(name, form), sdk.address.with_respect(name, form)
            made, text = _finished(one.id, key, language, "")
            assert spoken in text
            for tone in words.TONES:
                for wish in varying.wordings(one, key, language, 5, tone):
                    said = drawing.text_of(Card(**made._replace(wish=wish)._asdict()))
                    assert spoken in said
                    assert wish in said


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=some.one_of(some.sampled_from(STRANGE), some.text(min_size=1, max_size=200)),
    form=some.sampled_from([None, "جناب", "صاحب", "जी", "श्री", "Mr", "ji", "Haji"]),
    language=some.sampled_from(LANGUAGES),
    key=some.sampled_from(["birthday", "eid_azha", "diwali", "doctors", "pakistan_day", "other"]),
    tone=some.sampled_from(words.TONES),
)
def test_any_name_stands_on_any_card(app, name, form, language, key, tone):
    with app.app_context():
        if not sdk.plain(name).strip(" ,،"):  # a comma is no name
            return
        one = sdk.customers.add({"name": name, "address_form": form})
        made, text = _finished(one.id, key, language, tone)
        assert one.name in text
        assert sdk.customers.addressed(one, language) in made.address
        assert made.address.rstrip(" ,،") != "Dear"
        if sdk.undrawable(made.address):  # such letters are refused in words, beside their field
            with pytest.raises(sdk.LoyalAppError, match="empty boxes"):
                service.make(one.id, made)
            return
        card = service.make(one.id, made)
        assert service.get(card).address == sdk.plain(made.address)


def test_a_name_alone_is_graceful_where_no_form_of_address_is_known(app):
    with app.app_context():
        one = sdk.customers.add({"name": "طارق بھٹی"})
        assert proposals.address_of(one, "ur") == "طارق بھٹی"
        two = sdk.customers.add({"name": "Sunita Sharma"})
        assert proposals.address_of(two, "hi-Latn") == "Sunita Sharma ji"
        assert proposals.address_of(two, "en") == "Dear Sunita Sharma"


def test_a_card_without_the_name_is_not_made(app):
    with app.app_context():
        one = sdk.customers.add({"name": "طارق بھٹی", "name_en": "Tariq Bhatti"})
        drafted = service.draft(one.id, "birthday", language="en")
        for address in ("Dear customer", "Dear ,", "جناب"):
            with pytest.raises(sdk.LoyalAppError) as caught:
                service.make(one.id, drafted._replace(address=address))
            assert caught.value.field == "address"
        for address in ("Dear Tariq", "طارق بھائی", "تارق صاحب", "Haji Bhatti sahib"):
            assert service.make(one.id, drafted._replace(address=address))


def test_a_name_of_nothing_but_pictures_can_be_greeted(app):
    with app.app_context():
        one = sdk.customers.add({"name": "😀🎂"})
        assert service.make(one.id, service.draft(one.id, "birthday", language="hi"))


def test_who_is_called_by_a_title_is_greeted_with_respect(app):
    with app.app_context():
        doctor, friend = (sdk.customers.add({"name": "Ali", "address_form": one}).id for one in ("Dr", "Bhai"))
        assert service.draft(doctor, "birthday").tone == "respectful"
        assert service.draft(friend, "birthday").tone == "warm"
