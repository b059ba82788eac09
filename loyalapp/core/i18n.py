"""The three languages: catalogues, the language of this request, and isolates round inserted values.

The catalogues are `.po` files; `.mo` files are made from them at start where missing or older. Each plugin has a
`Texts` of its own, so that it can neither rename a word of the core nor break a page with a damaged catalogue. A
language of a folder (`core/tongues.py`) is in force as the one it leans on, with its code behind: `ur_PK@sd`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, support
from flask import Flask, current_app, has_app_context, has_request_context, session
from flask.globals import _cv_app  # through its proxies it takes five times as long
from flask_babel import Babel, Domain, force_locale, get_locale
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from loyalapp.core import native, tongues
from loyalapp.core.catalogues import compiled_catalogue, filled
from loyalapp.core.logs import log
from loyalapp.core.moment import this_app

LANGUAGES = ("ur", "hi", "en")
LANGUAGE_NAMES = {"ur": "اردو", "hi": "हिन्दी", "en": "English"}
MESSAGE_LANGUAGES = ("ur", "hi", "en", "ur-Latn", "hi-Latn")
RIGHT_TO_LEFT = frozenset({"ur"})
OWN_SCRIPT, URDU = re.compile("[\u0600-\u06ff\u0900-\u097f]"), re.compile("[\u0600-\u06ff]")
LETTER = re.compile(r"[^\W\d_]")
_VALUE = re.compile("([\u2066\u2068])([^\u2066-\u2069]*)\u2069")
NOT_URDU, ONE_PIECE = "\u0900", 32  # letters of a number or a version: what is longer is a path, and may fold
REMEMBERED, LONGEST_REMEMBERED = 2048, 100

# Which territory's formats go with a language in a country: Urdu is at home in both, English too.
TERRITORY_LOCALES = {(one[:2], one[3:]): one for one in ("ur_IN", "ur_PK", "hi_IN", "en_IN", "en_PK")}
TERRITORY_LOCALES["hi", "PK"] = "hi_IN"


class Texts(Domain):  # type: ignore[misc]  # -- Flask-Babel ships no types
    """One catalogue in all languages; a damaged one is reported and answers with the English source."""

    def __init__(self, domain: str, folder: Path, compiled: Path | None = None) -> None:
        super().__init__(domain=domain)
        self.name = domain  # Flask-Babel's own `domain` is a list
        self.folder, self.compiled = folder, compiled
        self.said = self.shown = lru_cache(REMEMBERED)(self._said)
        native.watch(self)

    def get_translations(self) -> support.NullTranslations:
        return self.translations_in(current_tongue())

    def _said(self, language: str, text: str) -> str:
        return str(self.translations_in(language).ugettext(text))

    def translations_in(self, language: str) -> support.NullTranslations:
        """The catalogue of one language."""
        if language not in self.cache:
            self.cache[language] = self._load(language)
        found: support.NullTranslations = self.cache[language]
        return found

    def gettext(self, text: str, /, **values: Any) -> str:
        said = self.said(current_tongue(), text)
        return str(filled(said, text, values)) if values else said

    def ngettext(self, one: str, many: str, num: int, /, **values: Any) -> str:
        said = self.get_translations().ungettext(one, many, num)
        return str(filled(said, one if num == 1 else many, {"num": native.number(num, current_language()), **values}))

    def pgettext(self, context: str, text: str, /, **values: Any) -> str:
        return str(filled(self.get_translations().upgettext(context, text), text, values))

    def _load(self, language: str) -> support.NullTranslations:
        tongue = None if language in LANGUAGES else tongues.added().get(language)
        if tongue is None:
            return self._read(language, self.folder / language / "LC_MESSAGES" / f"{self.name}.po")
        found = self._read(language, tongue.catalogue(self.name))
        found.add_fallback(self.translations_in(tongue.like))
        return found

    def _read(self, language: str, source: Path) -> support.NullTranslations:
        if not source.is_file():
            return support.NullTranslations()
        try:
            with compiled_catalogue(source, self.compiled).open("rb") as stream:
                return native.put_into(support.Translations(stream, self.name), language)
        except Exception:  # noqa: BLE001 -- a damaged catalogue must not break a page: the English words are shown
            log.exception("the words of %s in %s cannot be read", self.name, language)
            return support.NullTranslations()


class AppBabel(Babel):  # type: ignore[misc]  # -- Flask-Babel ships no types
    """A Babel of one app whose own words come from one `Texts`."""

    def __init__(self, app: Flask, texts: Texts) -> None:
        self.texts = texts
        super().__init__(app, locale_selector=select_locale, timezone_selector=lambda: current_app.config["ZONE"])

    @property
    def domain_instance(self) -> Texts:
        return self.texts


def install(app: Flask, folder: Path, compiled: Path, more: Path) -> None:
    """Give the app its words and the choice of language; `more` may hold folders of further ones."""
    app.extensions["loyalapp.tongues"], wrong = tongues.found([folder, more], LANGUAGES)
    for sentence in wrong:
        log.warning("this language is left out: %s", sentence)
    app.config.setdefault("LANGUAGE", "en")
    app.config.setdefault("TERRITORY", "PK")
    app.config.setdefault("ZONE", "Asia/Karachi")
    app.config.setdefault("FORMATS", {"grouping": "auto", "digits": "latin"})
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    AppBabel(app, Texts("messages", folder, compiled))


def select_locale() -> str:
    """The language of this request with the formats of the firm's territory."""
    return territory_locale(language())


