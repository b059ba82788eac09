"""The first tables: settings, customers, contacts, promises, products, purchases, imports, Today, search index."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_first_tables"
down_revision = None

FTS = (
    """CREATE VIRTUAL TABLE customer_index USING fts5(name, around, more, sound, content='', contentless_delete=1,
    tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'", prefix='1 2 3')""",
    # The words of the index, and numbers by any three digits in a row.
    "CREATE VIRTUAL TABLE customer_index_terms USING fts5vocab(customer_index, row)",
    """CREATE VIRTUAL TABLE customer_index_numbers USING fts5(digits, content='', contentless_delete=1,
    tokenize=trigram, detail=none)""",
)

NOT_IN_THE_LIST = "removed_at IS NOT NULL OR stage NOT IN ('prospect', 'customer', 'former')"
IN_THE_LIST = "removed_at IS NULL AND stage IN ('prospect', 'customer', 'former')"


def upgrade() -> None:
    """Make them."""
    _staff_member()
    _customer()
    _customer_person()
    _customer_date()
    _customer_tag()
    _import_run()
    _product()
    _setting()
    _customer_fact()
    _customer_phone()
    _interaction()
    _purchase()
    _today_finished()
    _promise()
    _not_the_same()
    _undo_step()
    _undo_row()
    _customer_consent()
    _disclosure_log()
    _saved_list()
    _search_index()


def _staff_member() -> None:
    op.create_table(
        "staff_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
    )


