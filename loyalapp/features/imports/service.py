"""What can be done with lists: look at one, say what would happen, bring it in, undo it, tell what happened.

Reading and deciding happen once, before the database is locked, and are kept until the user says yes; only if somebody
changed customers meanwhile are they done again. What is written then goes in as a whole or not at all.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from loyalapp.core import locks
from loyalapp.core.clock import now
from loyalapp.core.db import db, only_reading, own_session
from loyalapp.core.errors import NotFound
from loyalapp.core.i18n import _
from loyalapp.core.moment import this_app
from loyalapp.core.textkeys import plain
from loyalapp.features.bring_back import service as bring_back
from loyalapp.features.imports import choices, reading, sentences, shapes, undoing, working_out, writing
from loyalapp.features.imports.account import Account
from loyalapp.features.imports.arriving import session_beside
from loyalapp.features.imports.choices import Choices
from loyalapp.features.imports.models import Import
from loyalapp.features.imports.planning import Plan, Progress
from loyalapp.features.imports.reading import SourceList
from loyalapp.features.imports.refusals import UnreadableList
from loyalapp.features.imports.stored import state_of
from loyalapp.features.settings import service as settings
from loyalapp.features.staff import service as staff

LISTED = 100
# So often a list is worked out while others go on changing customers; on SQLite they wait the next time, since whoever
# saves something every few seconds would keep a long list out for ever.
TURNS = 3
undo, staying, take_back_unfinished = undoing.undo, undoing.staying, undoing.take_back_unfinished  # their verbs
is_half_undone = undoing.is_half_done


class _Outdated(Exception):
    """Somebody changed customers since the list was worked out."""


@dataclass
class Preview:
    """What would become of a list, before anything is changed. To be closed, if it is not carried out.

    `before`: when this very file was brought in, if it was. `remembered`: what was chosen for the last such list.
    """

    source: SourceList
    choices: Choices
    made: Plan
    file_name: str
    file_hash: str
    standing: tuple[int, int]
    before: datetime | None = None
    remembered: Mapping[str, Any] = field(default_factory=dict)

    @property
    def account(self) -> Account:
        """What would become of each row."""
        return self.made.account

    def sentences(self) -> list[str]:
        """In words of the reader's language."""
        return sentences.will(self.account.counts)

    def close(self) -> None:
        """Throw away what was worked out."""
        self.made.close()


@dataclass(frozen=True)
class Outcome:
    """What became of a list."""

    import_id: int
    counts: Mapping[str, int]

    def sentences(self) -> list[str]:
        """In words of the reader's language."""
        return sentences.did(self.counts)


def nothing(_done: Any) -> None:
    """For callers who show no progress."""


def look(
    file: Path, *, sheet: int | None = None, encoding: str | None = None, old_font: bool | None = None
) -> SourceList:
    """Open a list and guess what it means; see `reading.open_list`."""
    return reading.open_list(file, sheet=sheet, encoding=encoding, old_font=old_font)


def plan(
    file: Path,
    wishes: Mapping[str, Any] | None = None,
    progress: Progress = nothing,
    *,
    file_name: str | None = None,
    looked: Callable[[SourceList], None] = nothing,
) -> Preview:
    """What would become of a list. Changes nothing.

    :param wishes: what the user chose otherwise than we propose; see `choices.chosen`, and `sheet` and `encoding`.
    :param progress: is told how many rows were read. :param looked: is given the list as soon as it is open.
    :raises UnreadableList: if the list cannot be taken at all.
    """
    wishes = wishes or {}
    standing = reading.standing(file)
    with working_out.beginning(file) as child:
        source, remembered = _opened(file, wishes)
        looked(source)
        chosen = _choices(source, {**remembered, **wishes})
        made = working_out.work_out(source, chosen, progress, child)
    file_hash = reading.fingerprint(file)
    name = plain(file_name or file.name)
    return Preview(source, chosen, made, name, file_hash, standing, _brought_in_before(file_hash), remembered)


def _opened(file: Path, wishes: Mapping[str, Any]) -> tuple[SourceList, Mapping[str, Any]]:
    """The list as the user wants it opened, else as the last one of its shape was."""
    asked: dict[str, Any] = {"sheet": _number(wishes.get("sheet")), "encoding": wishes.get("encoding") or None}
    source = look(file, **asked, old_font=_yes_or_no(wishes.get("old_font")))
    with only_reading(), Session(db.engine) as session:
        remembered = shapes.wishes_for(session, source)
    if "old_font" not in wishes and remembered.get("old_font") == choices.NO:
        source = look(file, **asked, old_font=False)
    return source, remembered


def still_holds(preview: Preview, wishes: Mapping[str, Any]) -> bool:
    """Whether these wishes are the ones the preview was made with."""
    source = preview.source
    sheet, encoding = _number(wishes.get("sheet")), wishes.get("encoding")
    same_sheet = sheet in (None, source.sheet)
    same_encoding = not encoding or (source.shape is not None and encoding == source.shape.encoding)
    same_font = wishes.get("old_font", preview.choices.old_font) == preview.choices.old_font
    return same_sheet and same_encoding and same_font and chosen_for(preview, wishes) == preview.choices


def chosen_for(preview: Preview, wishes: Mapping[str, Any]) -> Choices:
    """How the list would be read with these wishes.

    :raises UnreadableList: if they make no sense.
    """
    return _choices(preview.source, {**preview.remembered, **wishes})


