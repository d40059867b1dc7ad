"""The settings of a site: `guichet.ini` in its folder, then the environment (GUICHET_…). None is needed to begin.

A rehearsal is known by a file that `guichet rehearse open` alone puts in its folder: no setting makes one of a site, and
the environment, which speaks of the real site, is not heard there.
"""

from __future__ import annotations

import configparser
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.organisation import Organisation
from engine.problems import near

FILE = "guichet.ini"
REHEARSAL = "rehearsal.json"  # its presence makes a rehearsal of the folder
PREFIX = "GUICHET_"
SITE, ORGANISATION, COLOURS, TOKENS, MOTIVES = "site", "organisation", "colours", "tokens", "motives"


class SiteError(Exception):
    """A site that can't be opened: the sentence says why, and what to do."""


class SettingsError(SiteError):
    """A setting that can't be used: the sentence says where it stands and what to write instead."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a site runs. Durations are `timedelta`; sizes bytes; relative paths start from the site's folder.

    `connector_hosts`: the hosts connectors may call, none when not said; `connector_stubs`: a server on this machine that
    answers in place of all of them; `tokens`: the secrets connectors name; `motives`: why people
    call the hotline, by code, "French | English", the usual list when empty.
    """

    data: Path
    database_url: str
    organisation: Organisation
    keys: Path
    files: Path
    outbox: Path
    base_url: str = "http://127.0.0.1:8000"
    smtp_url: str | None = None
    bucket: str | None = None  # documents in s3://name/folder rather than in `files`
    bucket_endpoint: str | None = None
    bucket_region: str = "us-east-1"
    scanner: str | None = None  # ClamAV: tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl
    mail_from: str = "ne-pas-repondre@guichet.invalid"
    max_request_bytes: int = 64_000_000
    max_dossier_bytes: int = 200_000_000  # what an applicant sends for one dossier, all together
    web_threads: int = 8
    worker_threads: int = 2
    keep_to_one_processor: bool = True  # each process of the web server
    applicant_idle: timedelta = timedelta(hours=2)
    applicant_lifetime: timedelta = timedelta(hours=12)
    staff_idle: timedelta = timedelta(hours=2)
    staff_lifetime: timedelta = timedelta(hours=12)
    link_lifetime: timedelta = timedelta(days=7)
    clock_offset: timedelta = timedelta(0)
    demo: bool = False
    connector_hosts: str = ""
    connector_stubs: str = ""
    tokens: Mapping[str, str] = field(default_factory=dict)
    motives: Mapping[str, str] = field(default_factory=dict)

    @property
    def fonts(self) -> Path:
        """Where a site puts fonts for scripts the typesetter doesn't carry."""
        return self.data / "fonts"

    @property
    def rehearsal(self) -> bool:
        """Whether all this site does is an exercise."""
        return self.organisation.rehearsal

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts connectors may call."""
        return frozenset(self.connector_hosts.replace(",", " ").lower().split())

    @classmethod
    def load(cls, data: Path, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings of the site in `data`; the environment wins over the file, but in a rehearsal it isn't heard.

        Raises SettingsError.
        """
        data = data.resolve()
        written = _read(data / FILE)
        given = dict(written.get(SITE, {}))
        rehearsal = (data / REHEARSAL).exists()
        if rehearsal:
            _keep_apart(given, data)
        else:
            given |= _said_by(os.environ if environment is None else environment)
        values = {key: _typed(key, text, data) for key, text in given.items()}
        for key, name in PLACES.items():
            values.setdefault(key, data / name)
        values.setdefault("database_url", f"sqlite:///{data / 'guichet.db'}")
        _only_here(str(values.get("connector_stubs", "")))
        values["tokens"], values["motives"] = written.get(TOKENS, {}), written.get(MOTIVES, {})
        return cls(data=data, organisation=_organisation(written, rehearsal), **values)


def _only_here(stubs: str) -> None:
    """Stubs answer with invented companies: they stand on this machine or nowhere."""
    split = urlsplit(stubs)
    if stubs and (split.scheme != "http" or split.hostname not in ("127.0.0.1", "localhost", "::1")):
        raise SettingsError(f"connector_stubs: {stubs!r} can't be used; write http://127.0.0.1: and a port.")


