"""What the screens are given: the desk, the addresses, the settings. They know nothing else of what is kept."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.services.desk import Desk
from dossiers.settings import Settings
from engine.organisation import Organisation
from renderers.links import Links
from renderers.logo import Logo


@dataclass(frozen=True, slots=True)
class Front:
    """`app.extensions["guichet"]`."""

    desk: Desk
    links: Links
    settings: Settings
    organisation: Organisation
    logo: Logo | None = None

    def cookie(self, name: str) -> str:
        """The name of a cookie. A rehearsal has its own: it may stand at another port of the same machine."""
        return f"guichet_rehearsal_{name}" if self.settings.rehearsal else f"guichet_{name}"
