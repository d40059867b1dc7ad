"""Nothing on a page stays untranslated, and no translation is left over or loses a value."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from renderers import catalogues

ROOT = Path(__file__).parents[2]
ROOMS = ("renderers", "portal", "admin")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "marked": None, "plural": (1, 2)}
HOLE = re.compile(r"%\([a-z_]+\)s")
Message = str | tuple[str, ...]


def extracted() -> dict[Message, str]:
    found: dict[Message, str] = {}
    for room in ROOMS:
        for file, line, message, _, _ in extract_from_dir(
            str(ROOT / room), METHODS, OPTIONS, keywords=KEYWORDS
        ):
            found.setdefault(message, f"{room}/{file}:{line}")
    return found


def translated() -> dict[Message, Message]:
    found: dict[Message, Message] = {}
    for path in catalogues.files("fr"):
        for message in catalogues.read(path):
            if message.id:
                id = tuple(message.id) if isinstance(message.id, list | tuple) else message.id
                found[id] = (
                    tuple(message.string) if isinstance(message.string, list | tuple) else message.string
                )
    return found


def test_every_message_is_translated_into_french():
    known = translated()
    missing = {
        f"{place}: {message!r}"
        for message, place in extracted().items()
        if not all(known.get(message) or ("",))
    }
    assert not missing


def test_house_catalogue_holds_no_message_of_the_past():
    house = {message.id for message in catalogues.read(catalogues.files("fr")[0]) if message.id}
    assert {tuple(id) if isinstance(id, list | tuple) else id for id in house} <= set(extracted())


def test_no_translation_loses_a_value():
    for message, french in translated().items():
        texts = (message,) if isinstance(message, str) else message
        said = (french,) if isinstance(french, str) else french
        wanted = {hole for text in texts for hole in HOLE.findall(text)}
        assert wanted == {hole for text in said for hole in HOLE.findall(text)}, message


def test_french_signs_stand_after_a_no_break_space():
    for french in translated().values():
        for text in (french,) if isinstance(french, str) else french:
            assert not re.search(r"(?<! ) [:;?!»]|« (?! )", text), text


@pytest.mark.parametrize(("language", "said"), [("fr", "Oui"), ("en", "Yes"), ("xx", "Yes")])
def test_message_is_said_in_the_language_asked(language, said):
    assert catalogues.say(language, "Yes") == said


def test_pages_speak_french_and_english():
    assert catalogues.languages() == ("fr", "en")
