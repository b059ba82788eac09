"""Begins the folder of a new language, brings new words into it, and tells how far it is; for `loyalapp translate`."""

from collections.abc import Iterator
from pathlib import Path

from loyalapp.core import proofreading, tongues, translating
from loyalapp.core.i18n import LANGUAGES


def begin(place: Path, code: str, name: str, like: str) -> Path:
    """A folder for a language with every word still to be translated; one that is there keeps what it has.

    :raises BadTongue: if the code or the name cannot be one.
    """
    folder = place / code
    (folder / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    about = folder / tongues.ABOUT
    if not about.is_file():
        quoted = name.replace("\\", "").replace('"', "")
        about.write_text(f'name = "{quoted}"\nlike = "{like}"\n', "utf-8")
    try:
        tongue = tongues.read(about, LANGUAGES)
    except tongues.BadTongue:
        about.unlink()
        raise
    for words in translating.all_words():
        _bring_up_to_date(words, tongue)
    return folder


def _bring_up_to_date(words: translating.Words, tongue: tongues.Tongue) -> None:
    from babel.messages.pofile import write_po  # noqa: PLC0415 -- slow import

    file = tongue.catalogue(words.domain)
    catalogue = translating.read(file, tongue.code if file.is_file() else None)
    catalogue.update(translating.read(words.template, None), no_fuzzy_matching=True)
    with file.open("wb") as stream:
        write_po(stream, catalogue, width=120, sort_by_file=True, include_lineno=False, ignore_obsolete=True)


def how_far(tongue: tongues.Tongue) -> Iterator[str]:
    """For the core and each plugin how much is translated, and every translation that looks wrong."""
    for words in translating.all_words():
        catalogue = translating.read(tongue.catalogue(words.domain), None)
        wanted = [message for message in translating.read(words.template, None) if message.id]
        done = 0
        for message in wanted:
            said = catalogue.get(message.id, message.context)
            if said is None or not translating.is_done(said):
                continue
            done += 1
            yield from _wrong(words.domain, tongue, message, said)
        yield f"{words.domain} {tongue.code}: {done} of {len(wanted)} are translated"


def _wrong(domain: str, tongue: tongues.Tongue, message: object, said: object) -> Iterator[str]:
    source, text = message.id, said.string  # type: ignore[attr-defined]  # -- Babel ships no types
    name = f"{domain} {tongue.code}: {translating.first(source)!r}"
    if not translating.keeps_placeholders(source, text):
        yield f"{name} has other placeholders"
    one, many = source if isinstance(source, tuple | list) else (source, source)
    for number, form in enumerate(text if isinstance(text, tuple | list) else (text,)):
        for doubt in proofreading.doubts(many if number else one, form, tongue.code):
            yield f"{name} {doubt}: {form!r}"
