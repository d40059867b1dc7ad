"""Stamping a copy of an identity document with whom it is for: written across every page, to make it of no use elsewhere."""

from __future__ import annotations

import io
import math
from typing import Any

from dossiers.outside.contents import images, pdfs

STAMPED = images.TAKEN | {pdfs.MEDIA_TYPE}  # what can be stamped; a picture becomes a page
GREY, SEEN = 0.35, 0.45  # how dark the words are, and how much of the page they cover
LETTER = 0.5  # the width of a letter of Helvetica, of its height, more or less
TIMES = (0.2, 0.5, 0.8)  # at these heights of the page


def stamped(content: bytes, media_type: str, words: str) -> bytes:
    """The document as PDF with `words` across each page. Raises what pikepdf and Pillow raise for what they can't read."""
    import pikepdf

    paper = content if media_type == pdfs.MEDIA_TYPE else _as_pages(content)
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        for page in pdf.pages:
            _stamp(pdf, page, words)
        pdf.save(target)
    return target.getvalue()


def _as_pages(content: bytes) -> bytes:
    """A picture, or the pages of a scan, as PDF."""
    target = io.BytesIO()
    with images.opened(content) as image:
        count = getattr(image, "n_frames", 1)
        pages = []
        for number in range(count):
            image.seek(number)
            pages.append(images.flat(image.copy()))
        pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return target.getvalue()


def _stamp(pdf: Any, page: Any, words: str) -> None:
    import pikepdf

    font = page.add_resource(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name("/Helvetica-Bold"),
            Encoding=pikepdf.Name.WinAnsiEncoding,
        ),
        pikepdf.Name.Font,
    )
    seen = page.add_resource(pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=SEEN), pikepdf.Name.ExtGState)
    left, bottom, right, top = (float(side) for side in page.mediabox)
    drawn = _drawn(str(font), str(seen), (left, bottom, right - left, top - bottom), words)
    page.contents_add(pdf.make_stream(b"q"), prepend=True)
    page.contents_add(pdf.make_stream(b"Q\n" + drawn), prepend=False)


def _drawn(font: str, seen: str, box: tuple[float, float, float, float], words: str) -> bytes:
    """The operators that write the words, slanting upwards."""
    left, bottom, width, height = box
    angle = math.radians(25)
    size = min(width * 0.9 / (len(words) * LETTER * math.cos(angle)), height / 12)
    length = len(words) * LETTER * size
    text = (
        words.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    )
    parts = [f"q {seen} gs {GREY} g BT {font} {size:.2f} Tf".encode()]
    for part in TIMES:
        x = left + width / 2 - length / 2 * math.cos(angle)
        y = bottom + height * part - length / 2 * math.sin(angle)
        turn = f"{math.cos(angle):.4f} {math.sin(angle):.4f} {-math.sin(angle):.4f} {math.cos(angle):.4f}"
        parts.append(f"{turn} {x:.2f} {y:.2f} Tm".encode() + b" (" + text + b") Tj")
    return b"\n".join([*parts, b"ET Q"])
