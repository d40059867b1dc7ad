"""The files a scheme may have, and how many: the same for what is saved, what is imported and what is exported."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.language.bundle import SCHEME, TESTS
from engine.language.sharing import NAME as SHARED
from engine.language.sharing import is_shared
from engine.language.source import read_source

LARGEST, MOST, WHOLE = 1_000_000, 300, 8_000_000  # bytes of a file, files, bytes of all of them
NAME = re.compile(
    r"[a-z][a-z0-9_-]{0,60}\.yaml|texts/[a-z][a-z0-9_-]{0,60}(?:\.[a-z]{2})?\.(?:md|yaml)|texts/[A-Z]{1,20}\.md"
    r"|lists/[a-z][a-z0-9_]{0,60}\.csv"
)
UNREAD = re.compile(
    "[\x00\ud800-\udfff]"
)  # what no database keeps in a text; the rest is for the check to tell


class UnfitFiles(ValueError):
    """Files that make no scheme; `code` finds the sentence, with its `params`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"{code}: {params}")
        self.code, self.params = code, params


def fitting(files: Mapping[str, str]) -> dict[str, str]:
    """The files in order, each line ended by a line feed. Raises UnfitFiles for what no scheme may have."""
    if len(files) > MOST:
        raise UnfitFiles("bundle_too_many", max=MOST)
    whole = 0
    for name, text in files.items():
        if not is_name(name):
            raise UnfitFiles("bundle_name", file=shown(name))
        if UNREAD.search(text):
            raise UnfitFiles("bundle_not_text", file=name)
        size = len(text.encode())
        whole += size
        if size > LARGEST or whole > WHOLE:
            raise UnfitFiles("bundle_too_big", file=name, max=LARGEST // 1000)
    if SCHEME not in files:
        raise UnfitFiles("bundle_no_scheme", file=SCHEME)
    return {name: with_line_feeds(files[name]) for name in sorted(files, key=order)}


def is_name(name: str) -> bool:
    """Whether a scheme may have a file of this name, one it shares with others included."""
    return NAME.fullmatch(name) is not None or SHARED.fullmatch(name) is not None


def is_own(name: str) -> bool:
    """Whether a scheme may have a file of this name, to be written by those who write the scheme."""
    return is_name(name) and not is_shared(name)


def shown(name: str) -> str:
    """A name somebody else chose, short and printable."""
    return ascii(name[:80]).strip("'\"")


def with_line_feeds(text: str) -> str:
    """The text with no byte order mark, its lines ended by a line feed, as a browser and Windows don't end them."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def order(name: str) -> tuple[int, str]:
    """The order files are listed in: the scheme, its tests, then the rest by name."""
    return (0 if name == SCHEME else 1 if name == TESTS else 2, name)


def scheme_id(files: Mapping[str, str]) -> str:
    """The id the text gives itself; "" when it gives none that can be read."""
    data = read_source(files.get(SCHEME, ""), SCHEME).data
    found = data.get("scheme") if isinstance(data, dict) else None
    return found if isinstance(found, str) and re.fullmatch(r"[a-z][a-z0-9_-]*", found) else ""


def renamed(files: Mapping[str, str], id: str) -> dict[str, str]:
    """The same files as another scheme: its id is written in the place of the old one, else on a first line."""
    source = read_source(files[SCHEME], SCHEME)
    scalar = source.scalars.get(("scheme",))
    text = source.written.text
    if scalar is None:
        return {**files, SCHEME: f"scheme: {id}\n{text}"}
    return {**files, SCHEME: text[: scalar.start] + id + text[scalar.end :]}