def territory_locale(chosen: str) -> str:
    """A language with the firm's territory, such as `ur_PK`: a bare `ur` or `hi` would start the week on Monday."""
    if chosen not in LANGUAGES and (tongue := tongues.added().get(chosen)):
        return f"{territory_locale(tongue.like)}@{chosen}"
    return TERRITORY_LOCALES.get(
        (chosen, current_app.config["TERRITORY"]), f"{chosen}_IN" if chosen == "hi" else chosen
    )


def language_names() -> dict[str, str]:
    """Every language the interface can be read in, each by its own name."""
    return LANGUAGE_NAMES | {code: one.name for code, one in tongues.added().items()}


def language() -> str:
    """What this desk chose, else what the firm chose: `ur`, `hi`, `en` or the code of a language of a folder."""
    for chosen in (session.get("language") if has_request_context() else None, current_app.config["LANGUAGE"]):
        if chosen in LANGUAGES or (chosen and chosen in tongues.added()):
            return str(chosen)
    return "en"


def current_language() -> str:
    """`ur`, `hi` or `en`, also inside `in_language`: the language in force here, or the one that it leans on."""
    locale = current_locale()
    return locale.language if locale else "en"


def current_tongue() -> str:
    """The code of the language in force here, one of a folder as well."""
    locale = current_locale()
    return (locale.modifier or locale.language) if locale else "en"


def current_locale() -> Locale | None:
    """The language and country in force here; asked hundreds of times for a page, and Flask-Babel's own way is long."""
    try:
        known: Locale | None = _cv_app.get().g._flask_babel.babel_locale  # noqa: SLF001 -- where Flask-Babel keeps it
    except (LookupError, AttributeError):
        known = None
    return known or get_locale()


def direction(chosen: str) -> str:
    """`rtl` or `ltr`. Roman Urdu (`ur-Latn`) runs from left to right."""
    tongue = None if chosen in MESSAGE_LANGUAGES else tongues.added().get(chosen)
    return "rtl" if (tongue.like if tongue else chosen) in RIGHT_TO_LEFT else "ltr"


@contextmanager
def in_language(chosen: str) -> Iterator[None]:
    """Speak another language inside the block: the customer's, for cards and messages.

    :raises RuntimeError: without an app context, where Flask-Babel would silently do nothing.
    """
    if not has_app_context():
        raise RuntimeError("a language can only be chosen inside an app context")
    with force_locale(territory_locale(chosen.partition("-")[0])):
        yield


def _texts() -> Texts:
    found: Texts = this_app().extensions["babel"].instance.domain_instance
    return found


def gettext(text: str, /, **values: Any) -> str:
    """A whole sentence in the language of the moment; values are named placeholders `%(name)s`."""
    return _texts().gettext(text, **values)


def ngettext(one: str, many: str, num: int, /, **values: Any) -> str:
    """The right plural form; the number is the placeholder `%(num)s`."""
    return _texts().ngettext(one, many, num, **values)


