"""Whether who knocks belongs to the user of this program: on Linux the system says whose a connection is."""

import os
import socket
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TABLES = ("/proc/net/tcp", "/proc/net/tcp6")
SYSTEM = 0  # the superuser can read everything anyway
NOBODYS = 0  # stands in place of the number of a socket that its program has let go; whose it was is said no more
# The system's own questions and answers about connections (sock_diag(7)): one costs as much as a few lines of Python,
# while the table of all of them takes the system up to 20 ms to write.
DIAGNOSIS, BY_FAMILY, IS_QUESTION, EVERY_STATE, ANY = 4, 20, 1, 0xFFFFFFFF, 0xFFFFFFFF
HEAD, QUESTION, ADDRESS, ANSWER = "=IHHII", "=BBBxI", "!HH4s12x4s12x", "=4x48x12xII"


def is_stranger(surroundings: Mapping[str, Any]) -> bool:
    """Whether another user of this computer sent the request; False where that cannot be told.

    A launch link may be seen by others while it is handed to the browser, in the list of processes: this keeps them
    from using it first.

    :param surroundings: what the server told of the request; without ports it did not come through a network.
    """
    if "REMOTE_PORT" not in surroundings:
        return False
    theirs = str(surroundings["REMOTE_ADDR"]), int(surroundings["REMOTE_PORT"])
    return is_strangers(theirs, ("127.0.0.1", int(surroundings["SERVER_PORT"])))


def is_strangers(theirs: tuple[str, int], ours: tuple[str, int]) -> bool:
    """Whether the other end of a connection belongs to another user of this computer; False where that is not told.

    :param theirs: address and port of that end, `ours` of this one.
    """
    if not sys.platform.startswith("linux"):
        return False
    owners = _owners(theirs, ours)
    seems_strange = owners is not None and (not owners or not owners <= {SYSTEM, os.getuid()})
    return seems_strange and _is_known_of_ours()


def _is_known_of_ours() -> bool:
    """Whether the system says of a connection of our own that it is ours: else what it says of others counts nothing.

    Nobody must be kept out of their own program by a system that only plays Linux.
    """
    with socket.create_server(("127.0.0.1", 0)) as door, socket.create_connection(door.getsockname()) as link:
        return _owners(link.getsockname(), door.getsockname()) == {os.getuid()}


def _owners(theirs: tuple[str, int], ours: tuple[str, int]) -> set[int] | None:
    try:
        return _asked(theirs, ours)
    except (OSError, struct.error):  # a system that does not answer, as in some containers
        return _looked_up(theirs, ours)


def _asked(theirs: tuple[str, int], ours: tuple[str, int]) -> set[int]:
    """Who holds the other end; nobody where it is not there any more.

    :raises OSError: if the system does not answer such questions.
    """
    ends = struct.pack(ADDRESS, theirs[1], ours[1], socket.inet_aton(theirs[0]), socket.inet_aton(ours[0]))
    wanted = (
        struct.pack(QUESTION, socket.AF_INET, socket.IPPROTO_TCP, 0, EVERY_STATE)
        + ends
        + struct.pack("=3I", 0, ANY, ANY)
    )
    head = struct.calcsize(HEAD)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, DIAGNOSIS) as link:
        link.settimeout(1)
        link.send(struct.pack(HEAD, head + len(wanted), BY_FAMILY, IS_QUESTION, 1, 0) + wanted)
        said = link.recv(4096)
    if struct.unpack_from(HEAD, said)[1] == BY_FAMILY:
        is_it = said[head + 4 : head + 8] == ends[:4]  # else it is somebody who listens there
        user, number = struct.unpack_from(ANSWER, said, head)
        return {user} if is_it and number != NOBODYS else set()
    (fault,) = struct.unpack_from("=i", said, head)
    if fault in (-2, 0):  # there is none
        return set()
    raise OSError(-fault, os.strerror(-fault))


def _looked_up(theirs: tuple[str, int], ours: tuple[str, int]) -> set[int] | None:
    """The same by the table of all connections; None where that cannot be read either."""
    wanted, found, is_readable = (_as_written(*theirs), _as_written(*ours)), set(), False
    for table in TABLES:
        try:
            lines = Path(table).read_text("ascii").splitlines()[1:]
        except OSError:
            continue
        is_readable = True
        cells = [line.split() for line in lines if wanted[0] in line]
        mine = [one for one in cells if one[1].endswith(wanted[0]) and one[2].endswith(wanted[1])]
        found |= {int(one[7]) for one in mine if int(one[9]) != NOBODYS}
    return found if is_readable else None


def _as_written(address: str, port: int) -> str:
    """An end as the system's tables write it; one of IPv6 that stands for it ends in the same figures."""
    return f"{int.from_bytes(socket.inet_aton(address), sys.byteorder):08X}:{port:04X}"
