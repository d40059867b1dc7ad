"""Values inside Markdown: whatever somebody typed is read as the same characters, never as Markdown, link or HTML."""

from __future__ import annotations

import re

# CommonMark: a backslash before any ASCII punctuation mark makes it a plain character.
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9.-]+")
ADDRESS = re.compile(r"https?://[^\s<>\\]+")


class Markdown(str):
    """A text that is Markdown already. Every method of str gives a plain str back, which is escaped again."""

    __slots__ = ()


def escaped(value: str) -> Markdown:
    """A value as Markdown that says exactly its characters, on one line of the source.

    Its line ends become character references, so that none of its lines can begin a block or end a table.
    """
    lines = [PUNCTUATION.sub(r"\\\1", line.strip()) for line in LINE_ENDS.split(value.strip())]
    return Markdown("&#10;".join(lines))


def one_line(value: str) -> str:
    """A value for a subject or a title: no line end, no control character, no space twice."""
    return " ".join("".join(" " if ord(sign) < 32 or ord(sign) == 127 else sign for sign in value).split())


def linked(address: str) -> Markdown:
    """An address of ours, or a contact's, which people may follow; escaped when it doesn't look like one."""
    if EMAIL.fullmatch(address) or ADDRESS.fullmatch(address):
        return Markdown(f"<{address}>")
    return escaped(address)
