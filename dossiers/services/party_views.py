"""The people a dossier concerns, as screens show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.language.model import Text

Standing = Literal["invited", "come", "signed", "declined", "signs"]


@dataclass(frozen=True, slots=True)
class PartyLine:
    """Somebody the dossier concerns, as the others see them.

    `standing`: "invited", "come" (the link was opened), "signed", "declined"; "signs" for who has still to sign and came
    by no link. `email` only for who may see it; `change` the page where their address is changed, while it can be.
    """

    party: str
    label: Text
    name: str | None
    standing: Standing
    at: datetime | None
    email: str | None = None
    change: str | None = None
