"""Clean text, and one name found and sorted in three scripts."""

import random
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalapp.core.textkeys import first_letter, norm, plain, sort_key, to_ascii


@pytest.mark.parametrize(
    "spellings",
    [
        "صدیقی صديقي صِدِّیقی صـدیقی", "کریم كريم", "फ़ातिमा फातिमा", "लड\u093cका \u0932\u095cका", "क्षत्रिय क्\u200dषत्रिय",
        "نورالدین نور\u200cالدین", "संजय सन्जय", "हिंदी हिन्दी", "चाँद चांद", "آمنہ ا\u0653منہ امنہ", "فاطمہ فاطمة فاطمه",
        "کیمپ كيمپ", "कैंप कैम्प", "José JOSE Jose\u0301", "O'Brien OBrien O’Brien", "۱۲۳ 123 १२३ ١٢٣", "رحمن رحمٰن",
        "ﻋﻠﻲ علی",
    ],
)  # fmt: skip
def test_spellings_of_one_word_are_one(spellings):
    assert len(set(map(norm, spellings.split(" ")))) == 1


@pytest.mark.parametrize("pair", ["शर्मा शर्म", "किताब कताब", "علی علیم", "ہما ھما", "बड़ा बढ़ा"])
def test_what_must_stay_apart(pair):
    one, other = pair.split()
    assert norm(one) != norm(other)


def test_words_are_parted_by_single_spaces_and_nothing_else():
    assert norm("  Al-Fatah   Traders (Pvt.) Ltd.") == "al fatah traders pvt ltd"
    assert norm('राज "किंग" फ़ैशन।') == "राज किंग फैशन"
    assert norm("السلام علیکم، نادیہ۔") == "السلام علیکم نادیہ"
    assert norm("😀 👨‍👩‍👧") == ""
    assert norm("user_3@example.in") == "user 3 example in"


URDU_ORDER = """
آمنہ احمد بلال بیگم بھائی بھٹی پروین پھول تنویر ٹیپو ثنا جاوید چاند حسن خالد دانش ڈار ذیشان رانا زینب
ژالہ سعدیہ شازیہ صدیقی ضیا طارق ظفر عائشہ غلام فاطمہ قریشی کامران گلناز لبنیٰ مریم نازیہ وقاص ہاشمی یاسر
"""
HINDI_ORDER = """
अनीता आयशा इमरान कविता ज़ाकिर ज्ञानेन्द्र दीपक नेहा पूजा फ़रहान मनोज राजेश शर्मा श्रद्धा संजय हरि
"""


def test_the_order_of_a_list():
    latin = ["3 Star", "Ali Khan", "Alim", "Élodie", "zafar"]
    urdu, hindi = URDU_ORDER.split(), HINDI_ORDER.split()
    wanted = [*urdu, *hindi, *latin, "山田", "😀"]
    mixed = wanted[:]
    random.Random(1).shuffle(mixed)
    assert sorted(mixed, key=sort_key) == wanted
    assert sorted(mixed, key=lambda name: sort_key(name, "hi"))[: len(hindi)] == hindi
    assert sorted(["علیم", "علی خان"], key=sort_key) == ["علی خان", "علیم"]


def test_a_ha_with_two_eyes_that_makes_no_letter_of_its_own_is_a_plain_one():
    assert sort_key("ھما") == sort_key("ہما")
    assert sort_key("بھائی") > sort_key("بیگم")
    letters = {"بھٹی": "بھ", "بیگم": "ب", "ھما": "ہ", "क्षमा": "क", "élodie": "E", "7 Star": "#", "山田": "", "": ""}
    assert {name: first_letter(sort_key(name)) for name in letters} == letters


def test_stored_keys_are_brought_to_the_same_order_by_the_migration():
    """The migration writes what it must do itself, as every migration does: here both are compared."""
    migration = import_module("loyalapp.migrations.versions.2026_11_27_languages_and_desktop")
    for name in ("بھٹی محمد", "کھوسہ", "ھما", "لکھنؤ", "وھ", "پھول بھائی", "Ali بھٹی", "گڑھ"):
        stored = sort_key(name.replace("ھ", "\u06b4")).replace("\u06b4", migration.BREATH)
        for letter in migration.JOINED:
            stored = stored.replace(letter + migration.BREATH, letter + migration.ASPIRATED)
        assert stored.replace(migration.BREATH, migration.PLAIN_H) == sort_key(name)


def test_sort_keys_do_not_mind_the_keyboard():
    assert sort_key("علي  كريم") == sort_key("علی کریم") == sort_key("«عَلی» کریم")
    assert sort_key("डॉ. Sana") == sort_key("डॉ Sana")
    assert len(sort_key("क" * 5000)) < 200


def test_plain_text():
    assert plain("  Ali\u00a0\t Khan \n") == "Ali Khan"
    assert plain("a\x00b\u202ec\u2066d\u2069\ufeff\u200f\ud800") == "abcd"
    assert plain("Jose\u0301") == "José"
    assert plain("می\u200cخواہم") == "می\u200cخواہم"
    assert plain("👨\u200d👩\u200d👧 ok") == "👨\u200d👩\u200d👧 ok"
    assert plain("one\r\ntwo") == "one two"
    assert plain("one  \r\n\ttwo  words\u2028three\x00\n\n", keep_lines=True) == "one\n two  words\nthree"
    assert plain(" one ", keep_lines=True) == "one"
    assert plain("\u200c \u200d") == plain("") == plain(None) == ""


def test_digits_and_separators_in_ascii():
    assert to_ascii("۱٬۲۳۴٫۵") == "1,234.5"
    assert to_ascii(" \u202a१२/०३/१९९०\u202c ") == "12/03/1990"
    assert to_ascii("٣٪ \u2212۵") == "3% -5"
    assert to_ascii("۵ مارچ") == "5 مارچ"
    assert to_ascii(" 12\u200c3 ") == "123"
    assert to_ascii(" 12\x003 ") == "123"


words = st.text(max_size=40) | st.text(
    "abkhzAEعلیيكکآاٱۂءًِ\u0640\u0654\u0653 कखड़ड\u093c\u094dन्मं\u0901\u200c\u200d'-.٣५۹", max_size=30
)


@given(words)
def test_keys_are_stable(text):
    assert norm(norm(text)) == norm(text)
    assert norm(plain(text)) == norm(text)
    assert sort_key(plain(text)) == sort_key(text)
    assert "  " not in norm(text)


@given(words, st.booleans())
def test_plain_is_stable_and_can_be_stored(text, keep_lines):
    clean = plain(text, keep_lines=keep_lines)
    assert plain(clean, keep_lines=keep_lines) == clean
    clean.encode()
    assert clean == clean.strip()
    assert not {"\x00", "\u202e", "\u2066", "\u200f"} & set(clean)
    assert keep_lines or "\n" not in clean


@given(words)
def test_to_ascii_is_stable(text):
    assert to_ascii(to_ascii(text)) == to_ascii(text)
