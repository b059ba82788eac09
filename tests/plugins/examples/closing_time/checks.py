"""What is looked at before the shop is locked up; each check is silent, or raises the library's own HealthError."""

from datetime import datetime, time

from sqlalchemy import func, select

from loyalapp import sdk
from loyalapp.sdk import Interaction, Promise

from .vendor.flask_healthz import HealthError

_ = sdk.texts("closing_time").gettext
ngettext = sdk.texts("closing_time").ngettext


def promises():
    """Every promise due by today is kept."""
    due = select(func.count(Promise.id)).where(Promise.kept_on.is_(None), Promise.due_on <= sdk.today())
    if count := sdk.rows(due).scalar():
        raise HealthError(
            ngettext(
                "%(count)s promise is still open.",
                "%(count)s promises are still open.",
                count,
                count=sdk.format_number(count),
            )
        )


def contacts():
    """Somebody wrote a contact down today."""
    morning = datetime.combine(sdk.today(), time(), sdk.local(sdk.now()).tzinfo)
    if not sdk.rows(select(func.count(Interaction.id)).where(Interaction.happened_at >= morning)).scalar():
        raise HealthError(_("No contact was written down today."))


ALL = {"promises": promises, "contacts": contacts}


def results() -> dict[str, str]:
    """What each check says; nothing where all is well."""
    said = {}
    for name, check in ALL.items():
        try:
            check()
            said[name] = ""
        except HealthError as error:
            said[name] = str(error)
    return said
