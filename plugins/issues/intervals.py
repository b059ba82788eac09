"""Shares in words, with their honest intervals, and the value below which a part of many lies."""

from collections.abc import Sequence

from loyalapp import sdk

_ = sdk.texts("issues")


def told(share: sdk.Share) -> str:
    """The share in words: counted out where they are few, else in percent with its interval."""
    part, whole = sdk.format_number(share.part), sdk.format_number(share.whole)
    if not share.is_enough:
        return _("%(part)s of %(whole)s", part=part, whole=whole)
    low, high = share.between
    values = {"percent": _percent(share.part / share.whole), "low": _percent(low), "high": _percent(high)}
    words = _("%(percent)s percent (%(part)s of %(whole)s); truly between %(low)s and %(high)s percent")
    return words % {**values, "part": part, "whole": whole}


def _percent(share: float) -> str:
    return sdk.format_number(round(100 * share))


def quantile(sorted_values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies: the smallest that is enough."""
    place = max(0, min(len(sorted_values) - 1, -(-int(share * 1000) * len(sorted_values) // 1000) - 1))
    return sorted_values[place]
