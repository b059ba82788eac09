"""What the tests of imports do again and again."""

from pathlib import Path

from sqlalchemy import func, select

from loyalapp.core.db import db
from loyalapp.features.customers.models import Customer
from loyalapp.features.imports import service
from tests.features.imports import made

HEAD = ["Name", "Firm", "Mobile", "City", "Birthday", "Notes"]


def bring(path: Path, **wishes):
    """Look at a list and take it in."""
    return service.carry_out(service.plan(path, wishes))


def listed(folder: Path, rows: list[list[str]], name: str = "list.csv") -> Path:
    """A list of these rows."""
    return made.table(folder / name, rows)


def everybody() -> dict[str, Customer]:
    """All customers by name."""
    db.session.expire_all()
    return {one.name: one for one in db.session.scalars(select(Customer).order_by(Customer.id))}


def count(model) -> int:
    """How many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0