def _customer() -> None:
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_ur", sa.Text(), nullable=True),
        sa.Column("name_hi", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("address_form", sa.Text(), nullable=True),
        sa.Column("firm", sa.Text(), nullable=True),
        sa.Column("trade", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("locality", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("message_language", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("birth_year", sa.SmallInteger(), nullable=True),
        sa.Column("birth_month", sa.SmallInteger(), nullable=True),
        sa.Column("birth_day", sa.SmallInteger(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("since_month", sa.SmallInteger(), nullable=True),
        sa.Column("since_day", sa.SmallInteger(), nullable=True),
        sa.Column("contact_limit", sa.SmallInteger(), nullable=True),
        sa.Column("size", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("hours", sa.Text(), nullable=True),
        sa.Column("salesman_id", sa.Integer(), nullable=True),
        sa.Column("referred_by_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("do_not_mention", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("erased_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("search_norm", sa.Text(), nullable=False),
        sa.Column("search_around", sa.Text(), nullable=False),
        sa.Column("search_more", sa.Text(), nullable=False),
        sa.Column("search_skeleton", sa.Text(), nullable=False),
        sa.Column("search_phones", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("sound_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["salesman_id"], ["staff_member.id"], name=op.f("fk_customer_salesman_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["referred_by_id"], ["customer.id"], name=op.f("fk_customer_referred_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["customer.id"], name=op.f("fk_customer_merged_into_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
    )
    for column in ("salesman_id", "referred_by_id", "merged_into_id"):
        has_one = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_customer_{column}", "customer", [column], sqlite_where=has_one, postgresql_where=has_one)
    for name, columns, which in (
        ("ix_customer_sound_key", ["sound_key", "place"], "removed_at IS NULL"),
        ("ix_customer_email", ["email"], "removed_at IS NULL AND email IS NOT NULL"),
    ):
        op.create_index(name, "customer", columns, sqlite_where=sa.text(which), postgresql_where=sa.text(which))
    op.create_index("ix_customer_birth", "customer", ["birth_month", "birth_day"], unique=False)
    op.create_index(op.f("ix_customer_import_id"), "customer", ["import_id"], unique=False)
    op.create_index(
        "ix_customer_list",
        "customer",
        ["sort_key", "id"],
        unique=False,
        sqlite_where=sa.text(IN_THE_LIST),
        postgresql_where=sa.text(IN_THE_LIST),
    )
    op.create_index(
        "ix_customer_outside",
        "customer",
        ["stage", "sort_key", "id"],
        sqlite_where=sa.text(NOT_IN_THE_LIST),
        postgresql_where=sa.text(NOT_IN_THE_LIST),
    )
    op.create_index("ix_customer_since", "customer", ["since_month", "since_day"], unique=False)


def _import_run() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index(op.f("ix_import_run_file_hash"), "import_run", ["file_hash"], unique=False)
    op.create_table(
        "import_shape",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("wishes", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_import_shape")),
    )


def _product() -> None:
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("product_group", sa.Text(), nullable=True),
        sa.Column("expected_life_months", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("name_key", name=op.f("uq_product_name_key")),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )


def _customer_fact() -> None:
    op.create_table(
        "customer_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("may_use", sa.Boolean(), nullable=False),
        sa.Column("do_not_mention", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_fact_customer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_fact")),
    )
    op.create_index(op.f("ix_customer_fact_customer_id"), "customer_fact", ["customer_id"], unique=False)


def _customer_person() -> None:
    op.create_table(
        "customer_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_person_customer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_person")),
    )
    op.create_index(op.f("ix_customer_person_customer_id"), "customer_person", ["customer_id"], unique=False)
    op.create_index(op.f("ix_customer_person_number"), "customer_person", ["number"], unique=False)


def _customer_date() -> None:
    op.create_table(
        "customer_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("month", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_date_customer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_date")),
    )
    op.create_index(op.f("ix_customer_date_customer_id"), "customer_date", ["customer_id"], unique=False)


def _customer_tag() -> None:
    op.create_table(
        "customer_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("tag_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_tag_customer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_tag")),
        sa.UniqueConstraint("customer_id", "tag_key", name=op.f("uq_customer_tag_customer_id_tag_key")),
    )
    op.create_index("ix_customer_tag_tag_key", "customer_tag", ["tag_key"], unique=False)


def _customer_phone() -> None:
    op.create_table(
        "customer_phone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("on_whatsapp", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_phone_customer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_phone")),
    )
    op.create_index(op.f("ix_customer_phone_customer_id"), "customer_phone", ["customer_id"], unique=False)
    op.create_index(op.f("ix_customer_phone_number"), "customer_phone", ["number"], unique=False)


def _interaction() -> None:
    op.create_table(
        "interaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("unasked", sa.Boolean(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_interaction_customer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interaction")),
    )
    op.create_index("ix_interaction_timeline", "interaction", ["customer_id", "happened_at", "id"], unique=False)


def _purchase() -> None:
    op.create_table(
        "purchase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=12, scale=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("invoice", sa.Text(), nullable=True),
        sa.Column("serial", sa.Text(), nullable=True),
        sa.Column("warranty_until", sa.Date(), nullable=True),
        sa.Column("checked_in_on", sa.Date(), nullable=True),
        sa.Column("warned_on", sa.Date(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_purchase_customer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_purchase_product_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase")),
    )
    op.create_index(
        "ix_purchase_import_id",
        "purchase",
        ["import_id"],
        unique=False,
        sqlite_where=sa.text("import_id IS NOT NULL"),
        postgresql_where=sa.text("import_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_purchase_invoice"), "purchase", ["invoice"], unique=False)
    op.create_index(op.f("ix_purchase_product_id"), "purchase", ["product_id"], unique=False)
    op.create_index("ix_purchase_recent", "purchase", ["bought_on", "customer_id"], unique=False)
    op.create_index(
        "ix_purchase_serial",
        "purchase",
        ["serial"],
        unique=False,
        sqlite_where=sa.text("serial IS NOT NULL"),
        postgresql_where=sa.text("serial IS NOT NULL"),
    )
    op.create_index("ix_purchase_timeline", "purchase", ["customer_id", "bought_on", "id"], unique=False)
    op.create_index(op.f("ix_purchase_warranty_until"), "purchase", ["warranty_until"], unique=False)


def _today_finished() -> None:
    op.create_table(
        "today_finished",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_today_finished_customer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_today_finished")),
    )
    op.create_index(op.f("ix_today_finished_customer_id"), "today_finished", ["customer_id"], unique=False)
    op.create_index(op.f("ix_today_finished_finished_on"), "today_finished", ["finished_on"], unique=False)


def _promise() -> None:
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_promise_customer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name=op.f("fk_promise_interaction_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    op.create_index(op.f("ix_promise_customer_id"), "promise", ["customer_id"], unique=False)
    op.create_index("ix_promise_open", "promise", ["kept_on", "due_on"], unique=False)


def _not_the_same() -> None:
    op.create_table(
        "not_the_same",
        sa.Column("customer_a", sa.Integer(), nullable=False),
        sa.Column("customer_b", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_a"], ["customer.id"], name=op.f("fk_not_the_same_customer_a"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["customer_b"], ["customer.id"], name=op.f("fk_not_the_same_customer_b"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("customer_a", "customer_b", name=op.f("pk_not_the_same")),
    )
    op.create_index(op.f("ix_not_the_same_customer_b"), "not_the_same", ["customer_b"], unique=False)


def _undo_step() -> None:
    op.create_table(
        "undo_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undo_step")),
    )
    op.create_index(op.f("ix_undo_step_happened_at"), "undo_step", ["happened_at"], unique=False)


def _undo_row() -> None:
    op.create_table(
        "undo_row",
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["step_id"], ["undo_step.id"], name=op.f("fk_undo_row_step_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("step_id", "table_name", "row_id", name=op.f("pk_undo_row")),
    )
    op.create_index(op.f("ix_undo_row_customer_id"), "undo_row", ["customer_id"], unique=False)


def _customer_consent() -> None:
    op.create_table(
        "customer_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_consent_customer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_consent")),
    )
    op.create_index(op.f("ix_customer_consent_customer_id"), "customer_consent", ["customer_id"], unique=False)


def _disclosure_log() -> None:
    op.create_table(
        "disclosure_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_log")),
    )
    op.create_index(op.f("ix_disclosure_log_customer_id"), "disclosure_log", ["customer_id"], unique=False)


def _saved_list() -> None:
    op.create_table(
        "saved_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_list")),
    )


def _search_index() -> None:
    """FTS5 where there is SQLite, a table of words elsewhere."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in FTS:
            op.execute(statement)
        return
    op.create_table(
        "customer_word",
        sa.Column(
            "customer_id", sa.Integer(), sa.ForeignKey("customer.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
    )
    op.execute("CREATE INDEX ix_customer_word_word ON customer_word (part, word text_pattern_ops)")
