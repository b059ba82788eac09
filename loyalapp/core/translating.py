"""Keeps the catalogues of the core and of each shipped plugin in step with their words; for `loyalapp translate`."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loyalapp.core import glossary, proofreading
from loyalapp.core.paths import PACKAGE, shipped

LANGUAGES = ("ur", "hi")
KEYWORDS: dict[str, Any] = {"lazy": None, "lazy_gettext": None, "lazy_ngettext": (1, 2), "lazy_pgettext": ((1, "c"), 2)}
METHODS = [
    ("**.py", "loyalapp.core.explained:words"),
    ("**/templates/**.html", "jinja2"),
    ("templates/**.html", "jinja2"),
]
APART = frozenset({"node_modules", "tests", "vendor"})  # folders of a plugin that speak no words of its own
LOOKED_AT, NOTES = "ok:", "notes.toml"
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?([a-z%])")

Say = Callable[[str], object]


@dataclass(frozen=True)
class Words:
    """One domain: whose source is read, and where its catalogues lie."""

    domain: str
    source: Path
    folder: Path

    @property
    def place(self) -> str:
        """Where the source lies, as the catalogues name it."""
        return "loyalapp" if self.domain == "messages" else f"plugins/{self.domain}"

    @property
    def template(self) -> Path:
        return self.folder / f"{self.domain}.pot"

    def catalogue(self, language: str) -> Path:
        """The translations into one language."""
        return self.folder / language / "LC_MESSAGES" / f"{self.domain}.po"


def all_words() -> list[Words]:
    """The core's words, and those of each shipped plugin."""
    plugins = sorted(folder for folder in shipped("plugins").iterdir() if (folder / "plugin.toml").is_file())
    core = Words("messages", PACKAGE, shipped("translations"))
    return [core, *(Words(one.name, one, one / "translations") for one in plugins)]


def extract(say: Say) -> int:
    """Write the templates: every word of the source, in the order of the files, without line numbers."""
    for words in all_words():
        say(f"{words.domain}: {_extract(words)}")
    return 0


def _extract(words: Words) -> int:
    from babel.messages.pofile import write_po  # noqa: PLC0415 -- slow import

    catalogue = _found(words)
    words.folder.mkdir(exist_ok=True)
    with words.template.open("wb") as stream:
        write_po(stream, catalogue, width=120, sort_by_file=True, include_lineno=False)
    return len(catalogue)


def update(say: Say) -> int:
    """Bring new words into the catalogues, without guessing: a new word stays empty until somebody translates it."""
    for words in all_words():
        for language, empty in update_one(words).items():
            say(f"{words.domain} {language}: {empty} to translate")
    return 0


