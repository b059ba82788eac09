"""Connections to our server: where the system says whose they are, those of other users of this computer get nothing.

Cookies know no ports: a browser that was led to a server of another user on this computer hands ours to it as well.
With the cookie that user could come in past every rule that a browser keeps; but not as somebody else than they are.
Looked at once, when the connection is made. Windows and macOS do not say it so easily: there the window, which visits
nothing but LoyalApp, is the safe way where several use one computer.
"""

from typing import Any

from waitress.channel import HTTPChannel
from waitress.utilities import Error

from loyalapp.web.peer import is_strangers


class Refused(Error):  # type: ignore[misc]  # -- waitress has no types
    """What a stranger is answered, whatever was asked for."""

    code, reason = 403, "Forbidden"


class Visitor(HTTPChannel):  # type: ignore[misc]  # -- as above
    """One connection."""

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:  # noqa: A002 -- waitress's name
        super().__init__(server, sock, addr, adj, map=map)
        self._is_strangers = is_strangers(addr[:2], sock.getsockname()[:2])

    def service(self) -> None:
        """Answer one request."""
        if self._is_strangers:
            self.requests[0].error = Refused("")
        super().service()