def _choices(source: SourceList, wishes: Mapping[str, Any]) -> Choices:
    return choices.chosen(choices.proposed(source, settings.firm().region), wishes)


def carry_out(preview: Preview, progress: Progress = nothing) -> Outcome:
    """Bring a list in, wholly or not at all.

    :param progress: is told how many rows are done (reading them, then writing); may raise to stop.
    :raises UnreadableList: if the list cannot be read (any more), or the disk is full.
    """
    if reading.standing(preview.source.path) != preview.standing:
        raise UnreadableList("growing")
    started = now()
    turn = 0
    try:
        with locks.held(undoing.lock_file()):
            db.session.close()  # see `_written`
            this_app().extensions["loyalapp.copy_before"]("import")
            while True:
                turn += 1
                with ExitStack() as others_wait, suppress(_Outdated):
                    if turn > TURNS:
                        others_wait.enter_context(own_session()).connection()
                    if not preview.made.is_open:
                        _work_out_anew(preview, progress)
                    return _written(preview, started, progress, others_wait.close)
                preview.close()
    except (DatabaseError, OSError) as error:
        raise working_out.of_full_disk(error) from error
    finally:
        preview.close()


def _work_out_anew(preview: Preview, progress: Progress) -> None:
    with only_reading(), working_out.beginning(preview.source.path) as child:
        preview.made = working_out.work_out(preview.source, preview.choices, progress, child)


def _written(preview: Preview, started: datetime, progress: Progress, let_others: Callable[[], None]) -> Outcome:
    """What was worked out, in one transaction if it is short; else part by part, taken back if it is stopped.

    :param let_others: ends what keeps others waiting; at once afterwards we hold the database ourselves.
    """
    db.session.close()  # what was read before must not lock us out, nor be taken for the newest afterwards
    made, rows = preview.made, preview.account.counts["rows"]
    with ExitStack() as if_it_fails:
        with session_beside(made.people, let_others) as session:
            if state_of(session, made.kind) != made.state:
                raise _Outdated
            record = _record(session, preview, started)
            writer = writing.Writer(made, record.id, record.step_id or 0, lambda done: progress(rows + done))
            parts = writer.parts()
            if writer.is_short:
                for part in parts:
                    part(session)
                _finish(session, record, preview)
                return Outcome(record.id, record.counts)
        if_it_fails.callback(undoing.take_back, record.id)
        for part in parts:
            with session_beside(made.people) as session:
                part(session)
            writing.breathe()
        with own_session() as session:
            record = session.get_one(Import, record.id)
            _finish(session, record, preview)
        if_it_fails.pop_all()
    return Outcome(record.id, record.counts)


def _record(session: Session, preview: Preview, started: datetime) -> Import:
    """The import's own row, and the step by which it can be undone."""
    counts = preview.account.counts
    record = Import(file_name=preview.file_name, file_hash=preview.file_hash, kind=preview.made.kind)
    record.started_at, record.counts, record.account = started, {}, {}
    session.add(record)
    session.flush()
    facts = {"file": preview.file_name, "import_id": record.id, "new": counts["new"], "changed": counts["changed"]}
    record.step_id = bring_back.begin("import", facts | {"sales": counts["sale_new"]}, session)
    return record


def _finish(session: Session, record: Import, preview: Preview) -> None:
    record.counts = dict(preview.account.counts)
    record.account = preview.account.stored(columns=_columns(preview))
    record.finished_at = now()
    staff.note_deed("import", beside=session, file=record.file_name, count=record.counts.get("new", 0))
    shapes.remember(session, preview.source, preview.choices)


def _columns(preview: Preview) -> list[list[str]]:
    """What each column was taken for, to be read in the account."""
    return [
        [reading.title_of(column), column.meaning]
        for column in preview.choices.columns
        if preview.source.form != reading.CARDS
    ]


def _number(text: Any) -> int | None:
    return int(text) if str(text).isdecimal() else None


def _yes_or_no(text: Any) -> bool | None:
    return {choices.YES: True, choices.NO: False}.get(text)


def _brought_in_before(file_hash: str) -> datetime | None:
    """When this very file was brought in, if it was and was not undone."""
    with only_reading(), Session(db.engine) as session:
        query = select(Import.finished_at).where(Import.file_hash == file_hash, Import.undone_at.is_(None))
        return session.scalar(query.order_by(Import.id.desc()).limit(1))


def get(import_id: int) -> Import:
    """One import with its account.

    :raises NotFound: if there was none.
    """
    found = db.session.get(Import, import_id)
    if found is None:
        raise NotFound(_("There was no such import."))
    return found


def of_step(step_id: int) -> Import:
    """The import that a step of "bring back" takes back.

    :raises NotFound: if there is none (any more).
    """
    found = db.session.scalar(select(Import).where(Import.step_id == step_id))
    if found is None:
        raise NotFound(_("There was no such import."))
    return found


def latest() -> Sequence[Row[Any]]:
    """The newest imports that came to their end, without their accounts."""
    columns = (Import.id, Import.file_name, Import.finished_at, Import.kind, Import.counts, Import.undone_at)
    query = select(*columns).where(Import.finished_at.is_not(None)).order_by(Import.id.desc()).limit(LISTED)
    return db.session.execute(query).all()
