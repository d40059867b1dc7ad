"""Papers as PDF: tagged, in their language, for every reader (PDF/UA-1). Typst runs in a process of its own."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from renderers import typesetters
from renderers.letters import Paper
from renderers.logo import Logo
from renderers.pages import TEMPLATES

AT_MOST = 60  # seconds


class NotTypeset(RuntimeError):
    """A paper Typst could not make; the message is what it said."""


def pdf(paper: Paper, logo: Logo | None = None, fonts: Path | None = None) -> bytes:
    """The PDF of a paper, under the organisation's logo; `fonts` a folder with further ones. The same paper gives the
    same bytes. Raises NotTypeset."""
    day = {"year": paper.day.year, "month": paper.day.month, "day": paper.day.day}
    noon = datetime.combine(paper.day, time(12), tzinfo=UTC)
    asked: dict[str, Any] = {
        "source": _source(),
        "paper": {**asdict(paper), "day": day},
        "seconds": int(noon.timestamp()),
    }
    if fonts is not None and fonts.is_dir():
        asked["fonts"] = str(fonts)
    if logo is not None:
        asked["paper"]["logo"] = f"logo.{logo.kind}"
        asked["logo"] = base64.b64encode(logo.content).decode("ascii")
    try:
        return typesetters.make(json.dumps(asked).encode("utf-8", "replace"), AT_MOST)
    except TimeoutError:
        raise NotTypeset(f"the paper took more than {AT_MOST} seconds") from None
    except typesetters.Failed as failed:
        raise NotTypeset(str(failed)) from None


@cache
def _source() -> str:
    return (TEMPLATES / "letters" / "paper.typ").read_text(encoding="utf-8")
