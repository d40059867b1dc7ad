"""How an act is refused: the exceptions that changes and services raise, and that the desk lets through."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """An act that may not happen, to be told to the person: a code, and the data its sentence needs.

    Nothing was written: the desk rolls back. The codes are in services.refusals, the wording in the renderers.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = params


class NotFound(Exception):
    """There is no such thing, or none that this viewer may know of: the two are never told apart."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
