"""Pictures: written anew from their points alone, so that nothing else they held (place, camera, another file) is kept.

A photo is turned the way it was held and brought down to what a page needs. One is decoded at a time: they are large.
"""

from __future__ import annotations

import io
import threading
from typing import Any

from dossiers.outside.contents.content import Content
from engine.kinds.file import MEDIA_TYPES

JPEG, PNG, TIFF, WEBP = (MEDIA_TYPES[name][0] for name in ("jpeg", "png", "tiff", "webp"))
HEIC = frozenset({*MEDIA_TYPES["heic"], "image/heic-sequence", "image/heif-sequence"})
TAKEN = frozenset({JPEG, PNG, TIFF, WEBP}) | HEIC
FORMATS = {JPEG: "JPEG", PNG: "PNG", TIFF: "TIFF", WEBP: "WEBP"}

LONGEST_SIDE = 2600  # points: an A4 page at 220 points an inch
QUALITY = 85
MOST_POINTS = 64_000_000  # decoded at once; the largest phones make 50 million
MOST_JPEG_POINTS = 260_000_000  # a JPEG is decoded at the size wanted, not at its own
MOST_FRAMES = 50  # pages of a scan in TIFF
THUMBNAIL = 320

DAMAGED, TOO_LARGE, UNREADABLE = "file_damaged", "file_too_many_points", "file_heic"
_ONE = threading.Lock()


def written_anew(content: bytes, sent_as: str) -> Content:
    """The picture without anything but its points; what can't be decoded is told."""
    if sent_as in HEIC and not reads_heic():
        return Content(sent_as, sent_as, content, UNREADABLE)
    try:
        with _ONE:
            return _written(content, sent_as)
    except _Large:
        return Content(sent_as, sent_as, content, TOO_LARGE)
    except Exception:  # decoders raise what they like on hostile bytes; none of it is our fault or of any use
        return Content(sent_as, sent_as, content, DAMAGED)


def thumbnail(content: bytes) -> bytes:
    """A small JPEG of a picture we have written. Raises what Pillow raises when it is none."""
    with _ONE, opened(content) as image:
        image.draft("RGB", (THUMBNAIL, THUMBNAIL))
        small = flat(image)
        small.thumbnail((THUMBNAIL, THUMBNAIL))
        return _saved(small, "JPEG")


def reads_heic() -> bool:
    """Whether this machine decodes the photos of iPhones."""
    try:
        import pi_heif
    except ImportError:
        return False
    pi_heif.register_heif_opener()
    return True


class _Large(Exception):
    """More points than are decoded here."""


def _written(content: bytes, sent_as: str) -> Content:
    with opened(content) as image:
        most = MOST_JPEG_POINTS if image.format in ("JPEG", "MPO") else MOST_POINTS
        if image.width * image.height > most:
            raise _Large
        if sent_as == TIFF:
            return Content(sent_as, TIFF, _pages(image))
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        if image.width * image.height > MOST_POINTS:
            raise _Large
        if sent_as == PNG:
            return Content(sent_as, PNG, _saved(_scaled(image), "PNG"))
        return Content(sent_as, JPEG, _saved(_scaled(flat(image)), "JPEG"))


def opened(content: bytes) -> Any:
    """A picture, not decoded yet. Raises what Pillow raises when it is none."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # bounded here, by what it is
    return Image.open(io.BytesIO(content), formats=None)


def _scaled(image: Any) -> Any:
    """As it was held, at most as long as a page needs."""
    from PIL import ImageOps

    image.load()
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return turned


def flat(image: Any) -> Any:
    """The picture without transparency, which JPEG doesn't have: on white, as on paper."""
    from PIL import Image

    if image.mode in ("RGB", "L"):
        return image
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        above = image.convert("RGBA")
        white = Image.new("RGBA", above.size, "white")
        return _like(Image.alpha_composite(white, above).convert("RGB"), image)
    return _like(image.convert("RGB"), image)


def _like(made: Any, image: Any) -> Any:
    """What says how the picture was held stays with it until it is turned."""
    if exif := image.getexif():
        made.info["exif"] = exif.tobytes()
    return made


def _pages(image: Any) -> bytes:
    """The pages of a scan."""
    count = getattr(image, "n_frames", 1)
    if count > MOST_FRAMES:
        raise _Large
    pages = []
    for number in range(count):
        image.seek(number)
        if image.width * image.height > MOST_POINTS:
            raise _Large
        pages.append(_bare(_scaled(image.copy())))
    target = io.BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw")
    return target.getvalue()


def _saved(image: Any, format: str) -> bytes:
    target = io.BytesIO()
    options = {"quality": QUALITY, "optimize": True} if format == "JPEG" else {"optimize": True}
    _bare(image).save(target, format, **options)
    return target.getvalue()


def _bare(image: Any) -> Any:
    """The points alone: whatever else a picture carries stays behind."""
    from PIL import Image

    bare = Image.new(image.mode, image.size)
    if image.mode == "P":
        bare.putpalette(
            image.getpalette("RGBA" if "transparency" in image.info else "RGB"),
            "RGBA" if "transparency" in image.info else "RGB",
        )
    bare.paste(image)
    return bare
