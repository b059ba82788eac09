"""Who assessed an account and when, its rhythm, and the reviews of each day."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_levels"
down_revision = "2026_11_21_first"

TABLE = "plg_reviews_assessment"
MEMBER = sa.ForeignKey("staff_member.id", ondelete="SET NULL", name=f"fk_{TABLE}_said_by_id")


def upgrade() -> None:
    """Columns beside what was said of an account, and the list of all that was ever said of it."""
    with op.batch_alter_table(TABLE) as batch:
        batch.add_column(sa.Column("said_by_id", sa.Integer(), MEMBER))
    op.add_column(TABLE, sa.Column("overruled_on", sa.Date()))
    op.add_column(TABLE, sa.Column("own_days", sa.Integer()))
    op.add_column(TABLE, sa.Column("every_days", sa.Integer()))
    op.add_column(TABLE, sa.Column("sooner", sa.Text(), nullable=False, server_default=""))
    op.execute(f"UPDATE {TABLE} SET overruled_on = said_on WHERE overruled IS NOT NULL")  # noqa: S608 -- our own name
    op.create_table(
        "plg_reviews_said",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("staff_member_id", sa.Integer(), sa.ForeignKey("staff_member.id", ondelete="SET NULL")),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )
    op.create_index("ix_plg_reviews_said_customer", "plg_reviews_said", ["customer_id", "id"])
