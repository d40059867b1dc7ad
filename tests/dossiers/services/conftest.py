"""A small invented scheme, and a desk whose clock the tests move by hand."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.language import Bundle, load_scheme
from engine.organisation import Organisation

HERE = Path(__file__).parent
MAILS = ("acknowledgement", "please_correct", "accepted", "refused", "expired")


def bundle(**replaced: str) -> Bundle:
    """The small grant; each keyword is a text to replace in its YAML, `old` → `new` given as pairs."""
    yaml = (HERE / "small-grant.yaml").read_text(encoding="utf-8")
    for old, new in replaced.items():
        assert old in yaml
        yaml = yaml.replace(old, new)
    texts = {f"texts/{name}.fr.md": "Objet : Votre demande {{ reference }}\n\nBonjour.\n" for name in MAILS}
    texts |= {f"texts/{name}.en.md": "Subject: Your application {{ reference }}\n\nHello.\n" for name in MAILS}
    texts |= {"texts/remedies.fr.md": "Vous pouvez contester.\n", "texts/remedies.en.md": "You may appeal.\n"}
    return Bundle({"scheme.yaml": yaml, **texts})


@pytest.fixture(scope="session")
def scheme():
    """The small grant, loaded."""
    return load_scheme(bundle())


@pytest.fixture(scope="session")
def organisation():
    """An invented office."""
    return Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))
