"""What is typed in a text of limited length is counted in the browser as on the server."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from engine.kinds.texts import LONG_TEXT, TEXT

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
SCRIPT = Path(__file__).parents[2] / "renderers/static/guichet.js"
COUNTED = '<{tag} id="q-it"></{tag}><p id="q-it-count" data-count="{{count}} / 500">500</p>'
TYPED = ["", "  ", " Café ", "Cafe\u0301", "\U0001f4b6", "\U0001f469\u200d\U0001f33e", "une\nligne\n\nde plus ", "\u00a0a\u00a0", "l’aide", "ﬁ", "é" * 499]  # fmt: skip


class Bare:
    """A field with no key of its own."""

    id = "it"
    options: dict[str, object] = {"max_length": 500}  # noqa: RUF012


@pytest.mark.parametrize(("tag", "kind"), [("textarea", LONG_TEXT), ("input", TEXT)])
def test_characters_are_counted_alike(chromium: Browser, tag, kind):
    page = chromium.new_page()
    page.set_content(COUNTED.format(tag=tag))
    page.add_script_tag(path=SCRIPT)
    for typed in TYPED:
        page.fill("#q-it", typed if tag == "textarea" else typed.replace("\n", " "))
        kept = kind.read(Bare(), {"": [typed.replace("\n", "\r\n")]}) or ""
        expect(page.locator("#q-it-count")).to_have_text(f"{len(kept)} / 500")
    page.close()
