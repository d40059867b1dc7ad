"""The scheme's mails and letters: Markdown with a small part of Jinja, over values that can only ever be read as text."""

from renderers.texts.markdown import Markdown, escaped
from renderers.texts.shapes import TEXT, ListOf, Record, Shape
from renderers.texts.slips import Slip, slips
from renderers.texts.writing import TextTooLong, Written, fragment, written

__all__ = [
    "TEXT",
    "ListOf",
    "Markdown",
    "Record",
    "Shape",
    "Slip",
    "TextTooLong",
    "Written",
    "escaped",
    "fragment",
    "slips",
    "written",
]
