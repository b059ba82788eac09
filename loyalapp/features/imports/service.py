"""What can be done with lists: look at one, say what would happen, bring it in, tell afterwards what happened.

Reading and deciding happen before the database is locked; what is written then is written in one transaction, so that
a power cut in the middle leaves nothing of the list behind.
"""

import errno
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Row, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from loyalapp.core.clock import now, today
from loyalapp.core.db import db, only_reading, own_session
from loyalapp.core.errors import NotFound
from loyalapp.core.i18n import _
from loyalapp.core.textkeys import plain
from loyalapp.features.imports import choices, reading, sentences
from loyalapp.features.imports.account import Account
from loyalapp.features.imports.choices import Choices
from loyalapp.features.imports.models import Import
from loyalapp.features.imports.planning import Plan, Planner, Progress, Surroundings
from loyalapp.features.imports.reading import SourceList
from loyalapp.features.imports.refusals import UnreadableList
from loyalapp.features.imports.selling import SalePlanner
from loyalapp.features.imports.writing import Writer
from loyalapp.features.settings import service as settings

LISTED = 100


@dataclass(frozen=True)
class Preview:
    """What would become of a list, before anything is changed."""

    source: SourceList
    choices: Choices
    account: Account
    file_name: str
    before: datetime | None

    def sentences(self) -> list[str]:
        """In words of the reader's language."""
        return sentences.will(self.account.counts)


@dataclass(frozen=True)
class Outcome:
    """What became of a list."""

    import_id: int
    counts: Mapping[str, int]

    def sentences(self) -> list[str]:
        """In words of the reader's language."""
        return sentences.did(self.counts)


def nothing(_done: int) -> None:
    """For callers who show no progress."""


def look(file: Path, *, sheet: int | None = None, encoding: str | None = None) -> SourceList:
    """Open a list and guess what it means; see `reading.open_list`."""
    return reading.open_list(file, sheet=sheet, encoding=encoding)


def plan(
    file: Path, wishes: Mapping[str, Any] | None = None, progress: Progress = nothing, *, file_name: str | None = None
) -> Preview:
    """What would become of a list. Changes nothing.

    :param wishes: what the user chose otherwise than we propose; see `choices.chosen`, and `sheet` and `encoding`.
    :param progress: is told how many rows were read.
    :raises UnreadableList: if the list cannot be taken at all.
    """
    wishes = wishes or {}
    source = look(file, sheet=_number(wishes.get("sheet")), encoding=wishes.get("encoding") or None)
    chosen = _choices(source, wishes)
    made = _planned(source, chosen, progress)
    made.close()
    return Preview(source, chosen, made.account, plain(file_name or file.name), _brought_in_before(file))


def still_holds(preview: Preview, wishes: Mapping[str, Any]) -> bool:
    """Whether these wishes are the ones the preview was made with."""
    source = preview.source
    sheet, encoding = _number(wishes.get("sheet")), wishes.get("encoding")
    same_sheet = sheet in (None, source.sheet)
    same_encoding = not encoding or (source.shape is not None and encoding == source.shape.encoding)
    return same_sheet and same_encoding and _choices(source, wishes) == preview.choices


def _choices(source: SourceList, wishes: Mapping[str, Any]) -> Choices:
    return choices.chosen(choices.proposed(source, settings.firm().region), wishes)


def carry_out(preview: Preview, progress: Progress = nothing) -> Outcome:
    """Bring a list in, wholly or not at all.

    :param progress: is told how many rows are done (reading them, then writing); may raise to stop.
    :raises UnreadableList: if the list cannot be read (any more), or the disk is full.
    """
    db.session.close()  # what the caller read must not lock us out
    started = now()
    file_hash = hash_of(preview.source.path)
    made = _planned(preview.source, preview.choices, progress)
    try:
        rows = made.account.counts["rows"]
        with own_session() as session:
            record = Import(file_name=preview.file_name, file_hash=file_hash, kind=made.kind, started_at=started)
            record.counts, record.account = {}, {}
            session.add(record)
            session.flush()
            writer = Writer(session, made, record.id, lambda done: progress(rows + done))
            writer.write()
            record.counts = dict(made.account.counts)
            record.account = made.account.stored(before=writer.before, columns=_columns(preview))
            record.finished_at = now()
    except DatabaseError as error:
        raise _of_full_disk(error) from error
    finally:
        made.close()
    return Outcome(record.id, record.counts)


def _planned(source: SourceList, chosen: Choices, progress: Progress) -> Plan:
    planner = SalePlanner if chosen.kind == "sales" else Planner
    around = Surroundings(
        settings.firm().currency, today(), sentences.labels(), current_app.extensions["loyalapp.data"].work
    )
    with only_reading(), Session(db.engine) as session:
        try:
            return planner(session, source, chosen, around).go_through(progress)
        except OSError as error:
            raise _of_full_disk(error) from error


def _of_full_disk(error: Exception) -> Exception:
    """A full disk is no bug; everything else is."""
    words = str(error)
    full = "is full" in words or "No space left" in words or getattr(error, "errno", None) == errno.ENOSPC
    return UnreadableList("full") if full else error


def _columns(preview: Preview) -> list[list[str]]:
    """What each column was taken for, to be read in the account."""
    return [
        [reading.title_of(column), column.meaning]
        for column in preview.choices.columns
        if preview.source.form != reading.CARDS
    ]


def _number(text: Any) -> int | None:
    return int(text) if str(text).isdecimal() else None


def hash_of(file: Path) -> str:
    """The fingerprint by which the same file is known again.

    :raises UnreadableList: if it is not there any more.
    """
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableList("missing") from error


def _brought_in_before(file: Path) -> datetime | None:
    """When this very file was brought in, if it was."""
    with only_reading(), Session(db.engine) as session:
        query = select(Import.finished_at).where(Import.file_hash == hash_of(file)).order_by(Import.id.desc()).limit(1)
        return session.scalar(query)


def get(import_id: int) -> Import:
    """One import with its account.

    :raises NotFound: if there was none.
    """
    found = db.session.get(Import, import_id)
    if found is None:
        raise NotFound(_("There was no such import."))
    return found


def latest() -> Sequence[Row[Any]]:
    """The newest imports, without their accounts."""
    columns = (Import.id, Import.file_name, Import.finished_at, Import.kind, Import.counts)
    return db.session.execute(select(*columns).order_by(Import.id.desc()).limit(LISTED)).all()
