"""A language more takes one folder: it is found, spoken, leans on one of ours, and a bad one is left out."""

import pytest

from loyalapp.core import tongues
from loyalapp.core.i18n import (
    LANGUAGES,
    current_language,
    current_locale,
    current_tongue,
    direction,
    gettext,
    in_language,
    language_names,
)
from tests.conftest import close, open_app, through_the_door
from tests.walk import filled

ENTRIES = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Customers"\nmsgstr "گراهڪ"\n'


@pytest.fixture
def sindhi(data_dir):
    """The app with a folder of Sindhi that has one word for the core and one for a plugin."""
    folder = data_dir / "languages" / "sd"
    (folder / "LC_MESSAGES").mkdir(parents=True)
    (folder / "language.toml").write_text('name = "سنڌي"\nlike = "ur"\n', "utf-8")
    (folder / "LC_MESSAGES" / "messages.po").write_text(ENTRIES, "utf-8")
    (folder / "LC_MESSAGES" / "issues.po").write_text(ENTRIES.replace("Customers", "Problems"), "utf-8")
    app = open_app(data_dir)
    yield app
    close(app)


def test_it_stands_on_the_switch_and_its_words_on_the_page(sindhi):
    browser = through_the_door(sindhi)
    page = browser.get("/customers/").get_data(as_text=True)
    assert '<html lang="en"' in page
    assert ">سنڌي</button>" in page

    browser.post("/language", data={**filled(browser, "/customers/", "/language"), "language": "sd"})
    page = browser.get("/customers/").get_data(as_text=True)
    assert '<html lang="sd" dir="rtl"' in page
    assert page.count("گراهڪ") >= 3  # two tabs, one of them of a plugin, and the heading
    assert "سیٹنگز" in page  # a word it does not have yet


def test_it_leans_on_one_of_ours_and_the_customer_is_written_to_in_ours(sindhi):
    with sindhi.app_context(), in_language("sd"):
        assert (current_tongue(), current_language(), str(current_locale())) == ("sd", "ur", "ur_PK@sd")
        assert (direction("sd"), gettext("Customers"), gettext("Save")) == ("rtl", "گراهڪ", "محفوظ کریں")
        with in_language("hi"):
            assert (current_tongue(), gettext("Customers")) == ("hi", "ग्राहक")


def test_it_may_be_the_language_of_a_member_of_staff(sindhi):
    page = through_the_door(sindhi).get("/settings/staff/").get_data(as_text=True)

    assert '<option value="sd">سنڌي</option>' in page


@pytest.mark.parametrize(
    ("code", "about", "sentence"),
    [
        ("Sindhi", 'name = "سنڌي"\nlike = "ur"', "two or three small letters"),
        ("hi", 'name = "Other Hindi"\nlike = "ur"', "none of"),
        ("sd", 'like = "ur"', "what the language calls itself"),
        ("sd", 'name = "سنڌي"\nlike = "sd"', "`like` is one of"),
        ("sd", 'name = "سنڌي"\nlike = "ur"\ntag = "x y"', "`tag` is a language tag"),
        ("sd", "name = ", "Invalid value"),
    ],
)
def test_a_folder_that_cannot_be_used_is_left_out_with_a_sentence(tmp_path, code, about, sentence):
    folder = tmp_path / code
    folder.mkdir()
    (folder / "language.toml").write_text(about, "utf-8")
    there, wrong = tongues.found([tmp_path, tmp_path / "nothing here"], LANGUAGES)

    assert there == {}
    assert len(wrong) == 1
    assert sentence in wrong[0]


def test_a_language_whose_folder_is_gone_gives_way_to_the_firms(data_dir, sindhi):
    with sindhi.app_context():
        sindhi.extensions["loyalapp.language_was_chosen"]("sd")
        assert "sd" in language_names()
    close(sindhi)
    for file in sorted((data_dir / "languages").rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    again = open_app(data_dir)
    page = through_the_door(again).get("/").get_data(as_text=True)
    close(again)

    assert '<html lang="en" dir="ltr"' in page
