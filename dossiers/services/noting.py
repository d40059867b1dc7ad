"""What is done about a dossier stands in its journal, at the instant of the act that does it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dossiers import journal
from dossiers.services.desk import Work
from dossiers.services.opened import Opened
from workflows.situation import Actor


def note(
    work: Work, opened: Opened, actor: Actor, action: str, payload: Mapping[str, Any] | None = None
) -> None:
    """One entry about a dossier that stays in its state. `payload` is JSON without floats."""
    journal.record(
        work.session,
        stream=opened.stream,
        actor=actor,
        action=action,
        at=work.now,
        payload=payload,
        dossier_id=opened.dossier.id,
    )
