"""Our own guess, whom we may quote, and the extras with what they saved."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_our_guess"
down_revision = "2026_11_21_first"

VOICE = "plg_value_voice"


def upgrade() -> None:
    """A yes to the name stays a yes; of whom nobody asked, nothing is quoted."""
    op.add_column(VOICE, sa.Column("who", sa.Text(), nullable=False, server_default=""))
    op.add_column(VOICE, sa.Column("quoting", sa.Text(), nullable=False, server_default=""))
    op.add_column(VOICE, sa.Column("withdrawn_on", sa.Date()))
    op.add_column(VOICE, sa.Column("saved_minor", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column(VOICE, sa.Column("saved_minutes", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE plg_value_voice SET quoting = 'name' WHERE may_name")
    op.drop_column(VOICE, "may_name")
    _themes_and_guess()
    _friends_and_uses()


def _themes_and_guess() -> None:
    op.create_table(
        "plg_value_theme",
        sa.Column("voice_id", sa.Integer(), sa.ForeignKey(f"{VOICE}.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("theme", sa.Text(), primary_key=True),
    )
    op.create_index("ix_plg_value_theme_theme", "plg_value_theme", ["theme", "voice_id"])
    op.create_table(
        "plg_value_guess",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False, server_default=""),
        sa.Column("words", sa.Text(), nullable=False, server_default=""),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "plg_value_sort",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("is_example", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def _friends_and_uses() -> None:
    op.create_table(
        "plg_value_friend",
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("marked_on", sa.Date(), nullable=False),
    )
    op.create_table(
        "plg_value_use",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("voice_id", sa.Integer(), sa.ForeignKey(f"{VOICE}.id", ondelete="CASCADE"), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("for_id", sa.Integer(), sa.ForeignKey("customer.id", ondelete="SET NULL")),
        sa.Column("trade", sa.Text(), nullable=False, server_default=""),
        sa.Column("size", sa.Text(), nullable=False, server_default=""),
        sa.Column("file", sa.Text(), nullable=False, server_default=""),
        sa.Column("by_name", sa.SmallInteger(), nullable=False, server_default="0"),
    )
    op.create_index("ix_plg_value_use_voice_id", "plg_value_use", ["voice_id"])
    op.create_index("ix_plg_value_use_for_id", "plg_value_use", ["for_id"])
