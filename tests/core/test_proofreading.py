"""What looks wrong in a translation: each rule with a sentence that breaks it and one that does not."""

import pytest

from loyalapp.core import proofreading

GOOD = [
    ("ur", "LoyalApp opens, and plugin 2 runs", "LoyalApp کھلے گی تو پلگ اِن 2 چلے گا"),
    ("hi", "The lock of LoyalApp is open", "LoyalApp की खिड़की खुली है"),
    ("hi", "the way again", "फिर वही तरीक़ा"),
    ("ur", "Please write it like 25/12.", "یوں لکھیں: 25/12"),
    ("ur", "Installed on", "کب لگائی گئی؟"),  # a label may become a question
    ("ur", "You can say: %(words)s", "آپ کہہ سکتے ہیں: %(words)s"),
    ("hi", "Small: one to five people", "छोटा: 1 से 5 लोग"),
    ("hi", "Dr %(name)s is here.", "डॉ. %(name)s यहाँ हैं।"),
    ("hi", "In the Excel file (.xlsx)", "Excel फ़ाइल में (.xlsx)"),
    ("ur", "In the Excel file (.xlsx)", "Excel فائل میں (\u200e.xlsx)"),
    ("hi", "Ayesha finds عائشہ.", "Ayesha लिखें तो عائشہ मिलेगी।"),
]
BAD = [
    ("ur", "Saved. ", "محفوظ ہو گیا۔", "other spaces"),
    ("hi", "One\nTwo", "एक दो", "line breaks"),
    ("hi", "Press <b>here</b>", "यहाँ दबाएँ", "other markup"),
    ("ur", "Write to help@example.org", "لکھیں", "other addresses"),
    ("hi", "Save", "Save करें", "English words"),
    ("hi", "within 30 days", "20 दिन में", "other numbers"),
    ("ur", "Names (old)", "نام (پرانے", "other half"),
    ("ur", "It is done.", "ہو گیا", "another sign"),
    ("hi", "Is it done?", "हो गया।", "another sign"),
    ("ur", "Once a year", "سال میں ایک बाر", "another language"),
    ("ur", "Call", "كال", "Arabic letters"),
    ("ur", "Name, number", "نام, نمبر", "English signs"),
    ("hi", "It is. Done.", "हाँ. हो गया।", "English signs"),
    ("hi", "of %(name)s", "%(name)sका", "glues letters"),
    ("hi", "Save it", "तुम सहेजें", "too familiarly"),
    ("ur", "What you sell", "آپ کیا بیچتے ہیں", "man or a woman"),
    ("hi", "You will see", "आप देखेंगे", "man or a woman"),
    ("ur", "LoyalApp shows it", "LoyalApp وہ خود دکھاتا ہے۔", "as of a man"),
    ("hi", "LoyalApp will open", "LoyalApp फिर खुलेगी।", "of a woman"),
    ("hi", "The rest", "बाकी सब", "dot below"),
    ("ur", "Save", "محفوظ کریں " * 5, "much longer"),
    ("ur", "a \u2068b\u2069", "\u2068ا", "without its end"),
    ("hi", "of the customer", "ग्राहक का का", "a word twice"),
    ("ur", "Photos (.jpg)", "تصویریں (.jpg)", "behind its letters"),
]


@pytest.mark.parametrize(("language", "source", "said"), GOOD)
def test_a_good_translation_raises_no_doubt(language, source, said):
    assert list(proofreading.doubts(source, said, language)) == []


@pytest.mark.parametrize(("language", "source", "said", "doubt"), BAD)
def test_what_looks_wrong_is_named(language, source, said, doubt):
    assert any(doubt in one for one in proofreading.doubts(source, said, language))


def test_every_rule_is_tried():
    named = [one for language, source, said, _doubt in BAD for one in proofreading.doubts(source, said, language)]

    assert {one.sentence for one in proofreading.DOUBTS} - set(named) == set()
