"""Half of a migration."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_first"
down_revision = None


def upgrade() -> None:
    """Makes a table, deletes all customers, then fails."""
    op.create_table("plg_failing_migration_thing", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("DELETE FROM customer")
    raise RuntimeError("the second half is missing")
