"""How cards look and how they were handed over: the firm's pictures, the shape of a card, letters by e-mail."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_giving"
down_revision = "2026_11_25_words"


def upgrade() -> None:
    """Make them."""
    op.add_column("plg_greetings_card", sa.Column("shape", sa.Text(), nullable=False, server_default="square"))
    op.add_column("plg_greetings_card", sa.Column("contact_id", sa.Integer()))
    op.create_table(
        "plg_greetings_picture",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("mimetype", sa.Text(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
    )
    _letters()


def _letters() -> None:
    op.create_table(
        "plg_greetings_letter",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("card_id", sa.Integer(), sa.ForeignKey("plg_greetings_card.id", ondelete="CASCADE"), nullable=False),
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("message_key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("moved_at", sa.DateTime(), nullable=False),
    )
    op.create_index("ix_plg_greetings_letter_card", "plg_greetings_letter", ["card_id"])
    op.create_index("ix_plg_greetings_letter_customer", "plg_greetings_letter", ["customer_id"])
