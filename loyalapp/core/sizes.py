"""Sizes of files and room on disks as people say them: "640 KB", "3.4 MB", "12 GB"."""

from loyalapp.core.formats import format_number
from loyalapp.core.i18n import _

THOUSAND = 1000


def format_size(count: int) -> str:
    """So many bytes, rounded as it matters: one decimal below ten, none above."""
    if count < THOUSAND**2:
        return _("%(count)s KB", count=format_number(max(1, round(count / THOUSAND))))
    if count < THOUSAND**3:
        return _("%(count)s MB", count=_short(count / THOUSAND**2))
    return _("%(count)s GB", count=_short(count / THOUSAND**3))


def _short(value: float) -> str:
    return format_number(round(value, 1) if value < 9.95 else round(value))
