"""What each kind of campaign does to one dossier."""

from __future__ import annotations

from dossiers.services.campaign_views import Kind, OneDossier

KINDS: dict[Kind, OneDossier] = {}
