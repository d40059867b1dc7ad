"""Requests take turns at the processor, which Python's threads of one process can't share: two at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

AT_ONCE = 2  # one computes while the other waits for the database or the disk
PATIENCE = 0.05  # seconds: whoever has waited so long goes on, whatever keeps the others


class Turns:
    """An application whose requests begin two at a time.

    Eight that compute at once take turns at each statement: all of them end late, and a tenth of the processor goes into
    changing over. A page that takes long (a paper made, another server asked) holds up each of the others for `patience` at
    most; documents being sent wait for the network, and take no turn.
    """

    def __init__(
        self, application: WSGIApplication, at_once: int = AT_ONCE, patience: float = PATIENCE
    ) -> None:
        self._application = application
        self._turns = threading.Semaphore(at_once)
        self._patience = patience

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if environ.get("CONTENT_TYPE", "").startswith("multipart/"):
            return self._application(environ, start_response)
        is_ours = self._turns.acquire(timeout=self._patience)
        try:
            return self._application(environ, start_response)
        finally:
            if is_ours:
                self._turns.release()
