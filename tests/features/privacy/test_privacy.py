"""Shown, handed over, erased: nothing is left out on the sheet, and nothing is left after an erasure."""

import json

import pytest
from sqlalchemy import inspect, text

from loyalapp.core import belongings
from loyalapp.core.clock import today
from loyalapp.core.db import db
from loyalapp.core.errors import NotFound
from loyalapp.features.catalogue import service as catalogue
from loyalapp.features.catalogue.models import Purchase
from loyalapp.features.customers import consent
from loyalapp.features.customers import service as customers
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports.models import Import
from loyalapp.features.interactions import service as interactions
from loyalapp.features.privacy import holding, service
from loyalapp.features.welcome import service as welcome
from loyalapp.plugin_system import state
from loyalapp.plugin_system.calls import registry
from tests.conftest import close, open_app

# Words that are found nowhere else, one in each place where something about a customer can stand.
SECRETS = {
    "name": "Zuleikha",
    "name_ur": "زلیخا",
    "firm": "Zamzam Fabrics",
    "place": "Zhob",
    "address": "Zarghun Road 7",
    "email": "zuleikha@example.com",
    "notes": "Zither at home",
    "do_not_mention": "Zest for quarrels",
    "hours": "Zuhr time",
}
LANGUAGES = ("ur", "hi", "en", "ur-Latn", "hi-Latn")


def known(**more) -> int:
    """A customer about whom everything is written down."""
    who = customers.add({**SECRETS, "phones": ["0300 9998877"], "birth_month": 5, "birth_day": 4, **more}).id
    customers.learn(who, "Zebra on the wall", "contact")
    customers.learn(who, "Zealous uncle", do_not_mention=True)
    interactions.record(who, said="Zipper broke", learned="Zinc buttons", promised="Zari border", promised_for=today())
    catalogue.record_purchase(who, "Zigzag machine", today(), amount_minor=100, invoice="Z-77", serial="ZN-1")
    consent.write(who, "offers", "told", given=False, note="Zero offers")
    return who


def of_a_plugin_that_is_gone(who: int) -> None:
    db.session.execute(
        text(
            "CREATE TABLE plg_gone_note (id INTEGER PRIMARY KEY, words TEXT,"
            " customer_id INTEGER REFERENCES customer (id) ON DELETE CASCADE)"
        )
    )
    db.session.execute(text(f"INSERT INTO plg_gone_note VALUES (1, 'Zero-day note', {who})"))
    db.session.commit()


def everything() -> str:
    """Every value of every table."""
    with db.engine.connect() as link:
        tables = [one for one in inspect(link).get_table_names() if not one.startswith("customer_index")]
        return "\n".join(str(row) for one in tables for row in link.execute(text(f'SELECT * FROM "{one}"')))


# ---- shown ----


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_says_everything_in_the_language_of_the_customer(any_app, language):
    with any_app.app_context():
        who = known(message_language=language)
        of_a_plugin_that_is_gone(who)
        found = holding.sections(customers.get(who), [who], language)

        said = "\n".join(f"{one.title}\n{one.rows}" for one in found)
        facts = (
            "Zebra on the wall",
            "Zealous uncle",
            "Zipper broke",
            "Zinc buttons",
            "Zari border",
            "Zigzag machine",
            "Z-77",
        )
        for word in (*SECRETS.values(), *facts, "gone"):
            assert word in said, word
        assert holding.words(language)["consents"] in said
        assert "do not mention" not in said.casefold()
        assert service.sheet(who).startswith(b"%PDF")


def test_the_five_languages_have_the_same_words_with_the_same_places():
    import re

    english = holding.words("en")
    for language in LANGUAGES:
        words = holding.words(language)
        assert words.keys() == english.keys()
        for key, sentence in words.items():
            assert re.findall(r"{\w+}", sentence).sort() == re.findall(r"{\w+}", english[key]).sort(), (language, key)
            assert sentence.strip()
        own = {"ur": "\u0600-\u06ff", "hi": "\u0900-\u097f"}.get(language, "A-Za-z")
        others = "".join({"ur": "\u0600-\u06ff", "hi": "\u0900-\u097f"}[one] for one in ("ur", "hi") if one != language)
        assert not re.search(f"[{others}]", "".join(words.values()))
        assert re.search(f"[{own}]", words["title"])


def test_plugins_speak_of_what_they_hold_without_raw_assessments(app):
    with app.app_context():
        welcome.add_examples()
        ids = list(db.session.scalars(text("SELECT DISTINCT customer_id FROM plg_reviews_assessment")))
        for language in LANGUAGES:
            said = [str(holding.sections(customers.get(one), [one], language)) for one in ids]
            assert any("unknown" in one for one in said) is False
        titles = {one.title for who in ids for one in holding.sections(customers.get(who), [who], "en")}
        assert {"What we talked about", "Problems you told us about"} <= titles


def test_the_file_holds_every_row_also_of_plugins_that_are_gone(any_app):
    with any_app.app_context():
        who = known()
        of_a_plugin_that_is_gone(who)
        file = service.hand_over(who, "json")
        content = json.loads(file.read_text("utf-8"))

        assert content["rows"]["plg_gone_note"] == [{"id": 1, "words": "Zero-day note", "customer_id": who}]
        assert content["rows"]["customer"][0]["name"] == "Zuleikha"
        assert not {"search_norm", "sort_key"} & content["rows"]["customer"][0].keys()
        assert file.stat().st_mode & 0o777 == 0o600


