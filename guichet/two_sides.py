"""The two sides of a site as the web server calls them: applicants' and machines' pages at once, the office's when needed."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

from dossiers.office import Office
from guichet.application import BUREAU, PUBLIC, create_app
from guichet.visitors import under_office

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class TwoSides:
    """Two applications of one office, told apart by the address.

    The screens of staff, and the services behind them, are a third of the house: they are imported when the first member of
    staff comes, so that the site answers sooner, and a process that only applicants use stays smaller.
    """

    def __init__(self, office: Office) -> None:
        """Raises DoorWithoutKeeper when a route of the public side states no audience; the other side at its first visit."""
        self._office = office
        self._public = create_app(office, PUBLIC)
        self._bureau: Flask | None = None
        self._making = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        side = self.bureau() if under_office(environ.get("PATH_INFO", "")) else self._public
        return side(environ, start_response)

    def bureau(self) -> Flask:
        """The office's side, made once however many come at the same time."""
        with self._making:
            if self._bureau is None:
                self._bureau = create_app(self._office, BUREAU)
            return self._bureau
