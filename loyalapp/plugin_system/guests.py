"""A plugin that is asked something works in a session of its own, on the connection of the one who asks.

What it changes, commits, rolls back or closes stays its own affair: objects of the asker are not touched, and nothing
it wrote remains. Whoever asks does so before writing: the lock that SQLite gives to one writer at a time is let go
meanwhile, so that a plugin that hangs keeps nobody else from writing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from sqlalchemy.util import ScopedRegistry

from loyalapp.core.db import db, has_written, reading

KEY = "loyalapp.guest"


class WritesWhenAsked(Exception):
    """A plugin wrote to the database where it was only asked."""


class SpeaksWhileWriting(RuntimeError):
    """The core, or a plugin, asks or tells others in the middle of what it writes; a mistake that tests find."""


class Guest(Session):
    """A session on the connection of another one, behind a savepoint that is made when it is needed."""

    def __init__(self, host: Session) -> None:
        super().__init__(expire_on_commit=False, join_transaction_mode="create_savepoint")
        self.host = host
        self.joined: Any = None

    def get_bind(self, *_words: Any, **_options: Any) -> Connection:
        link = self.host.connection()
        self.joined = self.host.get_transaction()
        return link

    def connection(self, *words: Any, **options: Any) -> Connection:
        """Where nothing can be written anyway, plain questions do without the savepoint, which takes a while."""
        return self.host.connection() if reading.get() else super().connection(*words, **options)

    def flush(self, objects: Any = None) -> None:  # noqa: ARG002 -- SQLAlchemy calls it so
        """Nothing is written."""
        if self.is_changed:
            raise WritesWhenAsked("a plugin that is asked may read only; it writes on its pages and when it is told")

    def commit(self) -> None:
        """Nothing is written, so that there is nothing to keep."""
        self.flush()

    @property
    def is_changed(self) -> bool:
        """Whether anything waits to be written."""
        return not self._is_clean()

    @property
    def is_stale(self) -> bool:
        """Whether the transaction that it had joined is over."""
        return self.joined is not None and self.joined is not self.host.get_transaction()


class Scopes(ScopedRegistry[Any]):
    """Where `db.session` looks for the session of the moment: a guest cannot throw itself away for a stranger.

    A fresh session would wait for the lock that the asker holds, and the asker for the guest.
    """

    def clear(self) -> None:
        if not (self.has() and isinstance(self(), Guest)):
            super().clear()


scopes: Any = db.session.registry  # one for all apps of this process; sessions are told apart by their app context
scopes = db.session.registry = Scopes(scopes.createfunc, scopes.scopefunc)


@contextmanager
def asking(*, is_strict: bool) -> Iterator[None]:
    """While others are asked, the asker's transaction only reads; after that it may write again.

    One who has written something already keeps its transaction, and the lock.

    :raises SpeaksWhileWriting: in that case, where `is_strict`.
    """
    if reading.get():
        yield
        return
    host: Session = scopes()
    token = reading.set(True)
    try:
        if is_free := _is_free(host):
            host.commit()  # of nothing: it lets go of the lock
            try:
                yield
            finally:
                _send_home(host)
                host.commit()
    finally:
        reading.reset(token)
    if not is_free:
        check_is_done(host, is_strict=is_strict)
        yield


def _is_free(host: Session) -> bool:
    return not isinstance(host, Guest) and host.get_bind().dialect.name == "sqlite" and is_done(host)


def _send_home(host: Session) -> None:
    if isinstance(guest := host.info.pop(KEY, None), Guest):
        guest.close()


def is_done(host: Session) -> bool:
    """Whether it has written nothing in this transaction and has nothing to write; on PostgreSQL only the latter."""
    if host.new or host.deleted or any(host.is_modified(one) for one in host.dirty) or host.in_nested_transaction():
        return False
    if not host.in_transaction() or host.get_bind().dialect.name != "sqlite":
        return True
    return not has_written(host.connection())


def check_is_done(host: Session, *, is_strict: bool) -> None:
    """Look at one who asks or tells.

    :raises SpeaksWhileWriting: where it is in the middle of writing, and `is_strict`.
    """
    if is_strict and not isinstance(host, Guest) and not is_done(host):
        raise SpeaksWhileWriting("ask before you write, and tell after the commit")


def is_lent() -> bool:
    """Whether a plugin is being asked something at this moment."""
    return isinstance(scopes(), Guest)


class lent:  # noqa: N801 -- reads as what it is, a block: `with lent():`
    """For one call of a plugin `db.session` is a guest of the session of the moment.

    On pages that only show, the guest stays for the next call, and with it what was read; anything it changed is
    forgotten.
    """

    __slots__ = ("_guest", "_host")

    def __enter__(self) -> None:
        self._host: Session = scopes()
        self._guest = _guest_of(self._host)
        scopes.set(self._guest)

    def __exit__(self, kind: type[BaseException] | None, *_more: object) -> None:
        guest, host = self._guest, self._host
        scopes.set(host)
        if kind is None and reading.get() and not guest.is_changed and not isinstance(host, Guest):
            return
        host.info.pop(KEY, None)
        guest.close()


def _guest_of(host: Session) -> Guest:
    guest = host.info.get(KEY)
    if isinstance(guest, Guest) and not guest.is_stale:
        return guest
    if not reading.get():
        host.flush()  # what the asker has not written yet belongs to what the plugin should see
    guest = host.info[KEY] = Guest(host)
    return guest
