"""A site's folder: made once, brought up to date at each start."""

from __future__ import annotations

from pathlib import Path


def prepare(data: Path) -> None:
    """Make the folder when it is not there and bring its database to the present shape.

    The keys are made at the first start, readable by their owner only.
    """
    from dossiers import database
    from dossiers.settings import Settings

    data.mkdir(parents=True, exist_ok=True)
    database.upgrade(Settings.load(data).database_url)
