"""The scripts and styles of the pages as they are sent: scripts without their comments, all compressed, once each.

Pages themselves are not compressed here: they hold a token beside what a visitor typed, and the length of both together would
tell of the token (BREACH). A proxy may, if it knows what it does.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import rjsmin
from flask import Flask, Response, request
from werkzeug.security import safe_join

MEDIA_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
SCRIPTS = (".js", ".mjs")
LEVEL = 9  # done once for each file


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it is sent compressed, and the tag of this content."""

    content: bytes
    tag: str


class CompressedFiles(Flask):
    """A Flask whose static files are sent compressed to browsers that take it: all of them today."""

    def send_static_file(self, filename: str) -> Response:
        """One file. Raises NotFound."""
        suffix = Path(filename).suffix
        path = safe_join(str(self.static_folder), filename)
        takes = request.accept_encodings.quality("gzip") > 0
        if suffix not in MEDIA_TYPES or not takes or path is None or not Path(path).is_file():
            return super().send_static_file(filename)
        sent = compressed(Path(path), Path(path).stat().st_mtime_ns)
        response = Response(sent.content, mimetype=MEDIA_TYPES[suffix])
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
        response.set_etag(sent.tag)
        response.cache_control.public = True
        response.cache_control.max_age = self.get_send_file_max_age(filename)
        conditional: Any = response.make_conditional(request)
        return conditional


@lru_cache(maxsize=512)
def compressed(path: Path, changed_at: int) -> Sent:
    """A file as it is sent, kept until it changes."""
    content = path.read_bytes()
    if path.suffix in SCRIPTS and ".min." not in path.name:
        content = rjsmin.jsmin(content.decode("utf-8")).encode("utf-8")
    return Sent(gzip.compress(content, LEVEL, mtime=0), hashlib.sha256(content).hexdigest()[:32])
