"""What backups answer when Today asks: their troubles, before they hurt."""

from collections.abc import Sequence
from datetime import date

from loyalapp.core.i18n import _
from loyalapp.core.moment import this_app
from loyalapp.core.paths import DataFolder
from loyalapp.features.backups.waiting import SHELF
from loyalapp.plugin_system.answers import Notice
from loyalapp.plugin_system.hookspecs import hookimpl

URL, PLUGINS = "/backups/", "/plugins/"
SIGN = "chest"
WATCH = "loyalapp.backups"


@hookimpl
def today_notices(day: date) -> Sequence[Notice]:  # noqa: ARG001 -- the hook says which day
    """A backup that could not be made, a second place that is away, a disk that fills up."""
    run = this_app().extensions["loyalapp"]
    if run.config.database_url:
        return []
    from loyalapp.features.backups import computer  # noqa: PLC0415 -- a start needs none of it

    known, watch = computer.read(run.data), this_app().extensions.get(WATCH)
    is_low = watch is not None and watch.is_low
    waiting = _plugins_waiting(run.data)
    if {known.here, known.there} <= {computer.OK, ""} and not is_low:
        return waiting
    from loyalapp.features.backups import telling  # noqa: PLC0415 -- most days there is nothing to tell

    told = telling.troubles(known.here, known.there, is_low=is_low)
    return [*(Notice(one, URL, SIGN) for one in told), *waiting]


def _plugins_waiting(data: DataFolder) -> list[Notice]:
    """Plugins that came with a backup run only when somebody has looked at them."""
    if not (data.plugins / SHELF).is_dir():
        return []
    sentence = _("A plugin that came with the backup waits until you have looked at it.")
    return [Notice(sentence, PLUGINS, "plugin")]
