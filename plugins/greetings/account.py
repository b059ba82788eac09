"""The firm's own account for e-mail: where letters are handed in, in whose name, and where its password is kept."""

import re
from typing import NamedTuple

from loyalapp import sdk

_ = sdk.texts("greetings").gettext

SETTING = "greetings.mail"
PASSWORD = "greetings.mail"  # noqa: S105 -- the name under which it is kept
PORTS = {"starttls": 587, "ssl": 465, "none": 25}
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
HOST = re.compile(r"[A-Za-z0-9.-]{1,253}")


class Account(NamedTuple):
    """Where letters are handed in. `kept`: `safe` (the computer's own), `file` (locked with our key), "" for none."""

    host: str
    port: int
    security: str
    user: str
    address: str
    name: str
    kept: str = ""
    locked: str = ""


def of_firm() -> Account | None:
    """The account; None as long as there is none."""
    found = sdk.settings.get(SETTING)
    return Account(**{key: found[key] for key in Account._fields if key in found}) if found else None


def save(typed: Account, password: str) -> Account:
    """Keep the account; an empty password leaves the one that is kept.

    :raises LoyalAppError: for what cannot be a mail server, a port or an address.
    """
    clean = _checked(typed)
    before = of_firm()
    same = before is not None and (before.host, before.user) == (clean.host, clean.user)
    if password:
        kept = sdk.keeping.keep(PASSWORD, password)
        clean = clean._replace(kept=kept.where, locked=kept.locked)
    elif same and before is not None:
        clean = clean._replace(kept=before.kept, locked=before.locked)
    elif clean.user:
        raise sdk.LoyalAppError(_("Please type the password of this account."), field="password")
    sdk.settings.put(SETTING, clean._asdict())
    return clean


def forget() -> None:
    """Take the account and its password out."""
    sdk.keeping.forget(PASSWORD)
    sdk.settings.put(SETTING, {})


def password_of(account: Account) -> str:
    """The password; "" for an account without one.

    :raises LoyalAppError: if it can no longer be read.
    """
    if not account.user:
        return ""
    found = sdk.keeping.read(PASSWORD, sdk.keeping.Kept(account.kept, account.locked))
    if not found:
        raise sdk.LoyalAppError(
            _("The password cannot be read any more. Please type it once more in the e-mail settings.")
        )
    return found


def _checked(typed: Account) -> Account:
    host, address = sdk.plain(typed.host).lower(), sdk.plain(typed.address)
    if not HOST.fullmatch(host) or ".." in host:
        raise sdk.LoyalAppError(_("Please write the mail server, like smtp.gmail.com."), field="host")
    if typed.security not in PORTS:
        raise sdk.LoyalAppError(_("Please choose how the connection is secured."), field="security")
    if not 0 < typed.port < 65536:
        raise sdk.LoyalAppError(_("Please write the port, mostly 587 or 465."), field="port")
    if not is_address(address):
        raise sdk.LoyalAppError(_("Please write an e-mail address, like name@example.com."), field="address")
    return typed._replace(host=host, address=address, user=sdk.plain(typed.user), name=sdk.plain(typed.name)[:80])


def is_address(text: str) -> bool:
    """Whether this can be an e-mail address."""
    return len(text) <= 254 and ADDRESS.fullmatch(text) is not None
