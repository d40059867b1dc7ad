"""The frame of every page, and the strictness of the templates."""

from __future__ import annotations

import re

import pytest
from jinja2 import UndefinedError

from renderers import pages
from renderers.frame import Frame, Notice
from renderers.pages import environment


def test_every_template_compiles_in_each_language():
    for language in ("fr", "en"):
        made = environment(language)
        names = made.list_templates(extensions=["html"])
        assert len(names) > 40
        for name in names:
            made.get_template(name)


def test_value_not_given_is_an_error_not_a_blank(frame):
    with pytest.raises(UndefinedError):
        pages.render("portal/link_sent.html", "fr", frame=frame)


def test_page_says_its_language_and_offers_the_other(frame):
    html = pages.render("portal/link_expired.html", "fr", frame=frame)
    assert '<html lang="fr" dir="ltr">' in html
    assert (
        '<button class="link" type="submit" name="language" value="en" lang="en" dir="ltr">English</button>'
        in html
    )
    assert "Ce lien ne fonctionne plus" in html
    assert '<html lang="en" dir="ltr">' in pages.render("portal/link_expired.html", "en", frame=frame)


def test_page_begins_with_a_way_to_its_content(frame):
    html = pages.render("portal/link_expired.html", "fr", frame=frame)
    body = html[html.index("<body>") :]
    assert body.index('href="#main"') < body.index("<header")
    assert '<main id="main"' in html


def test_title_is_prefixed_when_something_is_wrong(frame):
    given = {"frame": frame, "email": "x", "problem": "Indiquez…", "problems": True}
    html = pages.render("portal/ask_link.html", "fr", **given)
    assert re.search(r"<title>Erreur\s*: ", html)
    assert "<title>Erreur" not in pages.render("portal/ask_link.html", "fr", **{**given, "problems": False})


def test_demonstration_says_that_it_is_one(frame, organisation):
    shown = Frame(organisation, "/", "t", frame.today, demo=True)
    html = pages.render("portal/link_expired.html", "fr", frame=shown)
    assert "personnes et entreprises fictives. Nous sommes le 12 mai 2020." in html
    assert "fictives" not in pages.render("portal/link_expired.html", "fr", frame=frame)


def test_what_just_happened_is_announced(frame, organisation):
    notices = (Notice("success", "<b>Fait</b>"),)
    html = pages.render(
        "portal/link_expired.html", "fr", frame=Frame(organisation, "/", "t", frame.today, notices=notices)
    )
    assert '<div class="notice notice-success" role="status"><p>&lt;b&gt;Fait&lt;/b&gt;</p></div>' in html


def test_templates_hold_no_style_script_or_outside_address():
    for path in pages.TEMPLATES.glob("**/*.html"):
        if path.parent.name in ("base", "portal", "fields", "templates"):
            source = path.read_text(encoding="utf-8")
            assert "style=" not in source, path
            assert "<style" not in source, path
            assert not re.search(r"<script(?! src=)", source), path
            assert not re.search(r"(?:src|href)=\"(?:https?:)?//", source), path


def test_style_sheet_is_small_and_fetches_nothing():
    source = (pages.STATIC / "guichet.css").read_text(encoding="utf-8")
    assert len(source) < 20_000
    assert "url(" not in source
    assert "@import" not in source


def test_lines_of_a_text_are_kept_and_escaped():
    assert str(pages.lines("a <b>\nc")) == "a &lt;b&gt;<br>c"
