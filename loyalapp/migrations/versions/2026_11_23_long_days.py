"""Long days: what a busy firm's large lists and half-written forms need."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_long_days"
down_revision = "2026_11_22_working_day"


def upgrade() -> None:
    """Add what is half written."""
    op.create_table(
        "draft",
        sa.Column("staff_member_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Integer()),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("staff_member_id", "page", "form", name="pk_draft"),
    )
