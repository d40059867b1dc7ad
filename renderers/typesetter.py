"""The process in which Typst runs: papers in JSON on standard input, PDFs on standard output. Imports nothing of ours.

It has an empty folder for a root (but for the logo), no packages, the fonts Typst carries and those of the site, so that a paper can read nothing and that the
same paper gives the same bytes everywhere.
"""

from __future__ import annotations

import base64
import json
import os
import re
import select
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import typst

MISSING = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
MOST_TRIES = 40
IDLE = 10.0  # seconds without a paper after which the process ends
STAND_IN = "\N{WHITE SQUARE}"


def typeset(
    source: str, paper: Mapping[str, Any], seconds: int, logo: bytes = b"", fonts: str | None = None
) -> bytes:
    """The PDF of a paper, tagged (PDF/UA-1). `seconds` is the time written in it (since 1970, UTC); `logo` the picture
    that `paper["logo"]` names; `fonts` a folder of fonts besides those Typst carries.

    PDF/UA wants a glyph for every character: those that no font has are printed as a white square.
    """
    text = json.dumps(paper, ensure_ascii=False)
    for _ in range(MOST_TRIES):
        try:
            pictures = {paper["logo"]: logo} if logo else {}
            return _compiled(source, text, seconds, pictures, [fonts] if fonts else [])
        except typst.TypstError as error:
            missing = _missing(str(error))
            if not missing:
                raise
            text = _without(text, missing)
    raise ValueError("too many characters without a glyph")


def _compiled(source: str, text: str, seconds: int, pictures: Mapping[str, bytes], fonts: list[str]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="paper-") as root:
        empty = Path(root)
        for name, content in pictures.items():
            (empty / name).write_bytes(content)
        return bytes(
            typst.compile(  # type: ignore[call-overload]  # its stubs want a root of the type of the source
                source.encode(),
                root=empty,
                format="pdf",
                ignore_system_fonts=True,
                font_paths=fonts,
                package_path=empty,
                package_cache_path=empty,
                sys_inputs={"paper": text},
                pdf_standards=["ua-1"],
                timestamp=seconds,
            )
        )


def _missing(message: str) -> set[str]:
    """The characters an error says no font has; escapes stand in it as in Rust (`\\u{301}`)."""
    found: set[str] = set()
    for piece in MISSING.findall(message):
        plain = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda code: chr(int(code[1], 16)), piece)
        found |= {sign for sign in plain if ord(sign) > 0x7E}
    return found


def _without(text: str, missing: set[str]) -> str:
    return "".join(STAND_IN if sign in missing else sign for sign in text)


def made_of(text: bytes) -> bytes:
    """The PDF of {"source", "paper", "seconds", "logo"?, "fonts"?}."""
    asked = json.loads(text)
    logo = base64.b64decode(asked.get("logo", ""))
    return typeset(asked["source"], asked["paper"], asked["seconds"], logo, asked.get("fonts"))


def main() -> None:
    """Make papers until nothing comes for a while: each is its length in eight bytes, then its text; so are the answers,
    after "+", or "-" before what went wrong."""
    _spread()
    pipe: Any = sys.stdin.buffer
    source, out = pipe.raw, sys.stdout.buffer  # nothing may wait in a buffer
    while select.select([source], [], [], IDLE)[0]:
        length = _read(source, 8)
        if length is None:
            return
        text = _read(source, int.from_bytes(length, "big"))
        try:
            sign, content = b"+", made_of(text or b"")
        except Exception as error:  # whatever a paper does, the next one is made
            sign, content = b"-", f"{type(error).__name__}: {error}".strip().splitlines()[-1].encode()
        out.write(sign + len(content).to_bytes(8, "big") + content)
        out.flush()


def _spread() -> None:
    """Whoever started this process may keep to one processor: papers are made beside it, not in its place."""
    if processors := os.environ.get("GUICHET_PROCESSORS"):
        with suppress(OSError):  # they may have been taken away meanwhile
            os.sched_setaffinity(0, map(int, processors.split(",")))


def _read(source: Any, count: int) -> bytes | None:
    """So many bytes; None at the end."""
    found = b""
    while len(found) < count:
        part = source.read(count - len(found))
        if not part:
            return None
        found += part
    return found


if __name__ == "__main__":
    main()
