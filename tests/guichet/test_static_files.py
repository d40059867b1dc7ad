"""Scripts and styles are sent compressed to browsers that take it, and say the same."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Flask

from guichet.static_files import CompressedFiles, compressed
from renderers.pages import STATIC


@pytest.fixture
def site() -> Flask:
    app = CompressedFiles("guichet", static_folder=str(STATIC), static_url_path="/static")
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 60
    return app


def test_a_style_sheet_is_sent_compressed_word_for_word(site):
    answer = site.test_client().get("/static/guichet.css", headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.mimetype == "text/css"
    assert gzip.decompress(answer.data) == (STATIC / "guichet.css").read_bytes()
    assert "max-age=60" in answer.headers["Cache-Control"]


def test_a_script_loses_its_comments_only(site):
    answer = site.test_client().get("/static/form/live.js", headers={"Accept-Encoding": "gzip"})
    sent = gzip.decompress(answer.data).decode()
    assert answer.mimetype == "text/javascript"
    assert "import{" in sent and len(sent) < (STATIC / "form" / "live.js").stat().st_size


def test_a_file_known_already_is_not_sent_again(site):
    client = site.test_client()
    tag = client.get("/static/guichet.css", headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    again = client.get("/static/guichet.css", headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
    assert again.status_code == 304 and not again.data


@pytest.mark.parametrize("encodings", ["", "identity", "gzip;q=0"])
def test_who_takes_no_compression_gets_the_file_as_it_is(site, encodings):
    with site.test_client().get("/static/guichet.css", headers={"Accept-Encoding": encodings}) as answer:
        assert "Content-Encoding" not in answer.headers
        assert answer.data == (STATIC / "guichet.css").read_bytes()


@pytest.mark.parametrize(
    "name", ["nowhere.js", "../pages.py", "..%2fpages.py", "form/../../pages.py", "form"]
)
def test_nothing_else_is_handed_out(site, name):
    answer = site.test_client().get(f"/static/{name}", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 404


def test_a_file_is_compressed_again_when_it_changes(tmp_path: Path):
    file = tmp_path / "a.css"
    file.write_text("a{}")
    first = compressed(file, 1)
    file.write_text("b{}")
    assert compressed(file, 1) is first
    assert compressed(file, 2).tag != first.tag
