"""PDF: whether it opens without a password, whether it holds something that runs."""

from __future__ import annotations

import io
from typing import Any

MEDIA_TYPE = "application/pdf"
LOCKED, DAMAGED = "file_locked", "file_damaged"
MOST_PAGES = 1000
DEEPEST = 50
RUNS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm")


def fault(content: bytes) -> str:
    """The code of what is wrong with a PDF; "" when people can open it."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return "" if 0 < len(pdf.pages) <= MOST_PAGES else DAMAGED
    except pikepdf.PasswordError:
        return LOCKED
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        return DAMAGED


def is_lively(content: bytes) -> bool:
    """Whether a PDF holds a script, a command or another file: it is then handed out, never shown in a browser."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return any(_runs(one) for one in pdf.objects)
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        return True


def _runs(one: Any, depth: int = 0) -> bool:
    """Whether an object, or one written inside it, does something: those it only points to are looked at themselves."""
    import pikepdf

    if depth > DEEPEST:
        return True
    if isinstance(one, pikepdf.Array):
        parts = list(one)
    elif isinstance(one, pikepdf.Dictionary):
        if "/JS" in one or "/EmbeddedFiles" in one or str(one.get("/S", "")) in RUNS:
            return True
        parts = [one[name] for name in one.keys()]  # noqa: SIM118  # a dictionary of PDF, not of Python
    else:
        return False
    return any(_runs(part, depth + 1) for part in parts if not getattr(part, "is_indirect", False))
