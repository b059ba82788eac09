"""The ready words of our tables, which go to customers without being in a catalogue: good Urdu and good Hindi too."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loyalapp.core import proofreading
from tests.sources import ROOT

TABLES = [*(ROOT / "loyalapp").rglob("*.toml"), *(ROOT / "plugins").rglob("*.toml")]
TABLES = [file for file in TABLES if file.name != "notes.toml" and "skeleton" not in file.parts]
ANY_LENGTH = ("longer or shorter", "another sign", "other numbers")  # said as one says it there, not word by word
FINE = {
    "imports/words.toml headers": "names of columns as people write them, also without the dots of Hindi",
    "imports/words.toml languages": "names of columns as people write them, no translations of each other",
    "privacy/words.toml intro": "the verb is ours: we give it, we erase it",
    "value/questions.toml stays": "a question to customers, in the polite plural that stands for everybody",
    "issues/words.toml again": "said aloud to a customer: there the stiff form is warm",
    "issues/words.toml not_yet": "said aloud to a customer: there the stiff form is warm",
}


def told(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, str, str]]:
    """Every sentence that a table has in English and in another language."""
    if isinstance(value, dict):
        for language in {"ur", "hi"} & value.keys() if "en" in value else ():
            yield from ((path + more, language, *both) for more, *both in pairs(value["en"], value[language]))
        for key, one in value.items():
            yield from told(one, (*path, key))
    elif isinstance(value, list):
        for one in value:
            yield from told(one, path)


def pairs(english: Any, said: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """The sentences of two branches that are alike."""
    if isinstance(english, str) and isinstance(said, str):
        yield path, english, said
    elif isinstance(english, dict) and isinstance(said, dict):
        for key in english.keys() & said.keys():
            yield from pairs(english[key], said[key], (*path, key))
    elif isinstance(english, list) and isinstance(said, list):
        for one, other in zip(english, said, strict=False):
            yield from pairs(one, other, path)


def test_ready_words_raise_no_doubt():
    wrong, count = [], 0
    for file in TABLES:
        name = f"{file.parent.name}/{file.name}"
        for path, language, english, said in told(tomllib.loads(file.read_text("utf-8"))):
            count += 1
            doubts = proofreading.doubts(english, said, language)
            found = [one for one in doubts if not any(few in one for few in ANY_LENGTH)]
            if found and f"{name} {path[0] if path else ''}" not in FINE:
                wrong.append(f"{name} {'.'.join(path)} {language} {found}: {said}")

    assert wrong == []
    assert count > 1000


@pytest.mark.parametrize("name", FINE)
def test_every_exception_is_still_there(name):
    file, key = name.split()
    [table] = [one for one in TABLES if f"{one.parent.name}/{one.name}" == file]

    assert any(path[:1] == (key,) for path, *_more in told(tomllib.loads(Path(table).read_text("utf-8"))))
