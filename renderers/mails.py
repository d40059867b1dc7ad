"""Mails: those a scheme writes (texts/NAME.LANGUAGE.md) and the house's own, each as plain text and as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from engine.language.model import Scheme
from engine.organisation import Organisation
from renderers import blocks, pages, rehearsal, words
from renderers.catalogues import SOURCE_LANGUAGE
from renderers.links import Links
from renderers.office_links import OfficeLinks
from renderers.texts import TEXT, Shape, Written, fragment, written
from renderers.texts.markdown import linked
from renderers.variables import Circumstances, Values, known, source_of

FOLDER = pages.TEMPLATES / "mails"


@dataclass(frozen=True, slots=True)
class Mail:
    """What is sent: the subject on one line, the same words as plain text and as HTML."""

    subject: str
    text: str
    html: str


def mail(
    scheme: Scheme, name: str, language: str, values: Values, *, organisation: Organisation, links: Links
) -> Mail:
    """A mail of the scheme, from the snapshot of the act (see `renderers.variables.known`).

    Raises KeyError for a text the scheme doesn't have, jinja2.TemplateError for one that doesn't hold.
    """
    around = Circumstances(scheme, language, organisation, links)
    found = written(source_of(scheme, name, language), known(values, around), language)
    return _made(found, language, organisation)


def message(
    scheme: Scheme, name: str, language: str, values: Values, *, organisation: Organisation, links: Links
) -> str:
    """A message written beforehand, as plain text to be changed before it is sent. Raises as `mail`."""
    around = Circumstances(scheme, language, organisation, links)
    found = fragment(source_of(scheme, name, language), known(values, around), language)
    return blocks.plain(blocks.blocks(found))


# The house's own mails: where their link leads, from the values given ("application", "office", "link",
# "password", "opinion", "home").
PLATFORM: Mapping[str, str] = {
    "sign_in_link": "link",
    "resume_link": "link",
    "code_locked": "link",
    "invitation": "password",
    "new_password": "password",
    "reminder": "application",
    "new_message": "application",
    "staff_message": "office",
    "warning": "office",
    "silence": "office",
    "party_invitation": "link",
    "party_declined": "application",
    "sign_again": "application",
    "part_reopened": "application",
    "account_refused": "application",
    "signature_code": "application",
    "opinion_asked": "opinion",
    "opinion_reminder": "opinion",
    "opinion_called_off": "home",
    "opinion_received": "office",
    "figures": "figures",
}
FIGURES = ("first", "last", "filed", "going_on", "decided", "median", "granted", "paid", "due")
PLATFORM_VARIABLES: Mapping[str, Shape] = dict.fromkeys(
    (
        "organisation",
        "link",
        "reference",
        "title",
        "deadline_on",
        "on",
        "organisation_email",
        "code",
        *FIGURES,
    ),
    TEXT,
)


def platform(
    name: str,
    language: str,
    values: Mapping[str, Any],
    *,
    organisation: Organisation,
    links: Links,
    scheme: Scheme | None = None,
) -> Mail:
    """One of the house's own mails: that there is something to read or to do, and where.

    `values`: `token` for a link; `code` of a signature; `reference` and `public_id` of the dossier, `deadline_on` and `on` (ISO dates) where
    they are known. Raises KeyError for a name that isn't in PLATFORM, or a value its link needs.
    """
    found = {
        "organisation": organisation.name,
        "organisation_email": linked(organisation.email),
        "link": linked(_address(PLATFORM[name], values, links, scheme)),
        "code": values.get("code"),
        "reference": values.get("reference"),
        "title": scheme.title.plain(language) if scheme else values.get("title"),
        "deadline_on": _day(values.get("deadline_on"), language),
        "on": _day(values.get("on"), language),
        **_figures(values, language),
    }
    return _made(written(platform_source(name, language), found, language), language, organisation)


def _figures(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The figures of a morning, as they are read."""
    days = {name: _day(values.get(name), language) for name in ("first", "last")}
    return {name: values.get(name) for name in FIGURES} | days


@cache
def platform_source(name: str, language: str) -> str:
    """The text of one of the house's own mails, in English when the language has none."""
    own = FOLDER / f"{name}.{language}.md"
    return (own if own.exists() else FOLDER / f"{name}.{SOURCE_LANGUAGE}.md").read_text(encoding="utf-8")


def _address(target: str, values: Mapping[str, Any], links: Links, scheme: Scheme | None) -> str:
    if target == "link":
        return links.link(values["token"])
    if target == "opinion":
        return links.opinion(values["token"])
    if target == "home":
        return links.home()
    if target == "password":
        return OfficeLinks(links.base_url).choose_password(values["token"])
    if target == "figures":
        return OfficeLinks(links.base_url).figures(scheme.id if scheme else values["slug"])
    if target == "application":
        return links.tracking(values["public_id"])
    return links.office_dossier(scheme.id, values["public_id"]) if scheme else links.office()


def _day(value: str | None, language: str) -> str | None:
    return None if value is None else words.day(date.fromisoformat(value), language)


def _made(found: Written, language: str, organisation: Organisation) -> Mail:
    subject = rehearsal.titled(found.subject, organisation, language)
    notice = rehearsal.notice(organisation, language)
    html = pages.render(
        "mails/mail.html",
        language,
        subject=subject,
        notice=notice,
        body=blocks.html(found.body),
        organisation=organisation,
    )
    text = blocks.plain(blocks.blocks(found.body))
    above = f"{notice}\n\n" if notice else ""
    return Mail(subject, f"{above}{text}\n\n-- \n{organisation.name}\n", html)
