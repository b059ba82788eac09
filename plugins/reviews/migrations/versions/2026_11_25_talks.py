"""Questions, appointments, answers kept while one talks, competitors, and recommendations."""

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_talks"
down_revision = "2026_11_24_levels"

REVIEW = "plg_reviews_review"
MOODS = {"no": "content", "little": "struggling", "yes": "leaving"}
INDEXES = {
    "plg_reviews_answer": {"review_id": ["review_id"]},
    "plg_reviews_mention": {
        "customer": ["customer_id", "heard_on"],
        "heard_on": ["heard_on", "id"],
        "review_id": ["review_id"],
    },
    "plg_reviews_appointment": {"customer": ["customer_id", "state"], "day": ["state", "day"]},
    REVIEW: {"ask_on": ["outcome", "ask_on"]},
}


def upgrade() -> None:
    """Make them, and bring the answers into rows of their own."""
    said = _answers_so_far()
    _reviews()
    _banks()
    _answers()
    _mentions()
    _appointments()
    for table, wanted in INDEXES.items():
        for name, columns in wanted.items():
            op.create_index(f"ix_{table}_{name}", table, columns)
    _bring_answers(said)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _of(column: str, table: str, own: str, on_delete: str = "SET NULL", **more: Any) -> sa.Column[int]:
    name = f"fk_{own}_{column}"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{table}.id", ondelete=on_delete, name=name), **more)


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _version() -> sa.Column[int]:
    return sa.Column("version", sa.Integer(), nullable=False, server_default="1")


def _banks() -> None:
    """Questions and tips of the firm's own; `key` stands for one that came with the program."""
    flags = ("is_gone", "is_example")
    op.create_table(
        "plg_reviews_question",
        _id(),
        sa.Column("key", sa.Text()),
        *_text("area", "words", "direct", "trade", "product_group"),
        *(_flag(one) for one in flags),
        _version(),
        sa.UniqueConstraint("key", name="uq_plg_reviews_question"),
    )
    op.create_table(
        "plg_reviews_tip", _id(), *_text("words", "product_group"), *(_flag(one) for one in flags), _version()
    )


def _answers() -> None:
    own = "plg_reviews_answer"
    op.create_table(
        own,
        _id(),
        _of("review_id", REVIEW, own, "CASCADE", nullable=False),
        *_text("question", "asked", "said", "tick"),
        _flag("is_left_out"),
        *_text("keep_as", "shop", "sure", "became"),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        _version(),
        sa.UniqueConstraint("review_id", "question", name=f"uq_{own}"),
    )


def _mentions() -> None:
    own = "plg_reviews_mention"
    op.create_table(
        own,
        _id(),
        _of("customer_id", "customer", own, "CASCADE", nullable=False),
        _of("review_id", REVIEW, own),
        *_text("shop", "words", "sure"),
        sa.Column("heard_on", sa.Date(), nullable=False),
        _of("staff_member_id", "staff_member", own),
        _flag("is_example"),
    )


def _appointments() -> None:
    own = "plg_reviews_appointment"
    op.create_table(
        own,
        _id(),
        _of("customer_id", "customer", own, "CASCADE", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *_text("hour", "channel", "note"),
        sa.Column("made_on", sa.Date(), nullable=False),
        _of("staff_member_id", "staff_member", own),
        _flag("is_example"),
        _version(),
    )


def _reviews() -> None:
    op.execute(f"ALTER TABLE {REVIEW} RENAME COLUMN leaving TO mood")
    with op.batch_alter_table(REVIEW) as batch:
        for column, table in (
            ("staff_member_id", "staff_member"),
            ("need_id", "customer_need"),
            ("owned_item_id", "owned_item"),
        ):
            batch.add_column(_of(column, table, REVIEW))
        batch.add_column(sa.Column("product_group", sa.Text()))
        for name in ("reason", "promised", "outcome", "outcome_note"):
            batch.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        for name in ("promised_for", "ask_on", "outcome_on"):
            batch.add_column(sa.Column(name, sa.Date()))
        batch.add_column(sa.Column("changed_at", sa.DateTime()))
        batch.drop_column("answers")
    for was, now in MOODS.items():
        op.execute(f"UPDATE {REVIEW} SET mood = '{now}' WHERE mood = '{was}'")  # noqa: S608 -- words of our own


def _answers_so_far() -> list[tuple[int, dict[str, str]]]:
    """What stood in one field of each review, by the number of the review."""
    rows = op.get_bind().execute(sa.select(sa.table(REVIEW, sa.column("id"), sa.column("answers")))).all()
    return [(row.id, json.loads(row.answers or "{}")) for row in rows]


def _bring_answers(found: list[tuple[int, dict[str, str]]]) -> None:
    """A row for each question."""
    texts = ("question", "asked", "said", "tick", "keep_as", "shop", "sure", "became")
    answer = sa.table(
        "plg_reviews_answer",
        sa.column("review_id", sa.Integer()),
        *(sa.column(one, sa.Text()) for one in texts),
        sa.column("is_left_out", sa.Boolean()),
        sa.column("changed_at", sa.DateTime()),
    )
    now = datetime.now(UTC).replace(tzinfo=None)
    made = [
        {
            **dict.fromkeys(texts, ""),
            "review_id": one,
            "question": key,
            "said": said,
            "is_left_out": not said,
            "changed_at": now,
        }
        for one, answers in found
        for key, said in answers.items()
    ]
    if made:
        op.bulk_insert(answer, made)