def update_one(words: Words) -> dict[str, int]:
    """The same for one domain; answers how many words of each language are to be translated."""
    from babel.messages.pofile import write_po  # noqa: PLC0415 -- slow import

    _extract(words)
    left = {}
    for language in LANGUAGES:
        file = words.catalogue(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        catalogue = read(file, language)
        catalogue.update(read(words.template, None), no_fuzzy_matching=True)
        with file.open("wb") as stream:
            write_po(stream, catalogue, width=120, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
        left[language] = sum(not is_done(message) for message in catalogue if message.id)
    return left


def words_of_plugin(folder: Path) -> Words:
    """The words of a plugin that lies anywhere."""
    return Words(folder.name, folder, folder / "translations")


def compile(say: Say) -> int:  # noqa: A001 -- the verb of the command
    """Make the .mo files beside their .po files."""
    from loyalapp.core.catalogues import compiled_catalogue  # noqa: PLC0415 -- slow import

    for words in all_words():
        for language in LANGUAGES:
            say(str(compiled_catalogue(words.catalogue(language), None)))
    return 0


def check(say: Say) -> int:
    """Name every word that is missing, left over, breaks a placeholder or looks wrong; answers how many."""
    count = 0
    for words in all_words():
        wanted = _found(words)
        for fault in (*faults_of(words, wanted), *_noteless(words, wanted), *doubts_of(words)):
            say(fault)
            count += 1
    return count


def faults_of(words: Words, wanted: Any = None) -> list[str]:
    """What cannot stay as it is in one domain; `wanted` are its words, if they are known."""
    wanted = wanted or _found(words)
    return [fault for language in LANGUAGES for fault in _faults(words, language, wanted)]


def doubts_of(words: Words) -> list[str]:
    """What a translator should look at in one domain; `# ok: reason` above an entry says that it was looked at."""
    return [doubt for language in LANGUAGES for doubt in _doubts(words, language)]


def _noteless(words: Words, wanted: Any) -> Iterator[str]:
    """Words that stand alone, and so could mean anything to somebody who reads the catalogue and not the page."""
    for message in wanted:
        if message.id and " " not in (word := first(message.id)) and not message.auto_comments:
            yield f"{words.domain}: {word!r} has no note in notes.toml that says what it means"


def notes_of(words: Words) -> dict[str, str]:
    """What short words mean: the core's notes, and over them those of the plugin itself."""
    files = (shipped("translations") / NOTES, words.folder / NOTES)
    told = [tomllib.loads(file.read_text("utf-8")) for file in files if file.is_file()]
    return {word: note for notes in told for word, note in notes.items()}


def _doubts(words: Words, language: str) -> Iterator[str]:
    for message in read(words.catalogue(language), language):
        if not message.id or any(comment.startswith(LOOKED_AT) for comment in message.user_comments):
            continue
        one, many = message.id if isinstance(message.id, tuple | list) else (message.id, message.id)
        said = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for number, text in enumerate(filter(None, said)):
            source = one if number == 0 else many
            for doubt in (*proofreading.doubts(source, text, language), *glossary.doubts(source, text, language)):
                yield f"{words.domain} {language}: {first(message.id)!r} {doubt}: {text!r}"


def _found(words: Words) -> Any:
    from babel.messages.catalog import Catalog  # noqa: PLC0415 -- slow import
    from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir  # noqa: PLC0415 -- slow import

    catalogue = Catalog(project="LoyalApp", copyright_holder="The LoyalApp authors", charset="utf-8")
    catalogue.header_comment = f"# The words of {words.domain}; made by `loyalapp translate extract`."
    options = {"**.html": {"extensions": "jinja2.ext.do,jinja2.ext.loopcontrols", "silent": "false"}}
    found = extract_from_dir(
        words.source,
        METHODS,
        options,
        {**DEFAULT_KEYWORDS, **KEYWORDS},
        comment_tags=("Translators:",),
        strip_comment_tags=True,
        directory_filter=lambda folder: not Path(folder).name.startswith((".", "_")) and Path(folder).name not in APART,
    )
    notes = notes_of(words)
    for name, line, message, comments, context in found:
        meant = [*comments, *filter(None, [notes.get(first(message))])]
        catalogue.add(message, locations=[(f"{words.place}/{name}", line)], auto_comments=meant, context=context)
    return catalogue


def read(file: Path, language: str | None) -> Any:
    """A catalogue, or an empty one; the language is given, since a file without a header loses its plural rule."""
    from babel.messages.catalog import Catalog  # noqa: PLC0415 -- slow import
    from babel.messages.pofile import read_po  # noqa: PLC0415 -- slow import

    if not file.is_file():
        return Catalog(locale=language, project="LoyalApp", charset="utf-8")
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def is_done(message: Any) -> bool:
    """Whether somebody translated it, in all its forms."""
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(texts) and not message.fuzzy


def _faults(words: Words, language: str, wanted: Any) -> Iterator[str]:
    there = read(words.catalogue(language), language)
    for message in wanted:
        if not message.id:
            continue
        name = f"{words.domain} {language}: {first(message.id)!r}"
        said = there.get(message.id, message.context)
        if said is None or not is_done(said):
            yield f"{name} is not translated"
        elif not keeps_placeholders(message.id, said.string):
            yield f"{name} has other placeholders"
    for message in there:
        if message.id and wanted.get(message.id, message.context) is None:
            yield f"{words.domain} {language}: {first(message.id)!r} is no longer used"


def first(texts: Any) -> str:
    """Of a message with a plural the one that stands for both."""
    return str(texts if isinstance(texts, str) else texts[0])


def keeps_placeholders(source: Any, translated: Any) -> bool:
    """The same names in each form; a form for one may leave the number out, as "one customer" does."""
    allowed = {frozenset(PLACEHOLDER.findall(text)) for text in ([source] if isinstance(source, str) else source)}
    allowed |= {names - {("num", "d"), ("number", "s")} for names in allowed} if not isinstance(source, str) else set()
    return all(
        frozenset(PLACEHOLDER.findall(text)) in allowed
        for text in ([translated] if isinstance(translated, str) else translated)
    )
