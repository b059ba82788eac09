"""What the contact rules (E4) say about holding a review, and the reason where one is held all the same."""

from loyalapp import sdk

_ = sdk.texts("reviews").gettext


def verdict(customer_id: int, *, counts: bool | None = None) -> sdk.Verdict | None:
    """What speaks against talking to them now; nothing where they wait for us anyway."""
    counted = sdk.interactions.is_unasked(customer_id) if counts is None else counts
    return sdk.contact_check([customer_id], "review").get(customer_id) if counted else None


def reason(advised: sdk.Verdict | None, in_spite: str) -> str | None:
    """Why it was held though the rules advised against it.

    :raises LoyalAppError: if there is none where one is needed.
    """
    given = sdk.plain(in_spite)
    if advised and advised.wants_reason and not given:
        raise sdk.LoyalAppError(_("Please write why you talked to them all the same."), field="in_spite")
    return given or None
