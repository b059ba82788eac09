"""The first table: greeting cards."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_first"
down_revision = None
WORDS = ["greet", "address", "wish", "wish_key", "own_line", "sender", "place", "since"]
TEXTS = ["occasion", "design", "language", *WORDS]


def upgrade() -> None:
    op.create_table(
        "plg_greetings_card",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("years", sa.SmallInteger(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("given_on", sa.Date()),
        sa.Column("given_how", sa.Text()),
        sa.Column("is_example", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_plg_greetings_card_customer", "plg_greetings_card", ["customer_id", "made_on"])
    op.create_index("ix_plg_greetings_card_wish", "plg_greetings_card", ["wish_key", "made_on"])
    op.create_index("ix_plg_greetings_card_open", "plg_greetings_card", ["given_on", "given_how", "made_on"])
