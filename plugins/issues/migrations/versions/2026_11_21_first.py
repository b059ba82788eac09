"""The first tables: problems, and the steps on the way to their solution."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_first"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "plg_issues_problem",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("customer_id", sa.Integer(), sa.ForeignKey("customer.id", ondelete="CASCADE"), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("purchase_id", sa.Integer(), sa.ForeignKey("purchase.id", ondelete="SET NULL")),
        sa.Column("promise_id", sa.Integer(), sa.ForeignKey("promise.id", ondelete="SET NULL")),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("next_step_on", sa.Date(), nullable=False),
        sa.Column("solved_at", sa.DateTime()),
        sa.Column("ease", sa.Text()),
        sa.Column("contacts", sa.Integer(), nullable=False),
        sa.Column("handed_on", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_plg_issues_problem_customer", "plg_issues_problem", ["customer_id", "state"])
    op.create_index("ix_plg_issues_problem_due", "plg_issues_problem", ["state", "next_step_on"])
    op.create_index("ix_plg_issues_problem_solved", "plg_issues_problem", ["state", "solved_at", "id"])
    op.create_table(
        "plg_issues_step",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "problem_id", sa.Integer(), sa.ForeignKey("plg_issues_problem.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
    )
    op.create_index("ix_plg_issues_step_problem_id", "plg_issues_step", ["problem_id"])
