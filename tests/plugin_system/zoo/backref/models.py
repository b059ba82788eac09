"""One table that writes itself into a class of the core."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from loyalapp import sdk


class Base(DeclarativeBase):
    """Our tables."""

    metadata = sdk.metadata("backref")


class Thing(Base):
    """A thing of a customer."""

    __tablename__ = "plg_backref_thing"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(sdk.Customer.id))
    customer: Mapped[sdk.Customer] = relationship(sdk.Customer, backref="things")
