"""The calls themselves: one request over one connection, its answer bounded in time and size. See dossiers.outside.web for who
may be called."""

from __future__ import annotations

import time
from collections.abc import Mapping

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError

from dossiers.outside.web import BIGGEST, Response, Unreachable

CHUNK = 65_536
LEAST = 0.05  # seconds left to the network when nearly none is


def beside(host: str, port: int | None) -> HTTPConnectionPool:
    """A connection to what stands in for the network."""
    return HTTPConnectionPool(host, port, maxsize=1)


def pinned(address: str, host: str, port: int) -> HTTPConnectionPool:
    """A connection to this address, whose certificate must be that of the host."""
    return HTTPSConnectionPool(
        address, port, maxsize=1, server_hostname=host, assert_hostname=host, cert_reqs="CERT_REQUIRED"
    )


def got(pool: HTTPConnectionPool, target: str, headers: Mapping[str, str], within: float) -> Response:
    """What comes within so many seconds; the connection is closed. Raises Unreachable."""
    until = time.monotonic() + within
    try:
        with pool:
            answer = pool.urlopen(
                "GET", target, headers=dict(headers), retries=False, redirect=False,
                timeout=Timeout(total=max(within, LEAST)), preload_content=False, assert_same_host=False,
            )  # fmt: skip
            return Response(answer.status, _read(answer, until), _wait(answer.headers.get("Retry-After")))
    except (HTTPError, OSError) as error:
        raise Unreachable(type(error).__name__) from error


def _read(answer: BaseHTTPResponse, until: float) -> bytes:
    """The whole body, as long as it is neither too big nor too slow."""
    body = b""
    while chunk := answer.read(CHUNK):
        body += chunk
        if len(body) > BIGGEST:
            raise Unreachable("the response is too big")
        if time.monotonic() > until:
            raise Unreachable("the response is too slow")
    return body


def _wait(text: str | None) -> float | None:
    return float(text) if text and text.isascii() and text.isdigit() else None
