"""Tags: words the firm sorts its customers by, the same word in every spelling, and never a faith or a festival."""

import re
from collections.abc import Iterable

from sqlalchemy import bindparam, func, select

from loyalapp.core.alphabet import in_order
from loyalapp.core.db import rows
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _, isolate_text
from loyalapp.core.memory import until_changed
from loyalapp.core.textkeys import norm, plain
from loyalapp.features.customers.models import Tag

LONGEST = 60
MOST = 30
SHOWN = 12
_PARTS = re.compile(r"[,;،؛\n]")
# Nobody is sorted by what they believe or celebrate (practice D4): the words in three scripts, and in Latin letters.
_FAITHS_AND_FESTIVALS = (
    "muslim islam hindu hinduism sikh christian isai jain buddhist parsi ahmadi qadiani shia sunni barelvi deobandi"
    " dalit brahmin eid ramzan ramadan muharram diwali deepavali holi navratri christmas easter vaisakhi gurpurab"
    " مسلمان مسلم ہندو سکھ عیسائی مسیحی جین پارسی احمدی قادیانی شیعہ سنی بریلوی دیوبندی دلت"
    " عید رمضان محرم دیوالی ہولی کرسمس"
    " मुसलमान मुस्लिम हिन्दू हिंदू सिख ईसाई जैन बौद्ध पारसी अहमदी शिया सुन्नी दलित ब्राह्मण"
    " ईद रमज़ान मुहर्रम दिवाली दीवाली होली क्रिसमस नवरात्रि"
)
_REFUSED = frozenset(map(norm, _FAITHS_AND_FESTIVALS.split()))

_USED = select(func.min(Tag.id)).group_by(Tag.tag_key).order_by(func.count().desc(), Tag.tag_key).limit(SHOWN)
_WORDS = select(Tag.tag).where(Tag.id.in_(bindparam("ids", expanding=True)))


def split(text: str) -> list[str]:
    """The tags of a line: "wholesale, school"."""
    return [one for one in map(plain, _PARTS.split(text)) if one]


def checked(words: Iterable[str]) -> dict[str, str]:
    """Tags by their key, each once, as they are stored.

    :raises LoyalAppError: for one that is too long, for too many, and for a faith or a festival.
    """
    found: dict[str, str] = {}
    for word in filter(None, map(plain, words)):
        key = norm(word)
        if len(word) > LONGEST:
            raise LoyalAppError(_("This tag is very long. A tag is one or two words."), field="tags")
        if not _REFUSED.isdisjoint(key.split()):
            raise LoyalAppError(
                _(
                    "Nobody is sorted by faith or festival here. Please choose another word than %(tag)s.",
                    tag=isolate_text(word),
                ),
                field="tags",
            )
        if key:
            found.setdefault(key, word)
    if len(found) > MOST:
        raise LoyalAppError(_("These are very many tags. Please keep the most useful ones."), field="tags")
    return found


def in_use() -> list[str]:
    """The tags that most customers have."""
    return in_order(until_changed("customers.tags", _count))


def _count() -> list[str]:
    ids = list(rows(_USED).scalars())
    return list(rows(_WORDS, {"ids": ids}).scalars()) if ids else []
