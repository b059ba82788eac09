"""The working day: rights of staff, contact rules, promises that move, needs and offers, owned items, who did what."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_working_day"
down_revision = "2026_11_21_first_tables"

# In SQL that both databases read: Alembic would build the tables anew for some of it.
ADDED = {
    "staff_member": {
        "capacity": "SMALLINT",
        "role": "TEXT NOT NULL DEFAULT 'salesman'",
        "pin": "TEXT",
        "pin_tries": "SMALLINT NOT NULL DEFAULT 0",
    },
    "customer": {
        "worth": "SMALLINT",
        "worth_why": "TEXT",
        "no_contact": "BOOLEAN NOT NULL DEFAULT false",
        "paused_until": "DATE",
        "pause_why": "TEXT",
        "stop_after": "SMALLINT",
    },
    "interaction": {
        "is_answered": "BOOLEAN NOT NULL DEFAULT true",
        "in_spite": "TEXT",
    },
    "promise": {
        "is_told": "BOOLEAN NOT NULL DEFAULT true",
        "broken_on": "DATE",
    },
    "purchase": {"product_group": "TEXT"},
}
WHO_DID_IT = ("interaction", "promise", "purchase")


def upgrade() -> None:
    """Add them."""
    for table, columns in ADDED.items():
        for name, kind in columns.items():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    op.add_column("staff_member", sa.Column("pin_tried_at", sa.DateTime()))
    for table in WHO_DID_IT:
        with op.batch_alter_table(table) as batch:
            batch.add_column(_of("staff_member_id", "staff_member", "SET NULL", table))
        op.create_index(f"ix_{table}_staff_member_id", table, ["staff_member_id"], **_those_with("staff_member_id"))
    op.create_index(
        "ix_interaction_unanswered",
        "interaction",
        ["happened_at"],
        sqlite_where=sa.text("is_answered IS 0"),  # word by word as the question says it
        postgresql_where=sa.text("is_answered IS false"),
    )
    _promise_move()
    _customer_need()
    _customer_offer()
    _product_group()
    _owned_item()
    _deed()


def _those_with(column: str) -> dict[str, sa.TextClause]:
    has_one = sa.text(f"{column} IS NOT NULL")
    return {"sqlite_where": has_one, "postgresql_where": has_one}


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _of(column: str, table: str, on_delete: str, own: str, *, nullable: bool = True) -> sa.Column[int]:
    name = f"fk_{own}_{column}"
    return sa.Column(
        column, sa.Integer(), sa.ForeignKey(f"{table}.id", ondelete=on_delete, name=name), nullable=nullable
    )


def _promise_move() -> None:
    op.create_table(
        "promise_move",
        _id(),
        _of("promise_id", "promise", "CASCADE", "promise_move", nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("due_after", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
    )
    op.create_index("ix_promise_move_promise_id", "promise_move", ["promise_id"])


def _customer_need() -> None:
    op.create_table(
        "customer_need",
        _id(),
        _of("customer_id", "customer", "CASCADE", "customer_need", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("product_group", sa.Text()),
        sa.Column("learned_on", sa.Date(), nullable=False),
        _of("interaction_id", "interaction", "SET NULL", "customer_need"),
        _of("staff_member_id", "staff_member", "SET NULL", "customer_need"),
        sa.Column("met_on", sa.Date()),
        sa.Column("is_example", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_customer_need_customer_id", "customer_need", ["customer_id"])


def _customer_offer() -> None:
    op.create_table(
        "customer_offer",
        _id(),
        _of("customer_id", "customer", "CASCADE", "customer_offer", nullable=False),
        _of("need_id", "customer_need", "SET NULL", "customer_offer"),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date()),
        _of("interaction_id", "interaction", "SET NULL", "customer_offer"),
        _of("staff_member_id", "staff_member", "SET NULL", "customer_offer"),
        sa.Column("is_example", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_customer_offer_customer_id", "customer_offer", ["customer_id"])


def _product_group() -> None:
    op.create_table(
        "product_group",
        _id(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.UniqueConstraint("name_key", name="uq_product_group_name_key"),
    )


def _owned_item() -> None:
    op.create_table(
        "owned_item",
        _id(),
        _of("customer_id", "customer", "CASCADE", "owned_item", nullable=False),
        _of("product_id", "product", "SET NULL", "owned_item"),
        _of("purchase_id", "purchase", "SET NULL", "owned_item"),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text()),
        sa.Column("installed_on", sa.Date()),
        sa.Column("warranty_until", sa.Date()),
        sa.Column("contract_until", sa.Date()),
        sa.Column("lasts_until", sa.Date()),
        sa.Column("gone_on", sa.Date()),
        sa.Column("import_id", sa.Integer()),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_owned_item_customer_id", "owned_item", ["customer_id"])
    for column in (
        "serial",
        "warranty_until",
        "contract_until",
        "lasts_until",
        "import_id",
        "purchase_id",
        "product_id",
    ):
        op.create_index(f"ix_owned_item_{column}", "owned_item", [column], **_those_with(column))
    op.execute(
        """INSERT INTO owned_item (customer_id, product_id, purchase_id, what, serial, warranty_until, import_id,
            is_example, version)
        SELECT customer_id, product_id, id, item, serial, warranty_until, import_id, is_example, 1
        FROM purchase WHERE serial IS NOT NULL OR warranty_until IS NOT NULL"""
    )


def _deed() -> None:
    op.create_table(
        "deed",
        _id(),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        _of("staff_member_id", "staff_member", "SET NULL", "deed"),
        sa.Column("what", sa.Text(), nullable=False),
        _of("customer_id", "customer", "CASCADE", "deed"),
        sa.Column("facts", sa.Text(), nullable=False),
    )
    op.create_index("ix_deed_happened_at", "deed", ["happened_at"])
    op.create_index("ix_deed_customer_id", "deed", ["customer_id"], **_those_with("customer_id"))
    op.create_index("ix_deed_staff_member_id", "deed", ["staff_member_id"], **_those_with("staff_member_id"))


def downgrade() -> None:
    """Take them away again."""
    for table in ("deed", "owned_item", "product_group", "customer_offer", "customer_need", "promise_move"):
        op.drop_table(table)
    op.drop_index("ix_interaction_unanswered", "interaction")
    for table in WHO_DID_IT:
        op.drop_index(f"ix_{table}_staff_member_id", table)
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"fk_{table}_staff_member_id", type_="foreignkey")
            batch.drop_column("staff_member_id")
    with op.batch_alter_table("staff_member") as batch:
        batch.drop_column("pin_tried_at")
    for table, columns in reversed(ADDED.items()):
        for name in reversed(columns):
            with op.batch_alter_table(table) as batch:
                batch.drop_column(name)
