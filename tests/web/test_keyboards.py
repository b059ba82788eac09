"""The keyboards on the screen write every letter of their alphabets, each by one key, and signs can be seen."""

import unicodedata

import pytest

from loyalapp.web.keyboards import CODES, DOTTED, keyboards

LETTERS = {
    "ur": "ءآابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوؤہۂۃھئیے۔،؛؟",
    "hi": "अआइईउऊऋएऐओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहािीुूृेैोौॉं्ँः़।",
}
LETTERS["inscript"] = LETTERS["hi"]


@pytest.mark.parametrize("keyboard", keyboards(), ids=lambda one: one.which)
def test_every_letter_lies_on_one_key(keyboard):
    keys = [key for row in keyboard.rows for key in row]
    written = [one for key in keys for one in (key.plain, key.shifted) if one]

    assert set(LETTERS[keyboard.which]) <= set(written)
    assert len(written) == len(set(written))
    assert {key.code for key in keys} <= {code for row in CODES for code in row}
    assert all(len(one) == 1 and unicodedata.is_normalized("NFC", one) for one in written)


def test_a_sign_is_shown_on_what_it_stands_on():
    for keyboard in keyboards():
        for key in (key for row in keyboard.rows for key in row):
            for written, shown in zip((key.plain, key.shifted), key.shown, strict=True):
                is_sign = bool(written) and unicodedata.category(written) in ("Mn", "Mc")
                assert shown == (DOTTED + written if is_sign else written)
