"""What each kind of campaign does to one dossier."""

from __future__ import annotations

from dossiers.services.campaign_views import Kind, OneDossier
from dossiers.services.moving import move_one
from dossiers.services.reexamining import re_examine

KINDS: dict[Kind, OneDossier] = {"migration": move_one, "reexamination": re_examine}
