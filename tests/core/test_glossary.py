"""The fixed words: some 150 terms in three languages, read from the page that people read, and kept to."""

import pytest

from loyalapp.core import glossary

PAGE = """# Words

| English | اردو | हिन्दी | why, what not |
|---|---|---|---|
| Save | محفوظ کریں | सहेजें | **never** بچت کریں (economise), बचाना (rescue) |
| On · off (state) | چالو · بند | चालू · बंद | |
| Value | فائدے | फ़ायदे | not قدر |
| Value (what stood in a list) | جو لکھا تھا | क्या लिखा है | |
"""


@pytest.fixture
def of_the_page(tmp_path, monkeypatch):
    """The terms of a small page of our own."""
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations" / "GLOSSARY.md").write_text(PAGE, "utf-8")
    monkeypatch.setattr(glossary, "shipped", lambda name: tmp_path / name)
    glossary.terms.cache_clear()
    yield glossary.terms()
    glossary.terms.cache_clear()


@pytest.mark.parametrize(
    ("source", "said", "language", "doubt"),
    [
        ("Save", "محفوظ کریں", "ur", None),
        ("Save", "بچائیں", "ur", "is not the word"),
        ("Save.", "सहेजें।", "hi", None),
        ("Save it all", "सब बचाना", "hi", "has बचाना"),
        ("off", "بند", "ur", None),
        ("On", "بند", "ur", "is not the word"),
        ("Value", "جو لکھا تھا", "ur", None),
        ("Worth", "قدر", "ur", None),
    ],
)
def test_a_translation_keeps_to_the_fixed_word(of_the_page, source, said, language, doubt):
    found = list(glossary.doubts(source, said, language))

    assert (found == []) if doubt is None else (len(found) == 1 and doubt in found[0])


def test_the_page_has_a_word_in_each_language_for_150_things():
    found = glossary.terms()
    whole = [one for one in found if one.english and all(one.said[language] for language in ("ur", "hi"))]

    assert len(whole) >= 150
    assert sum(bool(one.avoided["ur"] or one.avoided["hi"]) for one in found) >= 40
