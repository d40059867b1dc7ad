"""Looking for viruses in what applicants send: by ClamAV's daemon when the site names one, else by nobody."""

from __future__ import annotations

import socket
import struct
from typing import Literal, Protocol
from urllib.parse import urlsplit

Scan = Literal["clean", "infected", "unscanned"]

CHUNK = 64 * 1024
TIMEOUT = 60.0  # seconds without a word of the daemon
LONGEST_ANSWER = 4096
PORT = 3310


class ScannerDown(Exception):
    """Nobody looks at documents just now: the daemon can't be reached, or says that it can't."""


class Scanner(Protocol):
    """What looks at documents."""

    first_state: str  # of a document just received: "pending" when it will be looked at, else "unscanned"

    def scan(self, content: bytes) -> Scan:
        """Look at one document. Raises ScannerDown."""
        ...


class NoScanner:
    """Looks at nothing, and says so: a document is never called clean that nobody has looked at."""

    first_state = "unscanned"

    def scan(self, content: bytes) -> Scan:
        """Always "unscanned"."""
        return "unscanned"


class Clamd:
    """ClamAV's daemon, at `tcp://host:port` or `unix:/path/of/clamd.ctl`; the content goes over the connection (INSTREAM)."""

    first_state = "pending"

    def __init__(self, address: str) -> None:
        """Raises ValueError for an address that can't be understood; nothing is connected yet."""
        parts = urlsplit(address)
        if parts.scheme == "unix" and parts.path:
            self._path, self._place = parts.path, None
        elif parts.scheme == "tcp" and parts.hostname:
            self._path, self._place = "", (parts.hostname, parts.port or PORT)
        else:
            raise ValueError(
                f"{address!r} is no scanner; write tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl"
            )

    def scan(self, content: bytes) -> Scan:
        """Look at one document, on a connection of its own. Raises ScannerDown."""
        try:
            with self._connected() as connection:
                answer = _asked(connection, content)
        except OSError as error:
            raise ScannerDown(str(error) or type(error).__name__) from error
        if answer.endswith(" FOUND"):
            return "infected"
        if answer.endswith(": OK"):
            return "clean"
        raise ScannerDown(answer or "the daemon said nothing")

    def _connected(self) -> socket.socket:
        if self._place is not None:
            return socket.create_connection(self._place, timeout=TIMEOUT)
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(TIMEOUT)
        try:
            connection.connect(self._path)
        except OSError:
            connection.close()
            raise
        return connection


def _asked(connection: socket.socket, content: bytes) -> str:
    """Send a content in pieces, each behind its length, and read the answer, which ends with a zero byte."""
    connection.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), CHUNK):
        piece = content[start : start + CHUNK]
        connection.sendall(struct.pack("!I", len(piece)) + piece)
    connection.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        more = connection.recv(1024)
        if not more:
            break
        answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