def _said_by(environment: Mapping[str, str]) -> dict[str, str]:
    found = {key: environment.get(PREFIX + key.upper()) for key in KEYS}
    return {key: value for key, value in found.items() if value is not None}


def _keep_apart(given: Mapping[str, str], data: Path) -> None:
    """A rehearsal lives in its own folder and nowhere else, or it would not be one."""
    for key in ("database_url", *PLACES):
        if key in given:
            raise SettingsError(
                f"{data / FILE}: {key!r} can't be set in a rehearsal, whose data stay in its folder; remove the line."
            )


def write(data: Path, values: Mapping[str, Mapping[str, object]]) -> Path:
    """Write `guichet.ini`, section by section (site, organisation, colours). Raises FileExistsError: it is never
    replaced."""
    parser = _parser()
    parser.read_dict(
        {section: {key: _text(value) for key, value in given.items()} for section, given in values.items()}
    )
    data.mkdir(parents=True, exist_ok=True)
    path = data / FILE
    with path.open("x", encoding="utf-8") as file:
        parser.write(file)
    return path


def _parser() -> configparser.ConfigParser:
    return configparser.ConfigParser(interpolation=None, default_section="")


def _read(path: Path) -> dict[str, dict[str, str]]:
    parser = _parser()
    try:
        if path.exists():
            parser.read_string(path.read_text(encoding="utf-8"), source=str(path))
    except configparser.Error as error:
        raise SettingsError(f"{path} can't be read: {error}") from error
    for section in parser.sections():
        known = SECTIONS.get(section)
        _require(section, SECTIONS, f"{path}: section [{section}] is unknown")
        for key in parser[section]:
            _require(key, known, f"{path}: {key!r} in [{section}] is unknown")
    return {section: dict(parser[section]) for section in parser.sections()}


def _require(word: str, known: Any, sentence: str) -> None:
    if known is None or word in known:
        return
    suggestion = near(word, list(known))
    raise SettingsError(f"{sentence}" + (f"; did you mean {suggestion!r}?" if suggestion else "."))


def _organisation(written: Mapping[str, Mapping[str, str]], rehearsal: bool) -> Organisation:
    given: dict[str, Any] = dict(written.get(ORGANISATION, {}))
    zone = given.pop("zone", "Europe/Paris")
    try:
        given["zone"] = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(f"zone: {zone!r} is no time zone; write for example Europe/Paris.") from error
    if "languages" in given:
        given["languages"] = tuple(given["languages"].replace(",", " ").split())
    given.setdefault("name", "Guichet")
    return Organisation(colours=dict(written.get(COLOURS, {})), rehearsal=rehearsal, **given)


def _typed(key: str, text: str, data: Path) -> Any:
    """A setting's text as its type."""
    kind, text = KEYS[key], text.strip()
    try:
        if kind == "int":
            return int(text)
        if kind == "bool":
            return {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}[
                text.lower()
            ]
        if kind == "timedelta":
            return _duration(text)
    except (ValueError, KeyError) as error:
        raise SettingsError(f"{key}: {text!r} can't be used; write {REMEDIES[kind]}.") from error
    if kind == "Path":
        return data / text
    if key == "base_url":
        return text.rstrip("/")
    return (text or None) if kind == "str | None" else text


def _duration(text: str) -> timedelta:
    """Such as 90 minutes, 12 hours, 1 day, or a bare number of seconds. Raises ValueError, KeyError."""
    count, _, unit = text.partition(" ")
    return timedelta(seconds=float(count) * UNITS[unit.strip().rstrip("s")])


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, timedelta):
        return f"{value.total_seconds():.6f} seconds"
    return ", ".join(value) if isinstance(value, (tuple, list)) else str(value)


PLACES = {"keys": "keys.json", "files": "files", "outbox": "outbox"}
UNITS = {"": 1, "second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
REMEDIES = {
    "int": "a whole number",
    "bool": "yes or no",
    "timedelta": "a duration such as 90 minutes, 12 hours or 7 days",
}
KEYS = {
    one.name: str(one.type)
    for one in fields(Settings)
    if one.name not in ("data", "organisation", "tokens", "motives")
}
SECTIONS: dict[str, Any] = {
    SITE: KEYS,
    ORGANISATION: [one.name for one in fields(Organisation) if one.name not in ("colours", "rehearsal")],
    COLOURS: None,
    TOKENS: None,
    MOTIVES: None,
}
