"""Puts a letter together and hands it in at the firm's mail server; says in one word what went wrong.

Only once the words themselves are under way it can be unknown whether they arrived; all before that is a clear no.
"""

import smtplib
import ssl
import time
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formataddr, formatdate
from html import escape
from typing import NamedTuple

from .account import Account

PATIENCE = 25.0  # seconds for the whole letter
STEP = 12.0  # seconds for one answer of the server


class Words(NamedTuple):
    """What a letter says. `language`: of its words; `key`: the same in every try to send it."""

    to: str
    name: str
    subject: str
    text: str
    language: str
    key: str
    picture: bytes = b""


class NotSent(Exception):
    """A letter that did not go out for certain. `fault` is one word, see `FAULTS`."""

    def __init__(self, fault: str, said: str = "") -> None:
        super().__init__(fault)
        self.fault, self.said = fault, said


class Unknown(Exception):
    """A letter of which nobody knows whether it went out."""


def letter(account: Account, words: Words) -> EmailMessage:
    """The message: plain words, and beside them the same words under the picture."""
    made = EmailMessage()
    made["From"] = formataddr((account.name, account.address))
    made["To"] = formataddr((_one_line(words.name), words.to))
    made["Subject"] = _one_line(words.subject)
    made["Date"] = formatdate(localtime=True)
    made["Message-ID"] = f"<{words.key}@{account.address.partition('@')[2]}>"
    made.set_content(words.text)
    if words.picture:
        made.add_alternative(_page(words), subtype="html")
        made.get_payload()[1].add_related(  # type: ignore[union-attr, index]  # -- the page that was just added
            words.picture, "image", "png", cid=f"<card-{words.key}>", filename="card.png", disposition="inline"
        )
    return made


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _page(words: Words) -> str:
    direction = "rtl" if words.language == "ur" else "ltr"
    spoken = "en" if "-" in words.language else words.language
    said = "".join(f"<p>{escape(one)}</p>" for one in words.text.split("\n\n"))
    shown = f'<p><img src="cid:card-{words.key}" alt="" width="540" style="max-width:100%"></p>'
    head = f'<!doctype html><html lang="{spoken}" dir="{direction}"><meta charset="utf-8">'
    return f"{head}<body>{shown}{said}</body></html>"


def hand_in(account: Account, password: str, made: EmailMessage) -> None:
    """Give the letter to the mail server.

    :raises NotSent: where it certainly did not go out.
    :raises Unknown: where the connection broke while the words were under way.
    """
    until = time.monotonic() + PATIENCE
    client = _opened(account, until)
    try:
        _greeted(client, account, password, until)
        _addressed(client, made, until)
        _said(client, made, until)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            client.quit()
        client.close()


def _opened(account: Account, until: float) -> smtplib.SMTP:
    wait = _left(until)
    try:
        if account.security == "ssl":
            return smtplib.SMTP_SSL(account.host, account.port, timeout=wait, context=ssl.create_default_context())
        return smtplib.SMTP(account.host, account.port, timeout=wait)
    except (smtplib.SMTPException, OSError) as error:
        raise _fault(error) from error


def _greeted(client: smtplib.SMTP, account: Account, password: str, until: float) -> None:
    try:
        _patient(client, until).ehlo_or_helo_if_needed()
        if account.security == "starttls":
            _patient(client, until).starttls(context=ssl.create_default_context())
            client.ehlo()
        if account.user:
            _patient(client, until).login(account.user, password)
    except smtplib.SMTPNotSupportedError as error:
        raise NotSent("unsupported") from error
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise _fault(error) from error


def _addressed(client: smtplib.SMTP, made: EmailMessage, until: float) -> None:
    sender, to = made["From"].addresses[0].addr_spec, made["To"].addresses[0].addr_spec
    try:
        if _patient(client, until).mail(sender)[0] != 250:
            raise NotSent("sender")
        code, said = _patient(client, until).rcpt(to)
        if code not in (250, 251):
            raise NotSent("recipient", said.decode("utf-8", "replace"))
    except (smtplib.SMTPException, OSError) as error:
        raise _fault(error) from error


def _said(client: smtplib.SMTP, made: EmailMessage, until: float) -> None:
    """From here on a broken connection leaves us in the dark; a refusal does not."""
    try:
        _patient(client, until)
    except OSError as error:
        raise _fault(error) from error
    try:
        code, said = client.data(made.as_bytes(policy=made.policy.clone(linesep="\r\n")))
    except smtplib.SMTPDataError as error:
        raise NotSent("refused", str(error.smtp_error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unknown from error
    if code != 250:
        raise NotSent("refused", said.decode("utf-8", "replace"))


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(left, STEP)


def _patient(client: smtplib.SMTP, until: float) -> smtplib.SMTP:
    """The same connection, which waits no longer than there is time left."""
    if client.sock is not None:
        client.sock.settimeout(_left(until))
    return client


FAULTS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (  # the first that fits
    ((smtplib.SMTPAuthenticationError, UnicodeError), "password"),
    ((ssl.SSLError,), "tls"),
    ((TimeoutError,), "slow"),
    ((ConnectionRefusedError,), "closed"),
    ((smtplib.SMTPServerDisconnected,), "away"),
    ((smtplib.SMTPException,), "refused"),
)


def _fault(error: Exception) -> NotSent:
    """What it was, in one word; smtplib wraps a time that ran out."""
    cause = error.__context__ if isinstance(error.__context__, TimeoutError) else error
    fault = next((word for kinds, word in FAULTS if isinstance(cause, kinds)), "away")
    return NotSent(fault, str(error))
