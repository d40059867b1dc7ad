"""What each kind of campaign does to one dossier, and what is kept of a refusal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dossiers.services.batch_acts import act_on
from dossiers.services.campaign_views import Kind, OneDossier
from dossiers.services.messaging import write_one
from dossiers.services.moving import move_one
from dossiers.services.reexamining import re_examine
from dossiers.services.refusals import Refused

KINDS: dict[Kind, OneDossier] = {
    "migration": move_one,
    "reexamination": re_examine,
    "batch": act_on,
    "list": act_on,
    "message": write_one,
}
# between two rounds of what must not leave at once
PAUSES: dict[Kind, timedelta] = {"message": timedelta(minutes=1)}
ALONE: tuple[Kind, ...] = ("migration", "reexamination")  # one of these at a time in a scheme
KEPT = (
    "did",
    "fields",
    "state",
    "items",
)  # names of the scheme: what an item may keep says nothing of answers


def told_of(refused: Refused) -> dict[str, Any]:
    """What an item keeps of a refusal besides its code: names of the scheme, never what somebody answered."""
    kept = {name: refused.params[name] for name in KEPT if name in refused.params}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}
