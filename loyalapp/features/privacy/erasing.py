"""Erases a customer: what is personal goes for good, what the books need stays without a name.

Rows go by their foreign keys (`core.belongings`), also those of plugins that are off or gone. Of the customer's own row
every column is emptied that is not named in `STAYS`: a column that is added later is emptied too.
"""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Boolean, Column, case, func, select, update

from loyalapp.core import belongings
from loyalapp.core.clock import now
from loyalapp.core.db import db
from loyalapp.core.logs import log
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.catalogue.models import Product, Purchase
from loyalapp.features.customers import search_index
from loyalapp.features.customers.models import Customer, Phone
from loyalapp.features.drafts import service as drafts
from loyalapp.features.imports.models import Import

NOBODY = "–"  # an erased customer's name
STAYS = frozenset({"id", "kind", "is_example", "created_at", "version", "merged_into_id"})
LEAST_LETTERS = 3  # a shorter name stands in too many other lines


def wipe(ids: Sequence[int]) -> None:
    """Everything personal of these customers, in the caller's transaction."""
    names, numbers = _called(ids), _reached(ids)
    for number in ids:
        bring_back.forget(number)
    drafts.forget(ids)
    belongings.erase(ids, keep={"purchase"})
    _make_sales_anonymous(ids)
    _empty_rows(ids)
    _strike_from_accounts([*names, *numbers])
    search_index.index(db.session, ids)


def _called(ids: Sequence[int]) -> list[str]:
    columns = (Customer.name, Customer.name_ur, Customer.name_hi, Customer.name_en)
    found = db.session.execute(select(*columns).where(Customer.id.in_(ids)))
    return [one for row in found for one in row if one and len(one) >= LEAST_LETTERS]


def _reached(ids: Sequence[int]) -> list[str]:
    """Numbers as a list may have them: the last digits are the same in every way of writing."""
    found = db.session.scalars(select(Phone.number).where(Phone.customer_id.in_(ids)))
    return [number[-7:] for number in found]


def _make_sales_anonymous(ids: Sequence[int]) -> None:
    """Day, product, amount and bill number stay for the books; what was written freely goes."""
    product = select(Product.name).where(Product.id == Purchase.product_id).scalar_subquery()
    db.session.execute(
        update(Purchase)
        .where(Purchase.customer_id.in_(ids))
        .values(item=func.coalesce(product, ""), serial=None, warranty_until=None, import_id=None)
        .execution_options(synchronize_session=False)
    )


def _empty_rows(ids: Sequence[int]) -> None:
    table: Any = Customer.__table__
    values = {one.name: _nothing(one) for one in table.columns if one.name not in STAYS}
    moment = now()
    values |= {"name": NOBODY, "stage": "former", "erased_at": moment, "updated_at": moment}
    values |= {"removed_at": case((table.c.removed_at.is_(None), moment), else_=table.c.removed_at)}
    values |= {"version": table.c.version + 1}
    db.session.execute(update(table).where(table.c.id.in_(ids)).values(values))
    db.session.expire_all()


def _nothing(column: Column[Any]) -> Any:
    """What stands in an emptied column; a required one that is no text has to be named in `STAYS` or filled."""
    if column.nullable:
        return None
    return False if isinstance(column.type, Boolean) else ""


def _strike_from_accounts(words: Collection[str]) -> None:
    """The accounts of imports name those of whom a row was not taken or doubtful; lines that name them go."""
    for run in db.session.scalars(select(Import)):
        account = run.account or {}
        cleaned = {key: _without(lines, words) if isinstance(lines, list) else lines for key, lines in account.items()}
        if cleaned != account:
            run.account = cleaned
    db.session.flush()


def _without(lines: list[Any], words: Collection[str]) -> list[Any]:
    return [line for line in lines if not any(word in _as_text(line) for word in words)]


def _as_text(line: Any) -> str:
    """The words of a line, and its digits once more without what people put between them."""
    text = str(line)
    return f"{text} {''.join(one for one in text if one.isdigit())}"


# ---- files ----


def files_of(ids: Iterable[int], answered: Iterable[Any]) -> list[Path]:
    """Files that hold something of these customers: our own sheets, and what plugins have named."""
    folder: Path = current_app.extensions["loyalapp.data"].exports
    ours = [file for number in ids for file in folder.glob(f"customer-{number}-*")]
    root = current_app.extensions["loyalapp.data"].root.resolve()
    theirs = [Path(one) for one in answered]
    return [*ours, *(one for one in theirs if one.resolve().is_relative_to(root) and one.is_file())]


def delete_files(files: Iterable[Path]) -> None:
    """After the commit; a file that cannot be deleted (it may be open) is named in the log of the program."""
    for file in files:
        try:
            file.unlink(missing_ok=True)
        except OSError:
            log.exception("%s of an erased customer could not be deleted", file.name)
