"""The firm's own questions and tips, and which of those that came with the program it does not want."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert, select, update

from loyalapp import sdk

from .models import QUESTION, TIP

_ = sdk.texts("reviews").gettext

LONGEST = 300
MOST = 60  # questions, or tips
HIGHEST_ID = 2**31 - 1
AREAS = ("us", "needs", "others")
QUESTIONS = select(QUESTION).order_by(QUESTION.c.id)
TIPS = select(TIP).where(~TIP.c.is_gone).order_by(TIP.c.id)


def questions() -> Sequence[Any]:
    """All of them, also those taken out; read again only after a change."""
    return sdk.until_changed("reviews.questions", lambda: tuple(sdk.rows(QUESTIONS)))


def tips() -> Sequence[Any]:
    """Those in use; read again only after a change."""
    return sdk.until_changed("reviews.tips", lambda: tuple(sdk.rows(TIPS)))


def get(table: Table, row_id: int) -> Any:
    """One question or tip that is in use.

    :raises NotFound: if it is not there any more.
    """
    found = None
    if 0 < row_id <= HIGHEST_ID:
        found = sdk.rows(select(table).where(table.c.id == row_id, ~table.c.is_gone)).first()
    if found is None or getattr(found, "key", None):
        raise sdk.NotFound(_("This is not in the list any more."))
    return found


def save_question(
    area: str,
    words: Mapping[str, str],
    direct: Mapping[str, str] | None = None,
    *,
    trade: str = "",
    product_group: str = "",
    question_id: int | None = None,
    version: int | None = None,
) -> int:
    """Add a question or change one; answers its number.

    :param words: how it is asked, by message language; at least one. `direct`: the wording to avoid.
    :param trade: asked only of customers with this trade; `product_group`: only of those who bought in it.
    :raises LoyalAppError: without words, for an area we do not know, or if there are too many.
    :raises Conflict: if it was changed meanwhile.
    """
    if area not in AREAS:
        raise sdk.LoyalAppError(_("Please choose what the question is about."), field="area")
    values = {
        "area": area,
        "words": _kept(words, _("Please write the question in at least one language.")),
        "direct": _texts(direct or {}),
        "trade": sdk.plain(trade)[:LONGEST],
        "product_group": sdk.plain(product_group)[:LONGEST],
    }
    return _save(QUESTION, values, question_id, version)


def save_tip(
    words: Mapping[str, str], *, product_group: str = "", tip_id: int | None = None, version: int | None = None
) -> int:
    """Add a tip or change one; answers its number.

    :raises LoyalAppError: without words, or if there are too many.
    :raises Conflict: if it was changed meanwhile.
    """
    kept = _kept(words, _("Please write the tip in at least one language."))
    return _save(TIP, {"words": kept, "product_group": sdk.plain(product_group)[:LONGEST]}, tip_id, version)


def _texts(words: Mapping[str, str]) -> dict[str, str]:
    plain = {one: sdk.plain(words.get(one) or "") for one in sdk.MESSAGE_LANGUAGES}
    return {one: text[:LONGEST] for one, text in plain.items() if text}


def _kept(words: Mapping[str, str], complaint: str) -> dict[str, str]:
    found = _texts(words)
    if not found:
        raise sdk.LoyalAppError(complaint, field=f"words_{sdk.current_language()}")
    return found


def _save(table: Table, values: dict[str, Any], row_id: int | None, version: int | None) -> int:
    if row_id is None:
        if len(sdk.rows(select(table.c.id).where(~table.c.is_gone)).all()) >= MOST:
            raise sdk.LoyalAppError(_("There are very many already. Please take one out first."))
        made: Any = sdk.db.session.execute(insert(table).values(**values))
        row_id = int(made.inserted_primary_key[0])
    else:
        now = get(table, row_id)
        seen = now.version if version is None else version
        changed = update(table).where(table.c.id == row_id, table.c.version == seen)
        done: Any = sdk.db.session.execute(changed.values(**values, version=seen + 1))
        if not done.rowcount:
            sdk.db.session.rollback()
            raise sdk.Conflict(_("Somebody else changed this just now. Please look, and write your change again."))
    sdk.db.session.commit()
    return row_id


def take_out(table: Table, row_id: int) -> None:
    """Not asked or told any more; what was answered keeps its words."""
    get(table, row_id)
    _set_gone(table, row_id, is_gone=True)


def bring_back(table: Table, row_id: int) -> None:
    """The undo of that."""
    _set_gone(table, row_id, is_gone=False)


def _set_gone(table: Table, row_id: int, *, is_gone: bool) -> None:
    if 0 < row_id <= HIGHEST_ID:
        sdk.db.session.execute(update(table).where(table.c.id == row_id).values(is_gone=is_gone))
        sdk.db.session.commit()


def want(key: str, *, wanted: bool) -> None:
    """Whether a question that came with the program is asked here."""
    changed: Any = sdk.db.session.execute(update(QUESTION).where(QUESTION.c.key == key).values(is_gone=not wanted))
    if not changed.rowcount:
        sdk.db.session.execute(insert(QUESTION).values(key=key, area="us", is_gone=not wanted))
    sdk.db.session.commit()
