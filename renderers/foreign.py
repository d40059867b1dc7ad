"""A text shown in another language than its page, for want of a translation: it says so, to the eye and to screen readers."""

from __future__ import annotations

from markupsafe import Markup

from engine.language.model import Text
from renderers.catalogues import direction


class Foreign(str):
    """Such a text; `language` is the one it stands in. Everywhere else it is a text like any other."""

    __slots__ = ("language",)
    language: str


def in_its_language(said: str, text: Text, language: str) -> str:
    """What is said of a text in a language, marked when the author wrote it in another one only."""
    if language in text.versions or not said:
        return said
    found = Foreign(said)
    found.language = next(iter(text.versions))
    return found


def spoken(text: str) -> str:
    """`{{ control.label|spoken }}`: in an element of its own language when that isn't the page's."""
    return Markup("<span{}>{}</span>").format(lang_of(text), str(text)) if isinstance(text, Foreign) else text


def lang_of(text: str) -> Markup:
    """`<span data-text{{ block.text|lang_of }}>`: the attributes of an element that holds the text alone."""
    if not isinstance(text, Foreign):
        return Markup()
    attributes = Markup(' class="foreign" lang="{}" dir="{}"')
    return attributes.format(text.language, direction(text.language))
