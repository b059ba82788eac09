"""Changes the tables: first."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_first"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "plg_visit_card_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("work", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plg_visit_card_person")),
    )


def downgrade() -> None:
    op.drop_table("plg_visit_card_person")
