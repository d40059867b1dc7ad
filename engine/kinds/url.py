"""Kind `url`: the address of a web page; `https://` is put before it when it is missing."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Json, Kind, Raw, Slips, slip
from engine.kinds.typed import composed, is_storable, single

LONGEST = 2000
SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:(?![0-9])", re.IGNORECASE)  # `example.fr:8080` begins with no scheme
HOST = re.compile(r"(?:[^\W_](?:[\w\-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w\-]*[^\W_])")
NEVER = re.compile(r"[\s<>\"\\^`{|}]")
EMAIL = re.compile(r"[^@/]+@[^@/]+\.[^@/]+")


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    typed = composed(single(raw))
    if not typed:
        return None
    if len(typed) > LONGEST:
        return slip(field, "too_long", max=LONGEST, length=len(typed))
    if EMAIL.fullmatch(typed.removeprefix("mailto:")):
        return slip(field, "url_is_email")
    text = typed if SCHEME.match(typed) else f"https://{typed}"
    return _written(text) or slip(field, "not_a_url")


def _written(text: str) -> str | None:
    """The address with its scheme and its site in small letters; None when it leads to no site."""
    if NEVER.search(text) or not is_storable(text):
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("https", "http") or "@" in parts.netloc or not HOST.fullmatch(host):
        return None
    site = host if port is None else f"{host}:{port}"
    return SplitResult(parts.scheme, site, parts.path, parts.query, parts.fragment).geturl()


def is_url(text: str) -> bool:
    """The format `url`: an address that leads to a site."""
    return _written(text) is not None


URL = Kind(
    name="url",
    keys={},
    codes=("not_a_url", "url_is_email", "too_long"),
    feel_type=lambda field: feel.STRING,
    read=_read,
    schema=lambda field: {
        "type": "string",
        "format": "url",
        "maxLength": LONGEST + len("https://"),
        "pattern": r"^https?://[^\s/?#@]+\.[^\s]+$(?!\n)",
    },
    formats={"url": is_url},
    proven=True,
)
