"""Papers: decision letters written by the scheme, and the receipt of a deposit. Data here; typeset by `renderers.pdf`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.language.expressions import held
from engine.language.model import Scheme
from engine.organisation import Organisation
from renderers import pages, rehearsal, words
from renderers.blocks import Block, blocks
from renderers.catalogues import marked, say
from renderers.links import Links
from renderers.texts import written
from renderers.variables import Circumstances, Values, known, source_of

NUMBERED = marked("Letter no. %(number)s")
REPRESENTED = marked("represented by %(name)s")


@dataclass(frozen=True, slots=True)
class Paper:
    """What is put on paper.

    `sender`: the organisation's name, then its address and how to reach it; `recipient`: the applicant's name and
    address; `mentions`: the reference and the like; `dated`: the day, written; `day`: the same, for the PDF's data;
    `notice`: what stands above every page, "" for nothing.
    """

    title: str
    language: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    mentions: tuple[str, ...]
    day: date
    dated: str
    body: Sequence[Block]
    notice: str = ""


def letter(
    scheme: Scheme,
    name: str,
    language: str,
    values: Values,
    *,
    organisation: Organisation,
    links: Links,
    today: date,
    number: str = "",
) -> Paper:
    """A letter of the scheme (texts/NAME.LANGUAGE.md), from the snapshot of the act; `number`: what it is filed under.

    Raises KeyError for a text the scheme doesn't have, jinja2.TemplateError for one that doesn't hold.
    """
    around = Circumstances(scheme, language, organisation, links)
    found = written(source_of(scheme, name, language), known(values, around), language)
    return Paper(
        title=rehearsal.titled(held(found.subject, language), organisation, language),
        language=language,
        sender=sender(organisation),
        recipient=recipient(values, language),
        mentions=(f"{scheme.title.plain(language)}", str(values["reference"]), *_numbered(number, language)),
        day=today,
        dated=words.day(today, language),
        body=tuple(levelled(blocks(found.body))),
        notice=rehearsal.notice(organisation, language),
    )


def _numbered(number: str, language: str) -> tuple[str, ...]:
    return (say(language, NUMBERED, {"number": number}),) if number else ()


def recipient(values: Values, language: str) -> tuple[str, ...]:
    """Whom a letter is for: the applicant, and who applies in their place."""
    name = values.get("representative")
    represented = say(language, REPRESENTED, {"name": name}) if name else ""
    return tuple(line for line in (values["applicant"], represented, values["email"]) if line)


def sender(organisation: Organisation) -> tuple[str, ...]:
    """The organisation's name, then the lines under it."""
    lines = (*organisation.address.splitlines(), organisation.phone, organisation.email)
    return (organisation.name, *(line.strip() for line in lines if line.strip()))


def levelled(found: Sequence[Block]) -> list[Block]:
    """The blocks with headings that begin at 2 and skip no level, as the title is the only heading of level 1."""
    level, made = 1, []
    for block in found:
        if block["kind"] == "heading":
            level = min(max(2, block["level"]), level + 1, 6)
            block = {**block, "level": level}
        made.append(block)
    return made


def html(paper: Paper) -> str:
    """The paper as a page of its own, to be looked at before it leaves."""
    return pages.render("letters/paper.html", paper.language, paper=paper)
