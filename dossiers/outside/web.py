"""One page got from the outside: of an allowed host, at a public address resolved once and held to, without following
redirects, bounded in time and size, the certificate verified."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode, urlsplit

BIGGEST = 1_000_000  # bytes of one response
AGENT = "Guichet"
Resolve = Callable[[str, int], list[str]]


class NotAllowed(Exception):
    """An address that must not be called: the settings don't name its host, or it is not public. Says which."""


class Unreachable(Exception):
    """No whole response came in time. Says why, without the address asked."""


@dataclass(frozen=True, slots=True)
class Response:
    """What came: the status, the body, and how long one is asked to wait (seconds), if said."""

    status: int
    body: bytes
    wait: float | None = None


class Getting(Protocol):
    """What gets pages: the network, or what stands in for it."""

    def allows(self, url: str) -> bool:
        """Whether this address may be called."""
        ...

    def get(
        self, url: str, query: tuple[tuple[str, str], ...], headers: Mapping[str, str], *, within: float
    ) -> Response:
        """Get it within so many seconds in all. Raises NotAllowed, Unreachable."""
        ...


@dataclass(frozen=True, slots=True)
class Web:
    """What may be called: `hosts` by name; with `stand_in` (http, on this machine) every call goes there instead, under
    the host's name as first part of the path, and nothing leaves the machine."""

    hosts: frozenset[str] = frozenset()
    stand_in: str = ""
    resolve: Resolve = lambda host, port: _resolved(host, port)

    def allows(self, url: str) -> bool:
        """Whether the settings let this address be called."""
        return bool(self.stand_in) or urlsplit(url).hostname in self.hosts

    def get(
        self, url: str, query: tuple[tuple[str, str], ...], headers: Mapping[str, str], *, within: float
    ) -> Response:
        """Get it within so many seconds in all. Raises NotAllowed, Unreachable."""
        split = urlsplit(url)
        host = split.hostname or ""
        if not self.allows(url):
            raise NotAllowed(f"the host {host} is not in connector_hosts")
        target = (split.path or "/") + (f"?{urlencode(query)}" if query else "")
        sent = {"User-Agent": AGENT, "Accept": "application/json", **headers}
        # a library of some weight, kept out of processes that call nobody
        from dossiers.outside import calling

        if self.stand_in:
            there = urlsplit(self.stand_in)
            pool = calling.beside(there.hostname or "127.0.0.1", there.port)
            return calling.got(pool, f"/{host}{target}", sent, within)
        if split.scheme != "https":
            raise NotAllowed(f"the address at {host} is not https")
        started, port = time.monotonic(), split.port or 443
        pool = calling.pinned(self._address(host, port), host, port)
        left = within - (time.monotonic() - started)
        return calling.got(pool, target, {**sent, "Host": split.netloc}, left)

    def _address(self, host: str, port: int) -> str:
        """The very address that was looked at: asking the name again could give another."""
        found = self.resolve(host, port)
        private = [one for one in found if not _is_public(one)]
        if private or not found:
            raise NotAllowed(f"the host {host} has no public address")
        return found[0]


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable("the name is not known") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _is_public(address: str) -> bool:
    known = ipaddress.ip_address(address)
    mapped = getattr(known, "ipv4_mapped", None)
    return (mapped or known).is_global and not known.is_multicast
