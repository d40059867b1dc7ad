"""How a document is handed out: as a file, or in a tab of its own where nothing of it can run."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

PDF = "application/pdf"
# Browsers open no PDF in a sandbox. Their readers keep it out of our pages, and one that holds a script isn't shown at all.
ALONE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
BESIDE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
SANDBOX = "default-src 'none'; sandbox"
IMAGE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"  # the style is the browser's own
)


def headers(name: str, media_type: str, *, shown: bool, framed: bool = False) -> Mapping[str, str]:
    """The headers of a document. `shown`: in a tab, when its kind is one that browsers show; else as an attachment.
    `framed`: a page of ours may show it in a frame, beside the answers."""
    policy = SANDBOX if not shown else (BESIDE if framed else ALONE) if media_type == PDF else IMAGE
    disposition = "inline" if shown else "attachment"
    found = {"X-Frame-Options": "SAMEORIGIN"} if shown and framed else {}
    return {
        **found,
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
    }