def test_what_was_handed_over_is_noted_without_a_name(any_app):
    with any_app.app_context():
        who = known()
        service.hand_over(who, "json")
        service.hand_over(who, "pdf")
        service.erase(who)

        assert [(one.kind, one.customer_id) for one in service.log()] == [
            ("erasure", who),
            ("sheet", who),
            ("file", who),
        ]


# ---- erased ----


def test_nothing_personal_is_left_and_the_sale_stays_for_the_books(any_app):
    with any_app.app_context():
        who = known()
        of_a_plugin_that_is_gone(who)
        customers.remove(who)  # leaves a picture for bringing back
        run = Import(file_name="a.csv", file_hash="x", kind="people", counts={})
        run.account = {"doubts": [[1, "same_name", "Zuleikha", "Y"], [2, "same_name", "Aslam", "B"]], "not_taken": []}
        db.session.add(run)
        db.session.commit()
        assert "Zuleikha" in everything()
        service.erase(who)

        left = everything()
        for word in (
            *SECRETS.values(),
            "Zebra",
            "Zealous",
            "Zipper",
            "Zinc",
            "Zari",
            "ZN-1",
            "Zero",
            "9998877",
            "zlkh",
        ):
            assert word not in left, word
        sale = db.session.query(Purchase).one()
        assert (sale.item, sale.amount_minor, sale.invoice, sale.bought_on) == ("Zigzag machine", 100, "Z-77", today())
        assert "Aslam" in left, "what was said of others in the same account stays"


def test_an_erased_customer_is_in_no_list_and_cannot_be_brought_back(any_app):
    with any_app.app_context():
        who = known()
        service.erase(who)

        assert list(customers.find("Zuleikha")) == []
        with pytest.raises(NotFound):
            customers.get(who)
        with pytest.raises(NotFound):
            service.erase(who)
        row = db.session.get(Customer, who)
        assert (row.name, row.removed_at is None, row.erased_at is None) == ("–", False, False)


def test_who_was_made_one_with_them_is_erased_too_and_nobody_else(any_app):
    with any_app.app_context():
        who, other = known(), known(name="Yasmin")
        twin = customers.add({"name": "Zuleikha Bibi", "notes": "Zoo"}).id
        db.session.get(Customer, twin).merged_into_id = who
        db.session.commit()
        service.erase(who)

        assert "Zuleikha Bibi" not in everything()
        assert customers.get(other).name == "Yasmin"
        assert customers.get(other).notes == "Zither at home"


def test_the_trash_is_emptied_with_one_line_for_all(any_app):
    with any_app.app_context():
        gone, stays = [known(name=name) for name in ("Wali", "Wajid")], known(name="Yasmin")
        service.empty_out(gone)
        service.empty_out([])

        assert "Wajid" not in everything()
        assert [(one.kind, one.count, one.customer_id) for one in service.log()] == [("trash", 2, None)]
        assert customers.get(stays).name == "Yasmin"


def test_sheets_and_cards_that_lie_in_the_exports_folder_go(app):
    from plugins.greetings import drawing
    from plugins.greetings import service as greetings

    with app.app_context():
        who, other = known(), known(name="Yasmin")
        files = [service.hand_over(who, "pdf"), service.hand_over(who, "json")]
        theirs = service.hand_over(other, "json")
        card = greetings.make(who, greetings.draft(who, "birthday"))
        from loyalapp import sdk

        files.append(sdk.export_file(drawing.file_name(greetings.get(card), "png"), b"x"))
        service.erase(who)

        assert [one.name for one in files if one.exists()] == []
        assert theirs.exists()


def test_a_plugin_cannot_have_files_deleted_that_are_not_ours(app, tmp_path):
    from loyalapp.features.privacy import erasing

    outside = tmp_path / "outside.txt"
    outside.write_text("mine", "utf-8")
    with app.app_context():
        assert erasing.files_of([1], [outside, tmp_path / "data" / ".." / "outside.txt"]) == []


def test_only_the_same_person_is_erased_again_after_a_backup(any_app):
    with any_app.app_context():
        who, other = known(), known(name="Yasmin")
        made = db.session.get(Customer, who).created_at.replace(tzinfo=None).isoformat()
        service.erase_again([(who, made), (other, "2020-01-01T00:00:00"), (999, made)])

        assert db.session.get(Customer, who).erased_at is not None
        assert customers.get(other).name == "Yasmin"


# ---- with plugins off ----


def test_rows_of_plugins_that_are_switched_off_are_told_of_taken_along_and_erased(data_dir):
    app = open_app(data_dir)
    with app.app_context():
        welcome.add_examples()
        who = db.session.scalar(text("SELECT customer_id FROM plg_issues_problem ORDER BY id"))
        for plugin in ("issues", "value", "reviews", "greetings"):
            registry().states.set_wish(plugin, state.OFF)
    close(app)
    app = open_app(data_dir)
    with app.app_context():
        assert registry().running == {}
        record = service.record(who)
        assert {"plg_issues_problem", "plg_issues_step"} <= record["rows"].keys()
        assert any("Problems" in str(one["rows"]) for one in record["sheet"])
        service.erase(who)

        assert not [one for one in belongings.rows_of(who) if one.startswith("plg_")]
        assert db.session.scalar(text("SELECT count(*) FROM plg_issues_problem")) > 0, "those of others stay"
        step = "SELECT count(*) FROM plg_issues_step WHERE problem_id NOT IN (SELECT id FROM plg_issues_problem)"
        assert db.session.scalar(text(step)) == 0
    close(app)