def pgettext(context: str, text: str, /, **values: Any) -> str:
    """A short word that could mean two things, told apart by its context."""
    return _texts().pgettext(context, text, **values)


def template_words(texts: Texts) -> dict[str, Callable[..., Markup]]:
    """The same as templates call them: the words are markup, the values put into them are escaped."""

    def markup(words: str, source: str, values: dict[str, Any]) -> Markup:
        if not values:
            return Markup(words)  # noqa: S704 -- our own words
        return Markup(filled(Markup(words), Markup(source), values))  # noqa: S704 -- our own words; formatting escapes the values

    word = lru_cache(REMEMBERED)(lambda language, text: Markup(texts.said(language, text)))  # noqa: S704 -- our own words

    texts.shown = word

    def gettext(text: str, /, **values: Any) -> Markup:
        if not values:  # two hundred times for a page
            return word(current_tongue(), text)
        return markup(texts.said(current_tongue(), text), text, values)

    def ngettext(one: str, many: str, num: int, /, **values: Any) -> Markup:
        said = texts.get_translations().ungettext(one, many, num)
        return markup(said, one if num == 1 else many, {"num": native.number(num, current_language()), **values})

    def pgettext(context: str, text: str, /, **values: Any) -> Markup:
        return markup(texts.get_translations().upgettext(context, text), text, values)

    return {"gettext": gettext, "ngettext": ngettext, "pgettext": pgettext}


def lazy_gettext(text: str, /, **values: Any) -> LazyString:
    """The same as `gettext`, spoken only when it is shown (labels, errors raised far from a request)."""
    return LazyString(gettext, text, **values)


_ = gettext


def message_language_names() -> dict[str, str]:
    """The languages a message can be written in, by code: each by its own name, in the interface's words."""
    return LANGUAGE_NAMES | {"ur-Latn": _("Urdu in English letters"), "hi-Latn": _("Hindi in English letters")}


def isolate(value: Any, way: str = "auto") -> Markup:
    """An inserted value that cannot reorder the sentence round it (HTML), with the language of its own letters."""
    if type(value) is str and len(value) <= LONGEST_REMEMBERED:
        return _isolated(value, way)
    return Markup("") if value is None else _isolate(value, way)


def _isolate(value: Any, way: str) -> Markup:
    if value == "":
        return Markup("")
    if way == "ltr":
        signs = 'dir="ltr" class="ltr"' if len(str(value)) <= ONE_PIECE else 'dir="ltr" class="ltr path"'
    else:
        signs = 'dir="auto"' + (_signs_of_script(value) if isinstance(value, str) else "")
    return Markup(f"<bdi {signs}>{escape(value)}</bdi>")  # noqa: S704 -- escaped; Markup.format takes ten times as long


_isolated = lru_cache(REMEMBERED)(_isolate)  # names, places and numbers come again and again


def _signs_of_script(value: str) -> str:
    """The language of the first letter, which decides the direction, and whether the line needs room for Nastaliq."""
    if value.isascii():
        return ""
    first = LETTER.search(value)
    script = OWN_SCRIPT.match(first[0]) if first else None
    signs = "" if script is None else ' lang="ur"' if script[0] < NOT_URDU else ' lang="hi"'
    return signs + (' class="tall"' if URDU.search(value) else "")


def isolate_text(value: Any, *, ltr: bool = False) -> str:
    """The same for cards, messages and window titles, where there is no markup."""
    start = "\u2066" if ltr else "\u2068"
    return f"{start}{value}\u2069"


def isolates_as_markup(text: Any) -> Markup:
    """A sentence made in Python with `isolate_text`, for a page: each value stands in an element of its own."""
    escaped = _VALUE.sub(_as_element, str(escape(text)))
    for sign, tag in (("\u2068", '<bdi dir="auto">'), ("\u2066", '<bdi dir="ltr">'), ("\u2069", "</bdi>")):
        escaped = escaped.replace(sign, tag)  # of values that hold others
    return Markup(escaped)  # noqa: S704 -- escaped above; what users write holds none of the three signs


def _as_element(found: re.Match[str]) -> str:
    """A value as the filters would write it: a number in one piece, a name with room for its own script."""
    return isolate(Markup(found[2]).unescape(), "ltr" if found[1] == "\u2066" else "auto")  # noqa: S704 -- is escaped
