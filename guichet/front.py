"""What the screens are given: the desk, the addresses, the settings. They know nothing else of what is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dossiers.services.desk import Desk
from dossiers.settings import Settings
from engine.organisation import Organisation
from renderers.links import Links
from renderers.logo import Logo


@dataclass(frozen=True, slots=True)
class Front:
    """`app.extensions["guichet"]`; `papers` are the blank forms made lately, by version, language and day."""

    desk: Desk
    links: Links
    settings: Settings
    organisation: Organisation
    logo: Logo | None = None
    papers: dict[tuple[int, str, date], bytes] = field(default_factory=dict)

    def cookie(self, name: str) -> str:
        """The name of a cookie. A rehearsal has its own: it may stand at another port of the same machine."""
        return f"guichet_rehearsal_{name}" if self.settings.rehearsal else f"guichet_{name}"
