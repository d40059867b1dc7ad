"""A process that re-examines and is killed: within an act, all written and nothing committed, or between two acts."""

import os
import signal
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dossiers import office
from dossiers.services import campaigns, reexamining
from dossiers.services.desk import Desk
from dossiers.settings import Settings
from engine.organisation import Organisation

NOW = datetime(2020, 7, 6, 8, tzinfo=UTC)


def die(*_arguments: object) -> None:
    """As if the machine's plug were pulled."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(point: str, data: str, url: str, campaign: str) -> None:
    settings = Settings(
        data=Path(data),
        database_url=url,
        organisation=Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris")),
        keys=Path(data) / "keys.json",
        files=Path(data) / "files",
        outbox=Path(data) / "outbox",
    )
    if point == "within the act":
        reexamining.follow_automatic = die  # the last thing an act does
    for _ in campaigns.carry_out(Desk(office.build(settings, lambda: NOW)), int(campaign)):
        die()
