"""Hindi in the keys of an old font becomes Hindi; Latin text stays what it is."""

import re
import unicodedata
from pathlib import Path

import polib
import pytest

from loyalapp.features.imports import choices, kruti, reading, service
from tests.bench import people
from tests.features.imports import made
from tests.features.imports.deeds import bring, everybody
from tests.features.imports.kruti_typist import typed

TRANSLATIONS = Path(__file__).parents[3] / "translations"
HINDI = re.compile("[\u0900-\u0963\u0970-\u097f]+")
ROWS = [
    ["नाम", "दुकान", "मोबाइल", "शहर"],
    ["राजेश शर्मा", "शर्मा हार्डवेयर", "9876543210", "दिल्ली"],
    ["सुनीता गुप्ता", "", "9812345678", "लखनऊ"],
    ["मोहन लाल", "कृष्ण ट्रेडर्स", "9898989898", "इलाहाबाद"],
    ["डॉ. मीनाक्षी सिंह", "सिंह क्लिनिक", "9797979797", "वाराणसी"],
]
# What people who typed in this font wrote every day, as they wrote it.
SEEN = {
    "jke": "राम",
    "Hkkjr": "भारत",
    "fgUnh": "हिन्दी",
    "izdk'k 'kekZ": "प्रकाश शर्मा",
    "Jherh": "श्रीमती",
    "fnYyh": "दिल्ली",
    "y[kuÅ": "लखनऊ",
    "mÙkj çns'k": "उत्तर प्रदेश",
    "ehuk{kh": "मीनाक्षी",
    "xk¡/kh": "गाँधी",
    "HkkbZ": "भाई",
    "MkW- flag": "डॉ. सिंह",
    "fLFkfr": "स्थिति",
    "ekfVZu": "मार्टिन",
    "dk;kZy;": "कार्यालय",
    "fo|k": "विद्या",
    "}kfjdk": "द्वारिका",
    "f=ikBh": "त्रिपाठी",
    "JhokLro": "श्रीवास्तव",
    "vks>k": "ओझा",
    'd`".k': "कृष्ण",
    "t+ksgjk": "ज़ोहरा",
    'iq#"kksÙke': "पुरुषोत्तम",
    "lw;Z": "सूर्य",
    'o"kkZ': "वर्षा",
    "Kku": "ज्ञान",
    'Å"kk': "ऊषा",
    "LVsV cSad": "स्टेट बैंक",
    "edku ua- 12] xyh 3": "मकान नं. 12, गली 3",
    "eks- vyh": "मो. अली",
    "gfj'pUnz": "हरिश्चन्द्र",
    ">kj[k.M": "झारखण्ड",
    "{ks=": "क्षेत्र",
    "pkS/kjh": "चौधरी",
}
LATIN = [
    "Anil Kumar",
    "Hall Road",
    "MS Traders",
    "Md. Asif",
    "Krishna Mfg",
    "S/o Ram",
    "GST No",
    "M/s Sharma & Sons",
    "Kshitij",
    "Jhunjhunwala",
    "Chhattisgarh",
    "José Núñez",
    "Zoë Müller",
    "LG split 1.5 ton",
    "UPS 2kVA",
    "Mushtaq Ashfaq",
    "PTCL",
    "",
    "a@b.com",
    "www.shop.pk",
    "Dnyaneshwar",
    "Srinivas",
    "whatsapp",
    "iPhone 12",
    "عائشہ",
    "राम",
    "0300 1234567",
    "=cmd|' /C calc'!A0",
]


def words_of(language: str) -> set[str]:
    """Every word of a catalogue: some thousand real ones."""
    entries = polib.pofile(str(TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"))
    texts = [text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values())]
    return {unicodedata.normalize("NFC", word) for text in texts for word in HINDI.findall(text)}


@pytest.mark.parametrize(("keys", "hindi"), SEEN.items())
def test_what_typists_wrote(keys, hindi):
    assert kruti.converted(keys) == hindi


def test_every_hindi_word_of_ours_typed_in_the_font_reads_as_itself():
    wrong = {word: kruti.converted(typed(word)) for word in words_of("hi") if kruti.converted(typed(word)) != word}

    assert wrong == {}


def test_latin_words_are_not_taken_for_hindi():
    names = people.names()["en"]

    assert not kruti.is_kruti_column(names)
    assert not kruti.is_kruti_column(LATIN)
    assert [name for name in names if kruti.read(name) != name] == []
    # Even in a column of Hindi: what begins with a capital, as names and firms do.
    assert [text for text in LATIN if text[:1].isupper() and kruti.read(text) != text] == []


def test_hindi_names_in_the_font_are_recognised_few_as_they_are():
    names = [typed(name) for name in people.names()["hi"]]

    assert kruti.is_kruti_column(names)
    some = [names[start : start + 5] for start in range(0, len(names), 5)]
    assert sum(map(kruti.is_kruti_column, some)) > len(some) * 0.9
    assert not kruti.is_kruti_column(names[:20] + people.names()["en"][:40])


def in_the_font(rows: list[list[str]]) -> list[list[str]]:
    return [[typed(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_table_in_the_font(tmp_path, encoding):
    source = reading.open_list(made.table(tmp_path / "a.csv", in_the_font(ROWS), encoding, delimiter="\t"))

    assert [column.meaning for column in source.columns] == ["name", "firm", "phone", "place"]
    assert [column.title for column in source.columns] == ROWS[0]
    assert [cells for _, cells in source.rows()] == ROWS[1:]
    assert ("jkts'k 'kekZ", "राजेश शर्मा") in source.old_font.examples


def test_a_workbook_in_the_font_goes_in_as_hindi(app, tmp_path):
    path = made.workbook(tmp_path / "a.xlsx", [["xzkgdksa dh lwph"], *in_the_font(ROWS)])
    with app.app_context():
        bring(path)

        doctor = everybody()["मीनाक्षी सिंह"]
        assert (doctor.address_form, doctor.firm, doctor.place) == ("डॉ.", "सिंह क्लिनिक", "वाराणसी")
        assert [one.number for one in doctor.phones] == ["+919797979797"]


def test_the_user_says_no_and_the_list_stays_as_it_is(app, tmp_path):
    path = made.table(tmp_path / "a.csv", in_the_font(ROWS), delimiter="\t")
    with app.app_context():
        preview = service.plan(path)
        assert preview.choices.questions == {"old_font"}

        kept = service.plan(path, {"old_font": "no", "column-0": "name", "column-2": "phone"})

        assert kept.choices.questions == frozenset()
        assert next(iter(kept.source.rows()))[1][0] == "jkts'k 'kekZ"
        service.carry_out(kept)
        assert "jkts'k 'kekZ" in everybody()


def test_a_list_with_a_few_latin_cells_keeps_them(tmp_path):
    rows = [*in_the_font(ROWS), ["Anil Kumar", "LG Service Centre", "9111111111", "Delhi"]]
    source = reading.open_list(made.table(tmp_path / "a.csv", rows, delimiter="\t"))

    assert list(source.rows())[-1][1] == rows[-1]


def test_a_latin_list_is_asked_nothing(tmp_path):
    source = reading.open_list(made.SALES)

    assert not source.old_font.columns
    assert "old_font" not in choices.proposed(source, "PK").questions
