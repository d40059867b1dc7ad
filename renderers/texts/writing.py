"""Filling in a text of a scheme: its subject, and its body in Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from renderers.texts.markdown import Markdown, one_line
from renderers.texts.sandbox import LONGEST_SOURCE, TextTooLong, fill

SUBJECT = re.compile(r"\s*(?:Subject|Objet)\s*:\s*(?P<subject>[^\n]*)(?:\n|\Z)")
BLANK_LINES = re.compile(r"\n{3,}")

__all__ = ["SUBJECT", "TextTooLong", "Written", "cut", "fragment", "written"]


@dataclass(frozen=True, slots=True)
class Written:
    """A text filled in: its subject (one plain line, "" for a fragment), its body in Markdown."""

    subject: str
    body: Markdown


def cut(source: str) -> tuple[str | None, str]:
    """The subject and the body of a source; None when its first line is no `Subject: …` or `Objet : …`."""
    found = SUBJECT.match(source)
    return (found["subject"].strip(), source[found.end() :]) if found else (None, source)


def written(source: str, known: Mapping[str, object], language: str) -> Written:
    """A mail or a letter filled in. Raises jinja2.TemplateError, TextTooLong."""
    if len(source) > LONGEST_SOURCE:
        raise TextTooLong(f"a text has at most {LONGEST_SOURCE} characters")
    subject, body = cut(source)
    line = one_line(fill(subject or "", known, language, "line"))
    return Written(line, _tidy(fill(body, known, language)))


def fragment(source: str, known: Mapping[str, object], language: str) -> Markdown:
    """A text that stands inside others, such as the remedies."""
    return written(source, known, language).body


def _tidy(body: str) -> Markdown:
    return Markdown(BLANK_LINES.sub("\n\n", body).strip())
