"""Languages and desktop: names with بھ, پھ and their like stand in the list where the alphabet has them."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_27_languages_and_desktop"
down_revision = "2026_11_24_days_and_trades"

# How the key of a list's order is written: ranks of letters, that of ھ, that of ہ, and those that a ھ joins.
BREATH, PLAIN_H = "\u064a", "\u0647"
JOINED = "\u0625\u0626\u0627\u0628\u062a\u062b\u062e\u062f\u0631\u0632\u063f\u0640\u0641\u0642\u0643"
ASPIRATED = "\u06ff"


def upgrade() -> None:
    """Put right what is kept."""
    _aspirated_letters()


def _aspirated_letters() -> None:
    """A ھ makes one letter with the one before it, which comes after that; any other ھ is a ہ."""
    column = sa.column("sort_key")
    key: sa.ColumnElement[str] = column
    for letter in JOINED:
        key = sa.func.replace(key, letter + BREATH, letter + ASPIRATED)
    customer = sa.table("customer", column)
    op.execute(customer.update().values(sort_key=sa.func.replace(key, BREATH, PLAIN_H)).where(column.contains(BREATH)))
