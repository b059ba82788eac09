"""Days of the year and trades are found without a walk through all customers."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_days_and_trades"
down_revision = "2026_11_23_long_days"
HAS_TRADE = "trade IS NOT NULL"


def upgrade() -> None:
    """Add what greetings look up."""
    op.create_index("ix_customer_date_day", "customer_date", ["month", "day", "customer_id"])
    which = sa.text(HAS_TRADE)
    op.create_index("ix_customer_trade", "customer", ["trade"], sqlite_where=which, postgresql_where=which)
