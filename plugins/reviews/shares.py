"""Shares in words, with their honest limits where they are a sample."""

from loyalapp import sdk

_ = sdk.texts("reviews").gettext


def told(share: sdk.Share, *, is_sample: bool = False) -> str:
    """The share in words: counted out where they are few, else in percent.

    :param is_sample: these are a few of the many that could be, so that the limits of the true share are told too.
    """
    part, whole = sdk.format_number(share.part), sdk.format_number(share.whole)
    if not share.is_enough:
        return _("%(part)s of %(whole)s", part=part, whole=whole)
    percent = _percent(share.part / share.whole)
    if not is_sample:
        return _("%(percent)s percent (%(part)s of %(whole)s)", percent=percent, part=part, whole=whole)
    low, high = map(_percent, share.between)
    values = {"percent": percent, "part": part, "whole": whole, "low": low, "high": high}
    return _("%(percent)s percent (%(part)s of %(whole)s); truly between %(low)s and %(high)s percent", **values)


def _percent(share: float) -> str:
    return sdk.format_number(round(100 * share))
