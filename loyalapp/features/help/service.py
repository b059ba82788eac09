"""The manual as a whole: its pages, which of them explains a screen, and where a word stands in it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from loyalapp.core.sounds import skeleton
from loyalapp.core.textkeys import norm
from loyalapp.plugin_system.answers import HelpTopic
from loyalapp.plugin_system.calls import ask
from loyalapp.web.shell import piece_of

OURS = "help"  # the folder of the core's own pages
LONGEST = 100  # letters of what is looked for
MOST = 12  # passages that are shown
SHORTEST_STEM, SHORTEST_SOUND = 3, 3
_PASSAGE = re.compile(r"<(p|li|h2|dt|dd|tr)\b[^>]*>(.*?)</\1>", re.DOTALL)
_WORD = re.compile(r"[\w\u0900-\u097f\u064b-\u0652]+")


class Passage(NamedTuple):
    """A sentence or two of the manual in which the words stand, with the words marked."""

    topic: HelpTopic
    text: Markup


def topics() -> list[HelpTopic]:
    """The pages of the manual in their order."""
    return sorted(ask("help_topics"), key=lambda one: one.order)


def drawn(slug: str | None = None) -> list[tuple[HelpTopic, Markup]]:
    """The pages with their texts, or with the text of one of them alone.

    Drawn while its plugin is asked, so that a broken one is its fault.
    """
    pages = ask("help_topics", lambda one: (one, piece_of(one.template) if slug in (None, one.slug) else Markup("")))
    return sorted(pages, key=lambda one: one[0].order)


def about(endpoint: str) -> HelpTopic | None:
    """The page of the manual that explains a screen; None where none does."""
    fitting = [
        (len(begins), -number, one)
        for number, one in enumerate(topics())
        for begins in (*one.about, *_own(one))
        if endpoint.startswith(begins)
    ]
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None


def _own(topic: HelpTopic) -> list[str]:
    """A plugin's page explains all screens of the plugin, whose name its templates and its endpoints bear."""
    owner = topic.template.partition("/")[0]
    return [] if owner == OURS else [f"{owner}."]


def find(text: str) -> list[Passage]:
    """Where the words stand in the manual: all of them where that can be, else as many as possible."""
    asked = [one for one in dict.fromkeys(norm(text[:LONGEST]).split()) if len(one) > 1]
    if not asked:
        return []
    found = [(_hits(asked, f"{topic.title} {words}"), topic, words) for topic, words in _passages()]
    best = max((hits for hits, _topic, _words in found), default=0)
    least = len(asked) if best == len(asked) else 1
    answers = sorted((one for one in found if one[0] >= least), key=lambda one: -one[0])
    return [Passage(topic, _marked(asked, words)) for _hits, topic, words in answers[:MOST]]


def _passages() -> Iterator[tuple[HelpTopic, str]]:
    """Every sentence of the manual, as plain words."""
    for topic, html in drawn():
        for one in _PASSAGE.finditer(html):
            yield topic, Markup(one[2]).striptags()  # noqa: S704 -- drawn by Jinja, which escaped it


def _hits(asked: Sequence[str], text: str) -> int:
    """How many of the words stand in a text."""
    words = norm(text).split()
    return sum(any(_is_like(one, word) for word in words) for one in asked)


def _is_like(asked: str, word: str) -> bool:
    """Whether a word is the one that is looked for: begun, with another ending, or spelt in another script."""
    if word.startswith(asked) or (len(word) > SHORTEST_STEM and asked.startswith(word)):
        return True
    sound = skeleton(asked) if asked[0] != word[0] else ""
    return len(sound) >= SHORTEST_SOUND and sound == skeleton(word)


def _marked(asked: Sequence[str], text: str) -> Markup:
    """The text with the words marked."""
    shown, end = [], 0
    for one in _WORD.finditer(text):
        if any(_is_like(word, part) for word in asked for part in norm(one[0]).split()):
            shown += [escape(text[end : one.start()]), Markup("<mark>{}</mark>").format(one[0])]
            end = one.end()
    return Markup("").join([*shown, escape(text[end:])])
