"""One table of keys and values for everything the firm may choose."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from loyalapp.core.db import Base, Json


class Setting(Base):
    """One choice. Plugins' keys begin with their id and a dot."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(Json)
