"""One table with a wrong end."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from loyalapp import sdk


class Base(DeclarativeBase):
    """Our tables."""

    metadata = sdk.metadata("bad_mapper")


class Thing(Base):
    """A thing of a customer."""

    __tablename__ = "plg_bad_mapper_thing"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey(sdk.Customer.id))
    customer: Mapped[sdk.Customer] = relationship(sdk.Customer)
    nobody: Mapped["Nobody"] = relationship("Nobody")
