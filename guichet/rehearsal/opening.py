"""Opening a rehearsal in a folder of the site's, and closing it: the folder is there whole or not at all."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dossiers import office, settings
from dossiers.outside.clock import RehearsalClock
from dossiers.services import publication, rehearsal_copies
from dossiers.services.desk import Desk
from dossiers.services.refusals import Refused
from dossiers.settings import REHEARSAL, Settings, SiteError
from engine.language import Bundle
from engine.organisation import Organisation
from guichet.rehearsal.practice import PracticeAccount, practice_accounts
from guichet.site import prepare

FOLDER = "rehearsal"
OPENING, CLOSING = ".rehearsal-opening", ".rehearsal-closing"
SERVED = "served.lock"
COPIED = (
    "mail_from", "max_request_bytes", "applicant_idle", "applicant_lifetime", "staff_idle", "staff_lifetime", "link_lifetime",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """How to open: the `drafts` beside the published schemes (in their place under the same id), its own address, and
    the local day on which it begins (None: the day it is on the real site)."""

    drafts: Sequence[Bundle]
    base_url: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A rehearsal just opened; `left_out`: the schemes in force that can't be published any more, and why."""

    folder: Path
    schemes: tuple[str, ...]
    copied: int
    practice: tuple[PracticeAccount, ...]
    left_out: Mapping[str, Refused]


def folder_of(data: Path) -> Path:
    """The folder of a site's open rehearsal. Raises SiteError when there is none."""
    folder = data / FOLDER
    if not (folder / REHEARSAL).is_file():
        raise SiteError(f"{data} has no rehearsal: open one with `guichet rehearse open --data {data}`.")
    return folder


def open_rehearsal(data: Path, asked: Asked) -> Opened:
    """Make the rehearsal of a site, of which it only reads. Raises SiteError, Refused (a draft that can't be published)."""
    real = Settings.load(data)
    _require_room(data, real, asked)
    prepare(data)
    read = _reading(real)
    draft = data / OPENING
    shutil.rmtree(draft, ignore_errors=True)  # what an opening cut short left
    try:
        _write(draft, real, asked)
        opened = _furnished(draft, read, asked)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return Opened(draft.rename(data / FOLDER), *opened)


def close_rehearsal(data: Path) -> None:
    """Remove the rehearsal of a site with all that was done in it. Raises SiteError when there is none, or it is served."""
    folder = folder_of(data)
    if folder.is_symlink():
        raise SiteError(f"{folder} is a link to another folder: remove it by hand.")
    shutil.rmtree(data / CLOSING, ignore_errors=True)  # what a closing cut short left
    with served(folder):
        away = folder.rename(data / CLOSING)
    shutil.rmtree(away)


@contextmanager
def served(folder: Path) -> Iterator[None]:
    """Hold the rehearsal as long as the block lasts: nobody closes it meanwhile. Raises SiteError when it is held."""
    with (folder / SERVED).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SiteError(f"{folder} is being served: stop that first (Ctrl+C).") from error
        yield


def _require_room(data: Path, real: Settings, asked: Asked) -> None:
    if real.rehearsal:
        raise SiteError(f"{data} is a rehearsal itself: name the folder of the real site.")
    if (data / FOLDER).exists():
        raise SiteError(
            f"{data / FOLDER} is there already: begin again with `guichet rehearse begin-again`, or close it first."
        )
    if asked.base_url.rstrip("/") == real.base_url:
        raise SiteError(f"{asked.base_url} is the address of the real site: give the rehearsal another one.")


def _reading(real: Settings) -> rehearsal_copies.Copied:
    opened = office.build(real)
    try:
        found: rehearsal_copies.Copied = Desk(opened).read(rehearsal_copies.copied)
        return found
    finally:
        opened.database.close()


def _write(folder: Path, real: Settings, asked: Asked) -> None:
    """The settings: those of the real site that people notice, none that leads to its data or lets a mail leave."""
    organisation = real.organisation
    site: dict[str, object] = {key: getattr(real, key) for key in COPIED}
    site |= {"base_url": asked.base_url, "clock_offset": _offset(real, asked.day)}
    kept = [one.name for one in fields(Organisation) if one.name not in ("colours", "rehearsal")]
    about = {name: getattr(organisation, name) for name in kept}
    settings.write(folder, {"site": site, "organisation": about, "colours": dict(organisation.colours)})
    RehearsalClock(folder / REHEARSAL, timedelta()).move_to(0)
    if organisation.logo:
        copy = folder / organisation.logo
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(real.data / organisation.logo, copy)


def _offset(real: Settings, day: date | None) -> timedelta:
    today = real.organisation.local_date(datetime.now(UTC) + real.clock_offset)
    return real.clock_offset + (timedelta(0) if day is None else day - today)


def _furnished(
    folder: Path, read: rehearsal_copies.Copied, asked: Asked
) -> tuple[tuple[str, ...], int, tuple[PracticeAccount, ...], Mapping[str, Refused]]:
    prepare(folder)
    opened = office.build(Settings.load(folder))
    try:
        desk = Desk(opened)
        drafts = [desk.act(publication.publish, bundle, FOLDER).slug for bundle in asked.drafts]
        left_out = _publish(desk.act, {slug: one for slug, one in read.bundles.items() if slug not in drafts})
        desk.act(rehearsal_copies.furnish, read)
        practice = practice_accounts(desk)
        schemes = tuple(one.slug for one in desk.read(publication.open_schemes))
        return schemes, len(read.accounts), practice, left_out
    finally:
        opened.database.close()


def _publish(act: Callable[..., object], bundles: Mapping[str, Bundle]) -> Mapping[str, Refused]:
    left_out = {}
    for slug, bundle in bundles.items():
        try:
            act(publication.publish, bundle, FOLDER)
        except Refused as refused:
            left_out[slug] = refused
    return left_out
