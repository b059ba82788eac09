"""The table of what is half written; a plain table, since nobody works with its rows as objects."""

from sqlalchemy import Column, Integer, Table, Text

from loyalapp.core.db import Base, Json, UtcDateTime

# No foreign keys: what is half written belongs to who writes it, and is no part of what we hold about a customer.
DRAFT = Table(
    "draft",
    Base.metadata,
    Column("staff_member_id", Integer, primary_key=True, autoincrement=False),  # 0 where nobody said who sits here
    Column("page", Text, primary_key=True),
    Column("form", Text, primary_key=True),
    Column("customer_id", Integer),
    Column("typed", Json, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)
