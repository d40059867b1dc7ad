"""A scheme's form as one paper: how to send it, each page of questions, the documents, the signature, the mentions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.language.form_model import asked_on
from engine.language.model import Expression, Field, Page, Scheme
from engine.organisation import Organisation
from renderers import rehearsal, words
from renderers.blocks import Block
from renderers.catalogues import marked, say
from renderers.letters import Paper, sender
from renderers.paper_form.asks import asks
from renderers.paper_form.conditions import in_words
from renderers.paper_form.holes import on_paper

TITLE = marked("Application form: %(title)s")
HOW = marked(
    "Fill this form in with a pen, in capital letters, then send it with the documents asked for to:"
)
FOR_EACH = marked("Fill this part in once for each line of “%(label)s”, on a copy of this sheet if need be.")
ONLINE = marked("It is faster online, without an account: %(link)s")
OPEN_TO = marked("It must arrive by %(day)s at the latest.")
REQUIRED = marked("All is to be answered, but what is marked “optional”.")
ONLY_IF = marked("Only if %(condition)s.")
SOME = marked("This concerns some situations only: ask us if in doubt.")
EMAIL, NEWS = (
    marked("Your e-mail address, if you have one"),
    marked("The news of your application is sent there."),
)
OPTIONAL = marked("(optional)")
RESERVED = marked("Reserved for the service: number and day of arrival")
SIGNATURE = marked("Signature")
SIGNED_AT, SIGNED_ON = marked("Done at"), marked("On")
SIGN_HERE = marked("Signature of the applicant")
YOUR_DATA = marked("Your personal data")
PURPOSE = marked("What your answers are for:")
CONTACT = marked("To see, correct or erase your data, write to %(contact)s.")


def paper_form(scheme: Scheme, language: str, *, organisation: Organisation, link: str, today: date) -> Paper:
    """The blank form of a scheme; `link` is where it is filled in online, `today` the day it is printed (local)."""
    return Paper(
        title=rehearsal.titled(
            say(language, TITLE, {"title": scheme.title.plain(language)}), organisation, language
        ),
        language=language,
        sender=sender(organisation),
        recipient=(),
        mentions=(scheme.title.plain(language),),
        day=today,
        dated=words.day(today, language),
        body=tuple(_body(scheme, language, organisation, link)),
        notice=rehearsal.notice(organisation, language),
    )


def _body(scheme: Scheme, language: str, organisation: Organisation, link: str) -> Iterator[Block]:
    yield {"kind": "reserved", "label": say(language, RESERVED)}
    yield from _how(scheme, language, organisation, link)
    yield {
        "kind": "question",
        "label": say(language, EMAIL),
        "says_itself": False,
        "notes": [say(language, NEWS)],
        "asks": [{"kind": "line", "label": "", "unit": ""}],
    }
    for page in (one for one in scheme.form.values() if not one.later):
        yield from _page(page, scheme, language)
    yield _heading(say(language, SIGNATURE))
    yield {
        "kind": "signature",
        "at": say(language, SIGNED_AT),
        "on": say(language, SIGNED_ON),
        "here": say(language, SIGN_HERE),
    }
    yield from _mentions(scheme, language, organisation)


def _how(scheme: Scheme, language: str, organisation: Organisation, link: str) -> Iterator[Block]:
    yield _paragraph(say(language, HOW))
    contact = scheme.contact
    lines = [
        organisation.name,
        *organisation.address.splitlines(),
        contact.email,
        contact.phone,
        contact.hours,
    ]
    runs: list[dict[str, object]] = []
    for line in filter(None, lines):
        runs += [{"break": True}] if runs else []
        runs.append({"text": line})
    yield {"kind": "paragraph", "runs": runs}
    if scheme.calendar.closes is not None:
        yield _paragraph(say(language, OPEN_TO, {"day": words.day(scheme.calendar.closes, language)}))
    yield _paragraph(say(language, REQUIRED))
    if link:
        yield _paragraph(say(language, ONLINE, {"link": link}))


def _page(page: Page, scheme: Scheme, language: str) -> Iterator[Block]:
    yield _heading(on_paper(page.title, scheme, language))
    if page.when is not None:
        yield {
            "kind": "paragraph",
            "runs": [{"text": _condition(page.when, scheme, language), "emphasis": True}],
        }
    if page.help is not None:
        yield _paragraph(on_paper(page.help, scheme, language))
    first = {section.fields[0]: section for section in page.sections.values()}
    if page.for_each:
        label = scheme.fields[page.for_each].label.plain(language)
        yield {
            "kind": "paragraph",
            "runs": [{"text": say(language, FOR_EACH, {"label": label}), "emphasis": True}],
        }
    for field in asked_on(page, scheme.fields):
        if (section := first.get(field.id)) is not None:
            yield _heading(on_paper(section.title, scheme, language), 3)
            yield from [_paragraph(on_paper(section.help, scheme, language))] if section.help else []
        yield from _notes(page, field.id, scheme, language)
        if field.value is None:
            yield _question(field, scheme, language)
    yield from _notes(page, "", scheme, language)


def _notes(page: Page, before: str, scheme: Scheme, language: str) -> Iterator[Block]:
    """What is said before a field; a figure shown alone, which nobody knows on paper, is left out."""
    for note in page.notes.values():
        if note.before != before or note.value is not None:
            continue
        said = on_paper(note.text, scheme, language)
        if note.when is not None:
            when = {"text": f"{_condition(note.when, scheme, language)} ", "emphasis": True}
            yield {"kind": "paragraph", "runs": [when, {"text": said}]}
        else:
            yield _paragraph(said)


def _question(field: Field, scheme: Scheme, language: str) -> Block:
    notes = [_condition(field.when, scheme, language)] if field.when is not None else []
    notes += [on_paper(field.help, scheme, language)] if field.help is not None else []
    label = on_paper(field.label, scheme, language)
    return {
        "kind": "question",
        "label": f"{label} {say(language, OPTIONAL)}" if field.optional else label,
        "says_itself": field.kind == "consent",
        "notes": notes,
        "asks": asks(field, language),
    }


def _condition(condition: Expression, scheme: Scheme, language: str) -> str:
    told = in_words(condition, scheme, language)
    return say(language, SOME) if told is None else say(language, ONLY_IF, {"condition": told})


def _mentions(scheme: Scheme, language: str, organisation: Organisation) -> Iterator[Block]:
    contact = organisation.privacy_contact or organisation.email or scheme.contact.email
    if scheme.privacy.purpose is None and not contact:
        return
    yield _heading(say(language, YOUR_DATA))
    if scheme.privacy.purpose is not None:
        yield _paragraph(f"{say(language, PURPOSE)} {scheme.privacy.purpose.plain(language)}")
    if contact:
        yield _paragraph(say(language, CONTACT, {"contact": contact}))


def _heading(text: str, level: int = 2) -> Block:
    return {"kind": "heading", "level": level, "runs": [{"text": text}]}


def _paragraph(text: str) -> Block:
    return {"kind": "paragraph", "runs": [{"text": text}]}
