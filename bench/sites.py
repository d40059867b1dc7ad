"""Sites to measure: a folder with its settings, one scheme published, on SQLite or on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from bench.forms import Form, offset_of
from dossiers import office, settings
from dossiers.services import publication
from dossiers.services.desk import Desk
from engine.language import Bundle
from guichet.site import prepare

ORGANISATION = {"name": "Commune de mesure (fictif)", "email": "mesure@commune.example"}


def make(data: Path, form: Form, database_url: str | None = None) -> str:
    """Make the site in `data` with the form published; returns the address of its database."""
    site: dict[str, object] = {} if database_url is None else {"database_url": database_url}
    if (offset := offset_of(form)) is not None:
        site["clock_offset"] = offset
    settings.write(data, {"site": site, "organisation": ORGANISATION})
    prepare(data)
    opened = office.build(settings.Settings.load(data))
    Desk(opened).act(publication.publish, Bundle.read(form.path), "bench")
    opened.database.close()
    return opened.settings.database_url
