"""One table with a name that is not ours."""

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from loyalapp import sdk


class Base(DeclarativeBase):
    """Our tables."""

    metadata = sdk.metadata("wrong_table")


class Thing(Base):
    """A thing."""

    __tablename__ = "customer_thing"

    id: Mapped[int] = mapped_column(primary_key=True)
