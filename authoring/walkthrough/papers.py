"""The mails and letters a walk produced: which ones, in order, and what their texts say."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import TemplateError

from authoring.walkthrough.dossier import Paper
from authoring.walkthrough.expected import contains
from authoring.walkthrough.wording import Told, told
from engine.language.model import Sent
from renderers import blocks, letters, mails
from renderers.links import Links
from renderers.snapshot import snapshot
from renderers.texts.writing import TextTooLong

SHOWN = 400  # characters of a text that lacks a phrase


def differences(
    wanted: tuple[Sent, ...], papers: list[Paper], kind: str
) -> Iterator[tuple[int | None, Told]]:
    """What isn't as expected of the mails, or of the letters; with the number of the one it is about."""
    found = [paper for paper in papers if paper.kind == kind]
    names = [paper.name for paper in found]
    if [one.name for one in wanted] != names:
        code = "mails" if kind == "mail" else "letters"
        yield None, told(code, wanted=[one.name for one in wanted], found=names)
        return
    for number, (one, paper) in enumerate(zip(wanted, found, strict=True)):
        if one.says:
            yield from ((number, problem) for problem in _lacking(one, paper))


def _lacking(wanted: Sent, paper: Paper) -> Iterator[Told]:
    try:
        text = printed(paper)
    except (
        TemplateError,
        TextTooLong,
        ArithmeticError,
        TypeError,
    ) as error:  # whatever a template stumbles on
        yield told("text_fails", name=paper.name, error=str(error))
        return
    for phrase in wanted.says:
        if not contains(text, phrase):
            shown = text if len(text) <= SHOWN else text[:SHOWN] + "…"
            yield told(f"{paper.kind}_lacks", name=paper.name, phrase=phrase, text=shown)


def printed(paper: Paper) -> str:
    """The whole text of a mail or a letter, its subject first, in one line."""
    moment = paper.moment
    scheme, organisation = moment.reading.scheme, moment.reading.organisation
    values, links = snapshot(moment), Links("https://essai.example")
    if paper.kind == "mail":
        mail = mails.mail(scheme, paper.name, moment.language, values, organisation=organisation, links=links)
        return " ".join(f"{mail.subject} {mail.text}".split())
    letter = letters.letter(
        scheme,
        paper.name,
        moment.language,
        values,
        organisation=organisation,
        links=links,
        today=organisation.local_date(moment.reading.now),
    )
    return " ".join(f"{letter.title} {blocks.plain(letter.body)}".split())
