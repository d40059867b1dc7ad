"""Mails that came back: delivery status notifications (RFC 3464), read from files, mbox files and mail folders."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path

LONGEST_REASON = 300  # characters
FAILED = "failed"  # of the actions of RFC 3464: the others say that it arrived, or may still


@dataclass(frozen=True, slots=True)
class Bounced:
    """One recipient a mail didn't reach: the mail's Message-ID ("" when the notification doesn't quote it), the address,
    and why, as the mail server said it."""

    message_id: str
    to: str
    reason: str


def contents(path: Path) -> Iterator[bytes]:
    """The mails of a file (one mail, or an mbox), or of a folder (a Maildir, or files one by one)."""
    if path.is_dir():
        for inner in sorted(one for one in path.rglob("*") if one.is_file()):
            yield from contents(inner)
        return
    with path.open("rb") as opened:
        is_mbox = opened.read(5) == b"From "
    if is_mbox:
        box = mailbox.mbox(path, create=False)
        try:
            yield from (one.as_bytes() for one in box)
        finally:
            box.close()
    else:
        yield path.read_bytes()


def read(content: bytes) -> tuple[Bounced, ...]:
    """Whom a mail didn't reach, by this notification; none for any other mail, or one that tells of a delay."""
    notice = message_from_bytes(content, policy=default)
    if notice.get_content_type() != "multipart/report":
        return ()
    parts: list[Message] = list(notice.walk())
    message_id = next((found for part in parts if (found := _message_id(part))), "")
    fields = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    recipients = (one for part in fields for one in _blocks(part) if _is_failed(one))
    return tuple(Bounced(message_id, _address(one), _reason(one)) for one in recipients)


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a delivery status: about the message, then one a recipient."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _is_failed(block: Message) -> bool:
    return str(block.get("Action", "")).strip().casefold() == FAILED


def _address(block: Message) -> str:
    """The address written to: the original one where it was forwarded on the way."""
    named = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    return named.partition(";")[2].strip().strip("<>").casefold()


def _reason(block: Message) -> str:
    status = str(block.get("Status", "")).strip()
    said = str(block.get("Diagnostic-Code", "")).partition(";")[2]
    return " ".join(f"{status} {said}".split())[:LONGEST_REASON]


def _message_id(part: Message) -> str:
    """The Message-ID of the mail the notification quotes, whole or by its head alone."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        payload = part.get_payload()
        quoted = payload[0] if isinstance(payload, list) and payload else None
        return str(quoted.get("Message-ID", "")).strip() if isinstance(quoted, Message) else ""
    if kind == "text/rfc822-headers":
        text = part.get_payload(decode=True)
        head = message_from_bytes(text if isinstance(text, bytes) else b"", policy=default)
        return str(head.get("Message-ID", "")).strip()
    return ""
