"""The post: a mail server (SMTP), or an outbox folder of `.eml` files when none is configured."""

from __future__ import annotations

import hashlib
import re
import smtplib
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from dossiers.outside import durable

TIMEOUT = 30  # seconds, for each answer of the server
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A mail ready to leave: `key` names it for good, so that the same one is known again; `content` is RFC 5322."""

    key: str
    sender: str
    to: str
    content: bytes


class PostError(Exception):
    """The mail didn't leave this time; trying again may do."""


class Undeliverable(Exception):
    """The mail server refuses this mail for good: the address doesn't exist, or may not be written to."""


class Post(Protocol):
    """What carries mails."""

    exactly_once: bool  # whether handing over the same parcel twice carries it once

    def send(self, parcel: Parcel) -> None:
        """Hand a mail over; on return it is in the carrier's hands. Raises PostError, Undeliverable."""
        ...


class OutboxFolder:
    """Each mail is a file named after its key, so it is there once however often it is sent."""

    exactly_once = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, parcel: Parcel) -> None:
        """Write the file, whole or not at all."""
        try:
            durable.create_once(self._folder / file_name(parcel.key), parcel.content)
        except OSError as error:
            raise PostError(f"the outbox folder can't be written: {error}") from error

    def forget(self, key: str) -> None:
        """Delete our copy of a mail, and what somebody who died while writing it left; none is no error."""
        durable.remove(self._folder / file_name(key))


class SmtpServer:
    """`smtp://user:password@host:587` (STARTTLS when the server offers it; `?starttls=required` insists),
    `smtps://host:465` (TLS from the first byte)."""

    exactly_once = False

    def __init__(self, url: str) -> None:
        """Raises ValueError for an address of another form. No connection is made."""
        self._url = urlsplit(url)
        if self._url.scheme not in ("smtp", "smtps") or not self._url.hostname:
            raise ValueError(
                "write smtp://host:587 or smtps://host:465, with user:password@ before the host if needed"
            )

    def send(self, parcel: Parcel) -> None:
        """Hand a mail to the server, which answers for it from then on."""
        try:
            with self._connect() as server:
                options = () if parcel.to.isascii() else ("SMTPUTF8", "BODY=8BITMIME")
                server.sendmail(parcel.sender, [parcel.to], parcel.content, options)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise _refusal(code, said) from error
        except smtplib.SMTPResponseException as error:
            raise _refusal(
                error.smtp_code, error.smtp_error, of_mail=isinstance(error, smtplib.SMTPDataError)
            ) from error
        except (smtplib.SMTPException, OSError) as error:
            raise PostError(f"the mail server {self._url.hostname} can't be reached: {error}") from error

    def _connect(self) -> smtplib.SMTP:
        url, safety = self._url, ssl.create_default_context()
        host = url.hostname or ""
        if url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT, context=safety)
        else:
            server = smtplib.SMTP(host, url.port or 587, timeout=TIMEOUT)
            server.ehlo()
            if server.has_extn("starttls") or _insists(url):
                server.starttls(context=safety)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        return server


def file_name(key: str) -> str:
    """The outbox file of a key: readable, and different for every key."""
    return f"{UNSAFE.sub('-', key)[:80]}.{hashlib.sha256(key.encode()).hexdigest()[:12]}.eml"


def _insists(url: SplitResult) -> bool:
    return parse_qs(url.query).get("starttls") == ["required"]


def _refusal(code: int, said: bytes | str, *, of_mail: bool = True) -> Exception:
    """4xx passes, and so does a refusal of ourselves (a wrong password); 5xx about the mail is for good (RFC 5321)."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    sentence = f"the mail server answered {code} {words}"
    return Undeliverable(sentence) if of_mail and code >= 500 else PostError(sentence)
