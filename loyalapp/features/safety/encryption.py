"""What can be done about the encryption of the data: begin it, keep its key another way, end it.

The work itself is done at the next start (`turning`), before anybody has the data open.
"""

from typing import Any, NamedTuple

from flask import current_app

from loyalapp.core import sealing
from loyalapp.core.db import db
from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import _
from loyalapp.core.paths import DataFolder
from loyalapp.core.sealing import OFF, ON, PASSWORD, SAFE, Seal
from loyalapp.features.staff import service as staff

SHORTEST = 8
BEGUN = "loyalapp.begun_encryption"


class State(NamedTuple):
    """How things stand. `kept`: where the key is (`safe`, `password`, "" for none); `wish`: what is not done yet.

    `open_backups`: backups that anybody can read though the data is encrypted.
    """

    is_on: bool
    kept: str
    wish: str
    is_server: bool
    open_backups: int


def state() -> State:
    """How things stand."""
    data = _data()
    seal = None if _is_server() else sealing.read(data.root)
    if seal is None:
        return State(is_on=False, kept="", wish="", is_server=_is_server(), open_backups=0)
    is_on = not sealing.is_open(data.database)
    left = sum(1 for one in data.backups.glob("*.loyalbackup") if sealing.is_open(one)) if is_on else 0
    return State(is_on, seal.kept, seal.wish, is_server=False, open_backups=left)


def begin(kept: str, password: str = "", again: str = "") -> str:
    """Think of a key; answers it as it goes onto paper. Nothing is encrypted before `go_on`.

    :param kept: `safe` lets the computer's safe open the data, `password` asks for one at every start.
    :raises LoyalAppError: if it is on already, the password is short or not written twice alike, or no safe is there.
    """
    _check_place()
    if state().kept:
        raise LoyalAppError(_("The data is encrypted already."))
    secret = sealing.new_secret()
    seal = _kept(secret, kept, password, again)
    current_app.extensions[BEGUN] = (secret, seal)
    return sealing.on_paper(secret)


def begun() -> str | None:
    """The recovery key of what was begun and not gone on with, as it goes onto paper."""
    known: tuple[bytes, Seal] | None = current_app.extensions.get(BEGUN)
    return sealing.on_paper(known[0]) if known else None


def go_on(last: str) -> None:
    """Encrypt the data at the next start, now that the key is on paper.

    :param last: the last four letters of the recovery key, which only who has it before them can write.
    :raises LoyalAppError: if they are others, or nothing was begun.
    """
    known: tuple[bytes, Seal] | None = current_app.extensions.get(BEGUN)
    if known is None:
        raise LoyalAppError(_("Please begin once more: LoyalApp was started again in between."))
    secret, seal = known
    typed = "".join(one for one in last.upper().translate(sealing.MISREAD) if one.isalnum())
    if typed != sealing.on_paper(secret)[-sealing.GROUP :]:
        sentence = _("These are not the last four letters of the key. Please look at your paper.")
        raise LoyalAppError(sentence, field="last")
    current_app.extensions["loyalapp.copy_before"]("encryption")
    sealing.write(_data().root, seal._replace(wish=ON))
    sealing.know(_data().root, secret)
    current_app.extensions.pop(BEGUN)
    staff.note_at_once("encrypted")
    _start_again()


def turn_off() -> None:
    """Open the data to everybody who can read the disk, at the next start.

    :raises LoyalAppError: if it is not encrypted.
    """
    seal = required()
    current_app.extensions["loyalapp.copy_before"]("encryption")
    sealing.write(_data().root, seal._replace(wish=OFF))
    staff.note_at_once("decrypted")
    _start_again()


def keep_otherwise(kept: str, password: str = "", again: str = "") -> None:
    """Let the computer's safe open the data from now on, or this password; the recovery key stays the same.

    :raises LoyalAppError: as `begin`.
    """
    before = required()
    made = _kept(_secret(), kept, password, again)
    sealing.write(_data().root, made._replace(wish=before.wish))
    if before.kept == SAFE and made.kept != SAFE:
        sealing.take_out_of_safe(before)
    staff.note_at_once("key_kept")


def paper() -> str:
    """The recovery key once more.

    :raises LoyalAppError: if the data is not encrypted.
    """
    required()
    return sealing.on_paper(_secret())


def _kept(secret: bytes, kept: str, password: str, again: str) -> Seal:
    mark = sealing.mark_of(secret)
    if kept == SAFE:
        if not sealing.put_into_safe(secret):
            raise LoyalAppError(
                _("This computer has no safe for passwords. Please choose a password of your own."), field="kept"
            )
        return Seal(SAFE, mark)
    if len(password) < SHORTEST:
        raise LoyalAppError(_("Please write a password of 8 letters or more."), field="password")
    if password != again:
        raise LoyalAppError(_("The two are not the same. Please write the password twice."), field="again")
    return Seal(PASSWORD, mark, sealing.lock(secret, password))


def _check_place() -> None:
    if _is_server():
        raise LoyalAppError(_("Your data lies on the office server. Its encryption is set up there."))


def required() -> Seal:
    """How the data is sealed.

    :raises LoyalAppError: if it is not.
    """
    _check_place()
    found = sealing.read(_data().root)
    if found is None:
        raise LoyalAppError(_("The data is not encrypted."))
    return found


def _secret() -> bytes:
    secret = sealing.secret_of(_data().root)
    assert secret is not None  # noqa: S101 -- without it the app would not have opened
    return secret


def _is_server() -> bool:
    return db.engine.dialect.name != "sqlite"


def _data() -> DataFolder:
    folder: DataFolder = current_app.extensions["loyalapp.data"]
    return folder


def _start_again() -> None:
    run: Any = current_app.extensions["loyalapp"]
    run.restart_wanted.set()
