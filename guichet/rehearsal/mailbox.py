"""The mails a rehearsal holds, as the applicant would have got them: where the link to come back is found."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

LINK = re.compile(r"https?://\S+?(/lien/[A-Za-z0-9_-]+)")
AT_MOST, BETWEEN = 60, 0.5  # looks, seconds


class Mailbox:
    """The outbox folder of a rehearsal; `pause` passes the time between two looks."""

    def __init__(self, outbox: Path, pause: Callable[[float], object] = time.sleep) -> None:
        self._outbox = outbox
        self._pause = pause
        self._read: set[str] = set()

    def link_for(self, address: str) -> str | None:
        """The path of the link mailed to an address that nobody else has; None when none comes in time."""
        for _ in range(AT_MOST):
            for path in self._outbox.glob("*.eml"):
                if path.name not in self._read and (found := _link(path.read_bytes(), address)):
                    self._read.add(path.name)
                    return found
            self._pause(BETWEEN)
        return None


def _link(content: bytes, address: str) -> str | None:
    if address.encode() not in content:  # most mails are somebody else's: they needn't be taken apart
        return None
    mail = message_from_bytes(content, policy=policy.default)
    text = mail.get_body(("plain",))
    found = LINK.search(text.get_content()) if text is not None and address in str(mail["To"]) else None
    return found[1] if found else None
