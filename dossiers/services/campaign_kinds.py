"""What each kind of campaign does to one dossier."""

from __future__ import annotations

from datetime import timedelta

from dossiers.services.campaign_views import Kind, OneDossier
from dossiers.services.messaging import write_one
from dossiers.services.moving import move_one
from dossiers.services.reexamining import re_examine

KINDS: dict[Kind, OneDossier] = {
    "migration": move_one,
    "reexamination": re_examine,
    "message": write_one,
}
PAUSES: dict[Kind, timedelta] = {
    "message": timedelta(minutes=1)
}  # between two rounds of what must not leave at once
