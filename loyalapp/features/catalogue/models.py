"""Products by group, and purchases."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, Index, Numeric, Text
from sqlalchemy.orm import Mapped, mapped_column

from loyalapp.core.clock import now
from loyalapp.core.db import Base, UtcDateTime
from loyalapp.features.customers.models import Customer
from loyalapp.features.staff.models import StaffMember


class Product(Base):
    """Something we sell. `name_key` is the folded name, so that one article typed two ways stays one."""

    __tablename__ = "product"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text, unique=True)
    product_group: Mapped[str | None] = mapped_column(Text)
    expected_life_months: Mapped[int | None]


class Purchase(Base):
    """One sale. Amount in minor units of `currency`. Rows with an `import_id` make nothing overdue.

    `checked_in_on`: we asked whether all is well (D7). `product_group`: where it is another than that of the product.
    `serial` and `warranty_until` are as the bill says, by which a list that comes again is known; what the customer
    has now is an `OwnedItem`, which everything else asks. `warned_on` is asked by nobody any more.
    """

    __tablename__ = "purchase"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey(Product.id, ondelete="SET NULL"), index=True)
    item: Mapped[str] = mapped_column(Text)
    bought_on: Mapped[date]
    quantity: Mapped[Decimal] = mapped_column(Numeric(12, 3, asdecimal=True), default=Decimal(1))
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None] = mapped_column(Text)
    invoice: Mapped[str | None] = mapped_column(Text, index=True)
    serial: Mapped[str | None] = mapped_column(Text)
    warranty_until: Mapped[date | None] = mapped_column(index=True)
    checked_in_on: Mapped[date | None]
    warned_on: Mapped[date | None]
    product_group: Mapped[str | None] = mapped_column(Text)
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey(StaffMember.id, ondelete="SET NULL"))
    import_id: Mapped[int | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    __table_args__ = (
        Index("ix_purchase_timeline", "customer_id", "bought_on", "id"),
        Index("ix_purchase_recent", "bought_on", "customer_id"),
        # In the database only of what came with a list: else "not from a list" would be looked up here.
        Index("ix_purchase_import_id", "import_id"),
        Index("ix_purchase_serial", "serial"),  # only of what has one
        Index("ix_purchase_staff_member_id", "staff_member_id"),  # the same
    )


class ProductGroup(Base):
    """One of the few groups that figures and opportunities count, at most fifteen."""

    __tablename__ = "product_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text, unique=True)


class OwnedItem(Base):
    """Something a customer has from us, with the days on which something about it ends; `gone_on`: not any more."""

    __tablename__ = "owned_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(Customer.id, ondelete="CASCADE"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey(Product.id, ondelete="SET NULL"))
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey(Purchase.id, ondelete="SET NULL"))
    what: Mapped[str] = mapped_column(Text)
    serial: Mapped[str | None] = mapped_column(Text)
    installed_on: Mapped[date | None]
    warranty_until: Mapped[date | None]
    contract_until: Mapped[date | None]
    lasts_until: Mapped[date | None]
    gone_on: Mapped[date | None]
    import_id: Mapped[int | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    # In the database only of those that have one.
    __table_args__ = (
        Index("ix_owned_item_serial", "serial"),
        Index("ix_owned_item_warranty_until", "warranty_until"),
        Index("ix_owned_item_contract_until", "contract_until"),
        Index("ix_owned_item_lasts_until", "lasts_until"),
        Index("ix_owned_item_import_id", "import_id"),
        Index("ix_owned_item_purchase_id", "purchase_id"),
        Index("ix_owned_item_product_id", "product_id"),
    )
