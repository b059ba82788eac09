"""Whose card was printed, so that nothing has to be typed twice."""

from sqlalchemy.orm import Mapped, mapped_column

from loyalapp import sdk

Base = sdk.tables("visit_card")


class Person(Base):
    """A salesman as the card names him; the newest row is offered first."""

    __tablename__ = "plg_visit_card_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    work: Mapped[str]
    phone: Mapped[str]
