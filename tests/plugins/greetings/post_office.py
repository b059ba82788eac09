"""A real mail server on this computer, that takes letters, or misbehaves as it is told."""

import asyncio
import socket
import ssl
import warnings
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "shop@example.com", "correct horse"


class Office:
    """What was handed in, and how the server behaves. `mood`: fine, sender, recipient, refuse, slow, drop or hang."""

    def __init__(self) -> None:
        self.letters = []
        self.mood = "fine"
        self.port = 0

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802 -- aiosmtpd calls it so
        if self.mood == "sender":
            return "550 not from there"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 -- the same
        if self.mood == "slow":
            await asyncio.sleep(3)
        if self.mood == "recipient":
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 -- the same
        self.letters.append((envelope, message_from_bytes(envelope.content, policy=policy.default)))
        if self.mood == "refuse":
            return "554 too much of it"
        if self.mood == "drop":
            server.transport.close()
        if self.mood == "hang":
            await asyncio.sleep(30)
        return "250 taken"


def _known(server, session, envelope, mechanism, given):
    right = isinstance(given, LoginPassword) and given == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextmanager
def open_office(certificate: Path | None = None):
    """The server, on a free port, until the block ends; with a certificate it only speaks after STARTTLS."""
    office = Office()
    warnings.filterwarnings("ignore", message="Requiring AUTH while not requiring TLS")  # on this computer alone
    options = {"auth_required": True, "authenticator": _known, "auth_require_tls": certificate is not None}
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        options |= {"tls_context": context, "require_starttls": True}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        office.port = free.getsockname()[1]
    running = Controller(office, hostname="127.0.0.1", port=office.port, **options)
    running.start()
    try:
        yield office
    finally:
        running.stop()


def certificate(file: Path) -> Path:
    """A certificate for `localhost` with its key, as one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file
