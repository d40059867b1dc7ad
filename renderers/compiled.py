"""What is compiled of catalogues and templates, taken from a shelf where one is given, rather than compiled at each start.

Pure rooms write no file: whoever opens a site gives the shelf (`keep_on`). Without one everything is compiled anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Shelf(Protocol):
    """Where things are kept from one start to the next; what it gives was made by this release, from these sources."""

    def get(self, name: str) -> bytes | None:
        """What was put under a name, whole; None where nothing was."""
        ...

    def put(self, name: str, content: bytes) -> None:
        """Keep it if that can be done; not being able to is no error."""
        ...


class _NoShelf:
    def get(self, name: str) -> bytes | None:
        return None

    def put(self, name: str, content: bytes) -> None:
        return


_shelf: Shelf = _NoShelf()


def keep_on(shelf: Shelf | None) -> None:
    """Keep what is compiled from now on on this shelf; None: on none."""
    global _shelf
    _shelf = shelf or _NoShelf()


def kept(name: str, make: Callable[[], bytes]) -> bytes:
    """What stands on the shelf under a name, or else what `make` makes, put there for the next time."""
    found = _shelf.get(name)
    if found is None:
        found = make()
        _shelf.put(name, found)
    return found


class KeptTemplates(BytecodeCache):
    """Jinja's compiled templates of one language: their fixed words are in them."""

    def __init__(self, language: str) -> None:
        self._language = language

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template from the shelf, if it was compiled from the same text; Jinja compiles it otherwise."""
        found = _shelf.get(self._name(bucket))
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Put a template that was compiled on the shelf."""
        _shelf.put(self._name(bucket), bucket.bytecode_to_string())

    def _name(self, bucket: Bucket) -> str:
        return f"{self._language}-{bucket.key}"
