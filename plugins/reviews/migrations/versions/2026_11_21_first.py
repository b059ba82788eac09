"""The first tables: assessments and reviews."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_first"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "plg_reviews_assessment",
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date()),
        sa.Column("overruled", sa.Text()),
        sa.Column("overruled_reason", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date()),
        sa.Column("put_off_on", sa.Date()),
    )
    for column in ("said_on", "next_on", "put_off_on"):
        op.create_index(f"ix_plg_reviews_assessment_{column}", "plg_reviews_assessment", [column])
    op.create_table(
        "plg_reviews_review",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("leaving", sa.Text()),
        sa.Column("kind", sa.Text()),
        sa.Column("recommendation", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date()),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_plg_reviews_review_held_on", "plg_reviews_review", ["held_on"])
    op.create_index("ix_plg_reviews_review_customer", "plg_reviews_review", ["customer_id", "state", "held_on"])
    op.create_index("ix_plg_reviews_review_state", "plg_reviews_review", ["state", "held_on", "id"])
