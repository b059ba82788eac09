"""A line of the book put right, or taken out of it with an undo."""

import zlib
from collections.abc import Sequence
from datetime import date

from loyalapp import sdk

from . import service, sorts, uses
from .models import Voice

_ = sdk.texts("value").gettext


def seen(line: Voice) -> str:
    """What stands in a line now, in short: two desks that put it right at once do not overwrite each other."""
    parts = (line.words, line.who, line.said_on, line.quoting, line.extra, line.saved_minor, line.saved_minutes)
    return f"{zlib.crc32(repr(parts).encode()):08x}"


def said(
    voice_id: int,
    words: str,
    *,
    said_on: date | None = None,
    who: str = "",
    quoting: str = "",
    themes: Sequence[str] = (),
    version: str = "",
) -> Voice:
    """Put right what a customer said, what it is about and what others may be told of it (C1, C4).

    :param version: what `seen` said of the line on the page; "" where nobody looks.
    :raises NotFound: if the line is not there any more.
    :raises Conflict: if another desk put it right meanwhile.
    :raises LoyalAppError: without words, for a day that is still to come, or if they do not want to be named.
    """
    found = _open(voice_id, version)
    kept = _kept(words, _("Please write what they said, in their own words."))
    day = service.day_of(said_on or found.said_on)
    service.set_quoting(found, quoting)
    found.words, found.said_on, found.who = kept, day, sdk.plain(who)[: service.LONGEST_WORD]
    service.write_themes([voice_id], themes)
    sdk.db.session.commit()
    return found


def extra(
    voice_id: int,
    sort: str,
    words: str,
    given_on: date | None = None,
    *,
    saved_minor: int | None = None,
    saved_minutes: int | None = None,
    version: str = "",
) -> Voice:
    """Put right an extra that was given (C2); otherwise as for `said`."""
    found = _open(voice_id, version)
    if sort != found.extra and not sorts.is_known(sort):
        raise sdk.LoyalAppError(_("Please choose what sort of extra it was."), field="extra")
    kept = _kept(words, _("Please write what was done for them."))
    found.said_on = service.day_of(given_on or found.said_on)
    found.words, found.extra = kept, sort
    found.saved_minor, found.saved_minutes = max(0, saved_minor or 0), max(0, saved_minutes or 0)
    sdk.db.session.commit()
    return found


def remove(voice_id: int) -> int:
    """Take a line out of the book, with what it is about; answers the step that brings it back.

    :raises NotFound: if the line is not there any more.
    :raises LoyalAppError: while a paper with these words lies in the exports folder: it could not be followed any more.
    """
    found = service.get(voice_id)
    if uses.papers(voice_id):
        raise sdk.LoyalAppError(
            _("These words stand on a paper that is still kept. Take the yes back instead, or delete the paper first.")
        )
    customer = sdk.customers.get(found.customer_id)
    what = "extra" if found.kind == "extra_given" else "said"
    return sdk.customers.delete_row(customer, what, Voice.__tablename__, voice_id)


def _open(voice_id: int, version: str) -> Voice:
    found = service.get(voice_id)
    if version and version != seen(found):
        raise sdk.Conflict(_("Somebody else put this line right just now. Please look, and save again."))
    return found


def _kept(words: str, complaint: str) -> str:
    kept = sdk.plain(words, keep_lines=True)
    if not kept:
        raise sdk.LoyalAppError(complaint, field="words")
    return kept[: service.LONGEST]
