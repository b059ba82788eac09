"""Effort, allies, photos, known problems and their causes; whose problem it is, and when it is over."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_effort"
down_revision = "2026_11_21_first"

PROBLEM, STEP = "plg_issues_problem", "plg_issues_step"
# Below the tables in this order: each only leads to those before it.
MADE = ("kind", "cause", "ally", "ally_skill", "hand_over", "photo", "pledge", "told", "key", "calm", "upkeep")
KINDS = ("stops", "weak", "noise", "leak", "heat", "broken", "wrong", "late", "bill", "use")  # as in kinds.toml
COUNTS = ("explained", "reopened", "promises_broken", "promises_moved", "tries")
INDEXES = {
    "due": ["is_over", "next_step_on"],
    "solved": ["is_over", "solved_at", "id"],
    "ended": ["state", "solved_at", "id"],
    "list": ["is_over", "rank", "opened_at", "id"],
    "group": ["product_group", "kind_id", "opened_at"],
    "opened": ["opened_at"],
    "cause": ["cause_id"],
    "owned": ["owned_item_id", "opened_at"],
}
LED = {"owned_item_id": "owned_item", "kind_id": "plg_issues_kind", "cause_id": "plg_issues_cause"}


def upgrade() -> None:
    """Make them, and bring what is there into the new order."""
    _kinds_and_causes()
    _allies()
    _steps()
    _problems()
    _what_hangs_on_a_problem()
    _others()
    _upkeep()
    op.execute("UPDATE plg_issues_problem SET is_over = true WHERE state = 'confirmed'")
    op.execute(
        "UPDATE plg_issues_problem SET rank = CASE urgency WHEN 'stopped' THEN 0 WHEN 'no_hurry' THEN 2 ELSE 1 END"
    )
    for name, columns in INDEXES.items():
        op.create_index(f"ix_{PROBLEM}_{name}", PROBLEM, columns)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _of(column: str, table: str, own: str, on_delete: str = "SET NULL", **more: Any) -> sa.Column[int]:
    name = f"fk_{own}_{column}"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{table}.id", ondelete=on_delete, name=name), **more)


def _problem(own: str, **more: bool) -> sa.Column[int]:
    return _of("problem_id", PROBLEM, own, "CASCADE", nullable=False, **more)


def _text(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _flags(*names: str) -> list[sa.Column[bool]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def _count(name: str, kind: type[sa.Integer] = sa.SmallInteger, start: str = "0") -> sa.Column[int]:
    return sa.Column(name, kind(), nullable=False, server_default=start)


def _index(table: str, *columns: str, name: str = "") -> None:
    op.create_index(f"ix_{table}_{name or columns[0]}", table, list(columns))


def _kinds_and_causes() -> None:
    kind, cause = "plg_issues_kind", "plg_issues_cause"
    op.create_table(
        kind,
        _id(),
        *_text("key", nullable=True),
        *_text("name"),
        *_flags("is_gone"),
        sa.UniqueConstraint("key", name=f"uq_{kind}_key"),
    )
    for key in KINDS:
        op.execute(f"INSERT INTO {kind} (key, name, is_gone) VALUES ('{key}', '', false)")  # noqa: S608 -- our own words
    op.create_table(
        cause,
        _id(),
        *_text("title"),
        _of("staff_member_id", "staff_member", cause),
        _of("kind_id", kind, cause),
        *_text("product_group", nullable=True),
        *_text("fix", "words", "state"),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("fixed_on", sa.Date()),
        *_flags("is_example"),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def _allies() -> None:
    ally, skill = "plg_issues_ally", "plg_issues_ally_skill"
    op.create_table(
        ally,
        _id(),
        *_text("name", "department", "firm", "phone", "whatsapp", "email"),
        *_text("language", nullable=True),
        *_text("note"),
        *_flags("is_gone", "is_example"),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        skill,
        _id(),
        _of("ally_id", ally, skill, "CASCADE", nullable=False),
        _of("kind_id", "plg_issues_kind", skill, "CASCADE"),
        *_text("product_group", nullable=True),
    )
    _index(skill, "ally_id")
    _index(skill, "kind_id")


def _steps() -> None:
    with op.batch_alter_table(STEP) as batch:
        batch.add_column(_of("staff_member_id", "staff_member", STEP))
        batch.add_column(_of("ally_id", "plg_issues_ally", STEP))
        batch.add_column(_count("minutes"))


def _problems() -> None:
    for name in ("due", "solved"):
        op.drop_index(f"ix_{PROBLEM}_{name}", PROBLEM)
    with op.batch_alter_table(PROBLEM) as batch:
        for column, table in LED.items():
            batch.add_column(_of(column, table, PROBLEM))
        batch.add_column(_of("staff_member_id", "staff_member", PROBLEM))
        batch.add_column(sa.Column("product_group", sa.Text()))
        batch.add_column(_count("rank", start="1"))
        for flag in ("is_over", "is_caller_unknown"):
            batch.add_column(sa.Column(flag, sa.Boolean(), nullable=False, server_default=sa.false()))
        for count in COUNTS:
            batch.add_column(_count(count))
        for number in ("waited_days", "minutes"):
            batch.add_column(_count(number, sa.Integer))
        batch.add_column(sa.Column("referral_asked_on", sa.Date()))
        batch.add_column(_count("version", sa.Integer, "1"))


def _what_hangs_on_a_problem() -> None:
    given, photo, pledge, told = (f"plg_issues_{one}" for one in ("hand_over", "photo", "pledge", "told"))
    op.create_table(
        given,
        _id(),
        _problem(given),
        _of("ally_id", "plg_issues_ally", given),
        *_text("to_name"),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        *(sa.Column(day, sa.Date()) for day in ("answer_by", "answered_on", "thanked_on")),
        *_text("tried", "note", "answer"),
        *_flags("with_contact"),
    )
    _index(given, "problem_id")
    _index(given, "ally_id", "answered_on", name="ally")
    op.create_table(
        photo,
        _id(),
        _problem(photo),
        *_text("mimetype"),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in ("content", "small")),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime()),
    )
    _index(photo, "problem_id")
    op.create_table(
        pledge,
        _problem(pledge, primary_key=True),
        _of("promise_id", "promise", pledge, "CASCADE", nullable=False, primary_key=True),
    )
    _index(pledge, "promise_id", name="promise")
    op.execute(
        f"INSERT INTO {pledge} (problem_id, promise_id) SELECT id, promise_id FROM {PROBLEM} "  # noqa: S608 -- our own names
        "WHERE promise_id IS NOT NULL"
    )
    op.create_table(
        told,
        _problem(told, primary_key=True),
        _of("cause_id", "plg_issues_cause", told, "CASCADE", nullable=False, primary_key=True),
        sa.Column("told_on", sa.Date(), nullable=False),
    )
    _index(told, "cause_id", name="cause")


def _others() -> None:
    key, calm = "plg_issues_key", "plg_issues_calm"
    op.create_table(key, sa.Column("key", sa.Text(), primary_key=True), _problem(key, primary_key=True))
    _index(key, "problem_id")
    op.create_table(
        calm,
        _id(),
        _of("kind_id", "plg_issues_kind", calm, "CASCADE"),
        *_text("product_group"),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("seen_count", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.UniqueConstraint("kind_id", "product_group", name="uq_plg_issues_calm"),
    )


def _upkeep() -> None:
    upkeep = "plg_issues_upkeep"
    op.create_table(
        upkeep,
        _id(),
        sa.Column(
            "customer_id",
            sa.Integer(),
            sa.ForeignKey("customer.id", ondelete="CASCADE", name=f"fk_{upkeep}_customer_id"),
            nullable=False,
        ),
        *_text("thing"),
        *(sa.Column(day, sa.Date(), nullable=False) for day in ("asked_on", "again_on")),
    )
    _index(upkeep, "customer_id")


def downgrade() -> None:
    """Back to what the version before knows; what only this one knows goes."""
    for name in INDEXES:
        op.drop_index(f"ix_{PROBLEM}_{name}", PROBLEM)
    op.execute("UPDATE plg_issues_problem SET state = 'open' WHERE state = 'solved'")
    op.execute("UPDATE plg_issues_problem SET state = 'confirmed' WHERE state = 'not_confirmed'")
    for name in reversed(MADE[3:]):
        op.drop_table(f"plg_issues_{name}")
    _take_out(STEP, ["staff_member_id", "ally_id"], ["minutes"])
    own = ["product_group", "rank", "is_over", "is_caller_unknown", *COUNTS, "waited_days", "minutes"]
    _take_out(PROBLEM, [*LED, "staff_member_id"], [*own, "referral_asked_on", "version"])
    for name in reversed(MADE[:3]):
        op.drop_table(f"plg_issues_{name}")
    op.create_index(f"ix_{PROBLEM}_due", PROBLEM, ["state", "next_step_on"])
    op.create_index(f"ix_{PROBLEM}_solved", PROBLEM, ["state", "solved_at", "id"])


def _take_out(table: str, led: list[str], others: list[str]) -> None:
    with op.batch_alter_table(table) as batch:
        for column in led:
            batch.drop_constraint(f"fk_{table}_{column}", type_="foreignkey")
            batch.drop_column(column)
        for column in others:
            batch.drop_column(column)
