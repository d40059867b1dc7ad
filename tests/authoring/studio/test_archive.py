"""A scheme in a zip: the same bytes each time, the same files back, and nothing that is no scheme."""

from __future__ import annotations

import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from authoring.studio.archive import packed, unpacked
from authoring.studio.files import UnfitFiles, renamed, scheme_id
from engine.language import Bundle, check_scheme

ROOT = Path(__file__).parents[3]
FILES = dict(Bundle.read(ROOT / "schemes/haute-savoie-emergency-grant").files)


def zipped(
    *entries: tuple[str | zipfile.ZipInfo, str | bytes], compression: int = zipfile.ZIP_DEFLATED
) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def code(data: bytes) -> str:
    with pytest.raises(UnfitFiles) as raised:
        unpacked(data)
    return raised.value.code


def test_packing_twice_gives_the_same_bytes_whatever_the_order():
    assert packed(FILES) == packed(dict(reversed(FILES.items())))


def test_what_is_packed_comes_back_and_is_packed_the_same():
    back = unpacked(packed(FILES))
    assert back.checksum == Bundle(FILES).checksum
    assert packed(back.files) == packed(FILES)


def test_folder_somebody_zipped_is_read_as_its_files():
    data = zipped(*((f"my grant/{name}", text) for name, text in FILES.items()))
    assert unpacked(data).checksum == Bundle(FILES).checksum


LINK = zipfile.ZipInfo("scheme.yaml")
LINK.external_attr = (stat.S_IFLNK | 0o777) << 16


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"no zip", "bundle_no_zip"),
        (b"", "bundle_no_zip"),
        (packed(FILES)[:-40], "bundle_no_zip"),
        (zipped(("../scheme.yaml", "x")), "bundle_name"),
        (zipped(("/scheme.yaml", "x")), "bundle_name"),
        (zipped(("a/../scheme.yaml", "x")), "bundle_name"),
        (zipped(("C:\\scheme.yaml", "x")), "bundle_name"),
        (zipped(("scheme.yaml", "x"), ("run.py", "x")), "bundle_name"),
        (zipped((LINK, "/etc/passwd")), "bundle_name"),
        (zipped(("scheme.yaml", b"\xff\xfe")), "bundle_not_text"),
        (zipped(("scheme.yaml", "a\x00b")), "bundle_not_text"),
        (zipped(("scheme.yaml", "0" * 1_000_001)), "bundle_too_big"),
        (zipped(*((f"texts/t{n}.fr.md", "0" * 999_000) for n in range(9))), "bundle_too_big"),
        (zipped(*((f"texts/t{n}.fr.md", "x") for n in range(301))), "bundle_too_many"),
        (zipped(("texts/a.fr.md", "x")), "bundle_no_scheme"),
        (zipped(("scheme.yaml", "x"), compression=zipfile.ZIP_BZIP2), "bundle_no_zip"),
    ],
)
def test_hostile_archive_is_refused(data, why):
    assert code(data) == why


def test_file_that_lies_about_its_size_is_read_no_further_than_allowed():
    data = bytearray(zipped(("scheme.yaml", "0" * 3_000_000)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert code(bytes(data)) in {"bundle_no_zip", "bundle_too_big"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_same_file_twice_is_refused():
    assert code(zipped(("scheme.yaml", "x"), ("scheme.yaml", "y"))) == "bundle_twice"


@settings(max_examples=400)
@example(b"\x00\x02", 526)
@example(bytes(5), 493)  # a file without a name
@given(st.binary(max_size=400), st.integers(0, 2000))
def test_no_damage_raises_anything_else(noise, place):
    data = bytearray(packed({"scheme.yaml": "scheme: a\n", "texts/a.fr.md": "x" * 300}))
    data[place : place + len(noise)] = noise
    try:
        unpacked(bytes(data))
    except UnfitFiles as unfit:
        assert unfit.code.startswith("bundle_")


def test_copy_bears_its_new_name_and_is_as_right_as_the_first():
    copy = renamed(FILES, "my-copy")
    assert scheme_id(copy) == "my-copy"
    scheme, _ = check_scheme(Bundle(copy))
    assert scheme is not None
    assert scheme.id == "my-copy"
    assert scheme_id(renamed({"scheme.yaml": "title: x\n"}, "a")) == "a"
    assert scheme_id({"scheme.yaml": "- a"}) == ""
