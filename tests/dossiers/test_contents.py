"""What people send is known by its bytes, and kept without anything they didn't mean to send."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from dossiers.outside.contents import images, look, pdfs
from tests.fixtures.sent import PDF, archive, pdf, photo, picture

WORD = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def made(change) -> bytes:
    """A PDF with something put into it."""
    with pikepdf.open(io.BytesIO(PDF)) as paper:
        change(paper)
        target = io.BytesIO()
        paper.save(target)
    return target.getvalue()


def locked(owner: str, user: str) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as paper:
        paper.save(target, encryption=pikepdf.Encryption(owner=owner, user=user))
    return target.getvalue()


def with_script(paper: pikepdf.Pdf) -> None:
    paper.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_file(paper: pikepdf.Pdf) -> None:
    paper.attachments["tool.exe"] = b"MZ"


def test_a_photo_says_no_more_where_it_was_taken_or_with_what():
    sent = photo()
    assert b"fictif" in sent
    found = look(sent)
    assert (found.sent_as, found.media_type, found.wrong) == ("image/jpeg", "image/jpeg", "")
    assert not opened(found.content).getexif()
    assert b"fictif" not in found.content
    assert b"Exif" not in found.content


@pytest.mark.parametrize(
    ("orientation", "size", "corner"), [(1, (40, 20), "red"), (3, (40, 20), "blue"), (6, (20, 40), "red")]
)
def test_a_photo_is_turned_the_way_it_was_held(orientation, size, corner):
    image = opened(look(photo(orientation=orientation)).content)
    assert image.size == size
    red, _, blue = image.convert("RGB").getpixel((2, 2))
    assert (red > blue) is (corner == "red")


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_large_picture_is_brought_down_to_what_a_page_needs(format):
    assert opened(look(picture(format, (5200, 100))).content).size == (images.LONGEST_SIDE, 50)


def test_a_text_hidden_in_a_png_is_not_kept():
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("Comment", "Annecy, chez moi")
    sent = picture("PNG", pnginfo=said)
    assert b"chez moi" in sent
    assert b"chez moi" not in look(sent).content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_its_look_in_every_mode(mode):
    image = Image.new("RGB", (6, 4), "red").convert("L" if mode == "I;16" else mode)
    target = io.BytesIO()
    image.convert(mode).save(target, "PNG")
    found = look(target.getvalue())
    assert (found.wrong, found.media_type) == ("", "image/png")
    assert opened(found.content).convert("RGB").getpixel((3, 2)) == opened(target.getvalue()).convert(
        "RGB"
    ).getpixel((3, 2))


def test_webp_is_kept_as_jpeg_on_white_where_it_was_transparent():
    found = look(picture("WEBP", mode="RGBA"))
    assert (found.sent_as, found.media_type) == ("image/webp", "image/jpeg")
    clear = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(clear, "WEBP", lossless=True)
    assert opened(look(clear.getvalue()).content).getpixel((1, 1)) == (255, 255, 255)


def test_the_pages_of_a_scan_are_kept():
    pages = [Image.new("1", (30, 40)) for _ in range(3)]
    target = io.BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:])
    found = look(target.getvalue())
    assert (found.media_type, opened(found.content).n_frames) == ("image/tiff", 3)


def test_a_photo_of_an_iphone_is_kept_as_jpeg_or_told():
    # a header that says HEIC, and nothing behind it
    sent = b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + b"\0" * 40
    found = look(sent)
    assert found.sent_as in images.HEIC
    assert found.wrong == (images.DAMAGED if images.reads_heic() else images.UNREADABLE)


def test_a_picture_of_too_many_points_is_never_decoded():
    header = picture("PNG")
    huge = header[:16] + (60_000).to_bytes(4, "big") * 2 + header[24:]
    import zlib

    huge = huge[:29] + zlib.crc32(huge[12:29]).to_bytes(4, "big") + huge[33:]
    assert look(huge).wrong == images.TOO_LARGE


@pytest.mark.parametrize(
    "content", [picture()[:40], b"\xff\xd8\xff\xe0" + b"\0" * 60, PDF[:60], archive(*WORD)[:200]]
)
def test_what_nobody_can_open_is_told(content):
    assert look(content).wrong == images.DAMAGED


def test_a_pdf_is_kept_byte_for_byte():
    found = look(PDF)
    assert (found.content, found.media_type, found.wrong) == (PDF, pdfs.MEDIA_TYPE, "")


def test_a_pdf_that_wants_a_password_is_told_and_one_that_merely_forbids_printing_is_taken():
    assert look(locked("owner", "user")).wrong == pdfs.LOCKED
    assert look(locked("owner", "")).wrong == ""


@pytest.mark.parametrize("change", [with_script, with_file])
def test_a_pdf_that_can_do_something_is_taken_but_never_shown(change):
    sent = made(change)
    assert look(sent).wrong == ""
    assert pdfs.is_lively(sent)


def test_a_plain_pdf_may_be_shown():
    assert not pdfs.is_lively(PDF)


def test_two_kinds_of_file_in_one_are_refused():
    assert look(PDF + archive("tool.exe")).wrong == "file_mixed"


def test_what_follows_a_picture_is_not_kept():
    sent = picture() + archive("tool.exe")
    found = look(sent)
    assert (found.wrong, b"tool.exe" in found.content) == ("", False)


def test_an_archive_is_no_document():
    assert look(archive("a.txt")).sent_as == "application/zip"


def test_an_office_document_is_taken_without_macros_only():
    assert look(archive(*WORD)).sent_as.endswith("wordprocessingml.document")
    assert look(archive(*WORD)).wrong == ""
    assert look(archive(*WORD, "word/vbaProject.bin")).wrong == "file_macros"


def test_a_small_picture_is_small():
    assert max(opened(images.thumbnail(look(photo((900, 600))).content)).size) == images.THUMBNAIL


def test_the_same_picture_is_kept_as_the_same_bytes():
    assert look(photo()).content == look(photo()).content
    assert pdf("a") != pdf("b")
