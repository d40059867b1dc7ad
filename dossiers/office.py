"""The office: one value with everything an act may need besides its own arguments."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from dossiers.database import Database
from dossiers.outside.clock import RehearsalClock
from dossiers.outside.connectors import Connectors
from dossiers.outside.object_store import ObjectStore, open_bucket
from dossiers.outside.post import OutboxFolder, Post, SmtpServer
from dossiers.outside.scanner import Clamd, NoScanner, Scanner
from dossiers.outside.store import LocalStore, Store
from dossiers.outside.vault import Vault
from dossiers.outside.web import Web
from dossiers.settings import REHEARSAL, Settings, SettingsError
from engine.organisation import Organisation
from renderers import catalogues
from renderers.logo import Logo, NotALogo, logo

Clock = Callable[[], datetime]
CATALOGUES = "catalogues"  # a folder of the site: the words of further languages


@dataclass(frozen=True, slots=True)
class Office:
    """`clock` gives the business instant (aware UTC); `wake` is set when there may be work for the worker."""

    organisation: Organisation
    settings: Settings
    clock: Clock
    database: Database
    post: Post
    store: Store
    vault: Vault
    scanner: Scanner
    connectors: Connectors
    logo: Logo | None = None
    wake: threading.Event = field(default_factory=threading.Event)


def build(settings: Settings, clock: Clock | None = None, connectors: Connectors | None = None) -> Office:
    """Open the office of a site; its database must be up to date. Raises SettingsError, keys.KeysError."""
    outside = connectors or Connectors(Web(settings.hosts, settings.connector_stubs), settings.tokens)
    vault = Vault.open_at(settings.keys)
    _speak(settings)
    return Office(
        organisation=settings.organisation,
        settings=settings,
        clock=clock or _shifted(settings),
        database=Database(
            settings.database_url, connections=settings.web_threads + settings.worker_threads + 2
        ),
        post=_post(settings),
        store=_store(settings, vault),
        vault=vault,
        scanner=_scanner(settings),
        connectors=outside,
        logo=logo_of(settings),
    )


def _speak(settings: Settings) -> None:
    """Take the site's own catalogues; every language it says it speaks must have one."""
    folder = settings.data / CATALOGUES
    catalogues.bring(folder)
    for language in settings.organisation.languages:
        if language not in catalogues.languages():
            wanted = folder / f"{language}.po"
            raise SettingsError(
                f"languages: {language!r} has no catalogue; put one at {wanted}, or take it out."
            )


def logo_of(settings: Settings) -> Logo | None:
    """The organisation's logo: a file of the site's own folder, whatever it is called. Raises SettingsError."""
    if not settings.organisation.logo:
        return None
    path = (settings.data / settings.organisation.logo).resolve()
    try:
        if not path.is_relative_to(settings.data.resolve()):
            raise NotALogo("it stands outside the site's folder; copy it there")
        return logo(path.read_bytes())
    except (OSError, NotALogo) as error:
        reason = "there is no such file in the site's folder" if isinstance(error, OSError) else error
        raise SettingsError(f"logo: {settings.organisation.logo!r} can't be used: {reason}.") from error


def _shifted(settings: Settings) -> Clock:
    """The machine's clock, moved by `clock_offset`: a demonstration may live in another year, a rehearsal any day."""
    offset = settings.clock_offset
    if settings.rehearsal:
        return RehearsalClock(settings.data / REHEARSAL, offset)
    return lambda: datetime.now(UTC) + offset


def _store(settings: Settings, vault: Vault) -> Store:
    if settings.bucket is None or settings.rehearsal:  # a rehearsal's documents stay in its folder
        return LocalStore(settings.files, vault)
    try:
        return ObjectStore(
            open_bucket(settings.bucket, settings.bucket_endpoint, settings.bucket_region), vault
        )
    except ImportError as error:
        raise SettingsError("bucket: install guichet-engine[s3] to keep documents in a bucket.") from error
    except ValueError as error:
        raise SettingsError(f"bucket: {error}.") from error


def _scanner(settings: Settings) -> Scanner:
    if settings.scanner is None:
        return NoScanner()
    try:
        return Clamd(settings.scanner)
    except ValueError as error:
        raise SettingsError(f"scanner: {error}.") from error


def _post(settings: Settings) -> Post:
    if settings.smtp_url is None or settings.rehearsal:  # no mail of a rehearsal leaves, whatever is set
        return OutboxFolder(settings.outbox)
    try:
        return SmtpServer(settings.smtp_url)
    except ValueError as error:
        raise SettingsError(f"smtp_url: {error}.") from error
