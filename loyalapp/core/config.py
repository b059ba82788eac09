"""What one run of the program was told: where its data lies and how it was started."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple


class Config(NamedTuple):
    """The choices of one start; everything the user can change later is in the settings instead."""

    data_dir: Path
    database_url: str | None = None
    safe_mode: bool = False
    ask_safe_mode: Callable[[], bool] | None = None  # the same, known only shortly before plugins are loaded
    testing: bool = False
    language: str | None = None
    host: str = "127.0.0.1"
    port: int = 0
    door_open: bool = False
    under_development: Path | None = None  # the folder of a plugin that is used from there, this time only
    is_seated: bool = False  # this process is the one that runs on its data folder, as a window or a server
    is_guest: bool = False  # another process is, and this one leaves to it what only one may do

    @classmethod
    def from_options(cls, *, data_dir: str | Path | None = None, **options: Any) -> "Config":
        """Options as the command line gives them; without `data_dir` the user's own data folder is taken."""
        return cls(data_dir=Path(data_dir) if data_dir else default_data_dir(), **options)


def default_data_dir() -> Path:
    """The folder where the operating system wants a program's data (never beside the program)."""
    import platformdirs  # noqa: PLC0415 -- slow import

    return Path(platformdirs.user_data_dir("LoyalApp", appauthor=False))
