"""The first table: what customers said and were given."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_first"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "plg_value_voice",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("extra", sa.Text()),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("may_name", sa.Boolean(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_plg_value_voice_customer", "plg_value_voice", ["customer_id", "said_on", "id"])
    op.create_index("ix_plg_value_voice_newest", "plg_value_voice", ["said_on", "id"])
    op.create_index("ix_plg_value_voice_kind", "plg_value_voice", ["kind", "said_on", "id"])
