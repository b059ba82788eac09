"""Where customers' words were used before others: so that a yes taken back can be followed to every paper (C4)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Row, insert, select

from loyalapp import sdk

from .models import Voice, use

WAYS = ("paper", "message", "spoken")


def write_down(
    quotes: Sequence[tuple[int, bool]],
    way: str,
    *,
    for_id: int | None = None,
    trade: str = "",
    size: str = "",
    file: str = "",
) -> None:
    """These quotes (the number of the line, whether with the name) were used today.

    :param for_id: the customer they were shown to, None where it was for a kind of customers.
    :param file: the name of the paper in the exports folder.
    """
    facts = {"used_on": sdk.today(), "way": way, "for_id": for_id, "trade": trade, "size": size, "file": file}
    if quotes:
        rows = [{**facts, "voice_id": voice_id, "by_name": int(by_name)} for voice_id, by_name in quotes]
        sdk.db.session.execute(insert(use), rows)
        sdk.db.session.commit()


def of(voice_id: int, most: int = 20) -> Sequence[Row[Any]]:
    """Where a line was used, the newest first."""
    asked = select(use).where(use.c.voice_id == voice_id).order_by(use.c.used_on.desc(), use.c.id.desc()).limit(most)
    return sdk.db.session.execute(asked).all()


def papers(voice_id: int) -> list[Path]:
    """The papers with the words of one line that still lie in the exports folder."""
    asked = select(use.c.file).where(use.c.voice_id == voice_id, use.c.file != "").distinct()
    return [file for name in sdk.db.session.scalars(asked) for file in sdk.exported(name)]


def files(customer_id: int) -> list[Path]:
    """The papers that quote a customer, and those made for them."""
    mine = select(use.c.file).join(Voice, Voice.id == use.c.voice_id)
    asked = mine.where((Voice.customer_id == customer_id) | (use.c.for_id == customer_id), use.c.file != "").distinct()
    return [file for name in sdk.db.session.scalars(asked) for file in sdk.exported(name)]
