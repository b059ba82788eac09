"""Why a list is not taken at all: one sentence each, which says what to do."""

from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import lazy_gettext

SENTENCES = {
    "missing": lazy_gettext("This file is not there any more. Please choose it again."),
    "empty": lazy_gettext(
        "This list is empty: there is not one row of people or sales in it. Please choose another file."
    ),
    "big": lazy_gettext(
        "This file is larger than 200 MB. Please split it into smaller lists and bring them in one after the other."
    ),
    "password": lazy_gettext(
        "This workbook is locked with a password. Please open it, save it without the password, and choose it again."
    ),
    "damaged": lazy_gettext(
        "This file cannot be read; it seems to be damaged. Please open it in your spreadsheet program, save it again, "
        "and choose the new file."
    ),
    "far": lazy_gettext(
        "This sheet is too large to read; perhaps something is written far away from the list. Please copy the list "
        "into a new workbook and choose that one."
    ),
    "sheet": lazy_gettext("This sheet is not in the workbook any more. Please choose the file again."),
    "web_page": lazy_gettext(
        "This file is a web page, not a workbook. Please open it in your spreadsheet program, save it as .xlsx, "
        "and choose that."
    ),
    "type": lazy_gettext(
        "LoyalApp cannot read this kind of file. Please choose a workbook (.xlsx, .xls, .ods), a text table "
        "(.csv, .tsv, .txt) or a phone's contacts (.vcf)."
    ),
    "growing": lazy_gettext(
        "This file is still being written. Please close it in the other program, wait a moment, and choose it again."
    ),
    "questions": lazy_gettext("Please answer the question first; how the list is read depends on it."),
    "columns": lazy_gettext("Nothing in this list was chosen as name or phone. Please choose at least one of them."),
    "full": lazy_gettext(
        "There is no room left on this disk. Nothing was brought in; please free some space and try again."
    ),
}


class UnreadableList(LoyalAppError):
    """A list that is refused as a whole; `reason` is the key of its sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(SENTENCES[reason], field="file")
        self.reason = reason
