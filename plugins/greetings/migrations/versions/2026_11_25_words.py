"""Wordings of our own, and by what cards are found that are too much alike."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_words"
down_revision = "2026_11_24_days"
CARD, WORDING, TRAIT = "plg_greetings_card", "plg_greetings_wording", "plg_greetings_trait"


def upgrade() -> None:
    """Make them."""
    op.create_table(
        WORDING,
        sa.Column("id", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("occasion", "language", "tone", "text")),
        sa.Column(
            "staff_member_id",
            sa.Integer(),
            sa.ForeignKey("staff_member.id", ondelete="SET NULL", name=f"fk_{WORDING}_staff_member_id"),
        ),
        sa.Column("removed_on", sa.Date()),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index(f"ix_{WORDING}_occasion", WORDING, ["occasion", "language"])
    op.create_table(
        TRAIT,
        sa.Column("card_id", sa.Integer(), sa.ForeignKey(f"{CARD}.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("trait", sa.BigInteger(), primary_key=True),
    )
    op.create_index(f"ix_{TRAIT}_trait", TRAIT, ["trait", "card_id"])
    op.add_column(CARD, sa.Column("tone", sa.Text(), nullable=False, server_default=""))
