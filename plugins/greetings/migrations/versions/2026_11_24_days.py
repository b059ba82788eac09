"""Whom we greet on which day, days that were confirmed, and what came back."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_days"
down_revision = "2026_11_21_first"

CARD, MARK, WISH = "plg_greetings_card", "plg_greetings_mark", "plg_greetings_wish"
DAY, OWN = "plg_greetings_day", "plg_greetings_own"


def upgrade() -> None:
    """Make them; cards that are there belong to the year in which they were made."""
    _marks()
    _days()
    _cards()


def _customer(own: str) -> sa.Column[int]:
    key = sa.ForeignKey("customer.id", ondelete="CASCADE", name=f"fk_{own}_customer_id")
    return sa.Column("customer_id", sa.Integer(), key, nullable=False)


def _staff(column: str, own: str) -> sa.Column[int]:
    key = sa.ForeignKey("staff_member.id", ondelete="SET NULL", name=f"fk_{own}_{column}")
    return sa.Column(column, sa.Integer(), key)


def _marks() -> None:
    op.create_table(
        MARK,
        sa.Column("id", sa.Integer(), primary_key=True),
        _customer(MARK),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("turn", sa.SmallInteger(), nullable=False),
        sa.Column("greet", sa.Boolean(), nullable=False),
        sa.Column("marked_on", sa.Date(), nullable=False),
        _staff("staff_member_id", MARK),
    )
    op.create_index(f"ix_{MARK}_customer", MARK, ["customer_id", "occasion", "turn"])
    op.create_index(f"ix_{MARK}_turn", MARK, ["occasion", "turn", "greet", "customer_id"])
    op.create_table(
        WISH,
        sa.Column("id", sa.Integer(), primary_key=True),
        _customer(WISH),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        _staff("staff_member_id", WISH),
    )
    op.create_index(f"ix_{WISH}_customer", WISH, ["customer_id", "occasion"])
    op.create_index(f"ix_{WISH}_occasion", WISH, ["occasion", "wanted", "customer_id"])


def _days() -> None:
    op.create_table(
        DAY,
        sa.Column("occasion", sa.Text(), primary_key=True),
        sa.Column("turn", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date()),
        _staff("staff_member_id", DAY),
    )
    op.create_index(f"ix_{DAY}_day", DAY, ["day"])
    op.create_table(
        OWN,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("year", sa.SmallInteger()),
        sa.Column("month", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.SmallInteger(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
    )


def _cards() -> None:
    with op.batch_alter_table(CARD) as card:
        card.add_column(sa.Column("turn", sa.SmallInteger(), nullable=False, server_default="0"))
        card.add_column(_staff("given_by_id", CARD))
        card.add_column(sa.Column("reply", sa.Text()))
        card.add_column(sa.Column("reply_note", sa.Text(), nullable=False, server_default=""))
        card.add_column(sa.Column("replied_on", sa.Date()))
        card.add_column(sa.Column("thanked_on", sa.Date()))
    card_rows = sa.table(CARD, sa.column("turn"), sa.column("made_on", sa.Date), sa.column("occasion", sa.Text))
    year = sa.cast(sa.extract("year", card_rows.c.made_on), sa.SmallInteger)
    moon = card_rows.c.occasion.in_(["eid_fitr", "eid_azha"])  # these are counted by the years of the moon
    op.execute(card_rows.update().values(turn=sa.case((moon, year - 579), else_=year)))
