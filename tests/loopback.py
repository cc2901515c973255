"""No test reaches beyond this machine: a connection to anywhere but loopback raises before it begins.

An audit hook sees every connection that Python's own sockets make, in any library, without replacing a single function.
"""

import ipaddress
import sys


class Beyond(RuntimeError):
    """A test tried to reach another machine. Point it at a server of its own on 127.0.0.1."""


def stay(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse a connection or a datagram that would leave."""
    if event in ("socket.connect", "socket.sendto") and leaves(arguments[1]):
        raise Beyond(f"{event} to {arguments[1]}")
    if event == "socket.getaddrinfo" and leaves(arguments[:1]):
        raise Beyond(f"{event} of {arguments[0]}")


def leaves(address: object) -> bool:
    """Tell whether an address lies outside; a path of a Unix socket never does, a name does unless it is localhost."""
    if not isinstance(address, tuple) or not isinstance(address[0], (str, bytes)):
        return False
    host = address[0].decode("ascii", "replace") if isinstance(address[0], bytes) else address[0]
    if host in ("", "localhost"):
        return False
    try:
        number = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return True
    return not (number.is_loopback or number.is_unspecified)


def watch() -> None:
    """Begin; a hook cannot be taken back, which is what we want."""
    sys.addaudithook(stay)
