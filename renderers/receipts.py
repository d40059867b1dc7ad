"""The receipt of a deposit: what French law wants said (CRPA, R112-5), then the answers as they were filed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from engine.asked import Reading, RowReading
from engine.kinds import Json, kind_of
from engine.kinds.kind import members, stored_rows
from engine.language.model import Field, Scheme
from engine.organisation import Organisation
from renderers import rehearsal, words
from renderers.blocks import Block, Run, blocks
from renderers.catalogues import marked, say
from renderers.channels import channel_words
from renderers.labels import said
from renderers.letters import REPRESENTED, Paper, levelled, sender
from renderers.links import Links
from renderers.snapshot import applicant_name, representative_name
from renderers.summary import computed_answer
from renderers.variables import REMEDIES, Circumstances, known

TITLE = marked("Receipt of your application %(reference)s")
ANSWERED = marked("Receipt of what you sent for application %(reference)s")
CORRECTED = marked("Receipt of your corrected application %(reference)s")
RECORDED = marked(
    "%(organisation)s received your application on %(moment)s and recorded it under this number:"
)
FILED_FOR = marked(
    "An agent of the service typed this application for you, %(channel)s, and attests having received your agreement to what it declares."
)
WHO_EXAMINES = marked("Who examines your application")
WHAT_NEXT = marked("What the law says")
REJECTED = marked(
    "If you have received no answer by the end of %(day)s, your application is deemed to be rejected on that day."
)
ACCEPTED = marked(
    "If you have received no answer by the end of %(day)s, your application is deemed to be accepted on that day."
)
SUSPENDED = marked("This time stops running while the service awaits documents or corrections from you.")
REMEDIES_TITLE = marked("If you disagree with a decision")
FOLLOW = marked("Follow your application here:")
ANSWERS = marked("Your answers")
LEFT_OUT = marked("Recorded, not printed here")
NO_ANSWER = marked("No answer")


@dataclass(frozen=True, slots=True)
class Filed:
    """A deposit: `number` 1 for the first, more for corrections; `hidden` the fields that are not printed;
    `channel` how it came in when an agent typed it; `answers` when it is what was asked for later; `silence_on` the last local day before silence speaks, None when the law says nothing of it."""

    public_id: str
    reference: str
    filed_at: datetime
    email: str
    number: int = 1
    silence_on: date | None = None
    hidden: Collection[str] = field(default_factory=frozenset)
    channel: str | None = None
    answers: bool = False


def receipt(
    scheme: Scheme, reading: Reading, filed: Filed, language: str, *, organisation: Organisation, links: Links
) -> Paper:
    """The receipt of a deposit, the same whenever it is made again."""
    around = Circumstances(scheme, language, organisation, links)
    day = organisation.local_date(filed.filed_at)
    called = ANSWERED if filed.answers else TITLE if filed.number == 1 else CORRECTED
    title = say(language, called, {"reference": filed.reference})
    body = [*_deposit(filed, around), *_law(filed, around), *_answers(reading, filed.hidden, language)]
    return Paper(
        title=rehearsal.titled(title, organisation, language),
        language=language,
        sender=sender(organisation),
        recipient=(filed.email,) if filed.email else (),
        mentions=(scheme.title.plain(language), filed.reference, *_represented(reading, language)),
        day=day,
        dated=words.day(day, language),
        body=tuple(levelled(body)),
        notice=rehearsal.notice(organisation, language),
    )


def _represented(reading: Reading, language: str) -> Iterator[str]:
    """Whom the application is for, and who makes it in their place."""
    if name := representative_name(reading):
        yield applicant_name(reading, "")
        yield say(language, REPRESENTED, {"name": name})


def _deposit(filed: Filed, around: Circumstances) -> Iterator[Block]:
    language, scheme, organisation = around.language, around.scheme, around.organisation
    moment = words.moment(filed.filed_at, language, organisation.zone)
    yield _paragraph(say(language, RECORDED, {"organisation": organisation.name, "moment": moment}))
    yield {"kind": "reference", "text": filed.reference}
    if channel := channel_words(filed.channel, language):
        yield _paragraph(say(language, FILED_FOR, {"channel": channel}))
    link = around.links.tracking(filed.public_id)
    yield {"kind": "paragraph", "runs": [_run(say(language, FOLLOW) + " "), {"text": link, "link": link}]}
    yield _heading(say(language, WHO_EXAMINES), 2)
    contact = scheme.contact
    lines = (
        organisation.name,
        *organisation.address.splitlines(),
        contact.email,
        contact.phone,
        contact.hours,
    )
    yield {"kind": "paragraph", "runs": _lines(line for line in lines if line)}


def _law(filed: Filed, around: Circumstances) -> Iterator[Block]:
    language, silence = around.language, around.scheme.legal.silence
    if silence is not None and filed.silence_on is not None:
        said = REJECTED if silence.outcome == "rejection" else ACCEPTED
        yield _heading(say(language, WHAT_NEXT), 2)
        yield _paragraph(say(language, said, {"day": words.day(filed.silence_on, language)}))
        yield _paragraph(say(language, SUSPENDED))
    remedies = known(_values(filed, around), around).get(REMEDIES)
    if remedies is not None:
        yield _heading(say(language, REMEDIES_TITLE), 2)
        yield from blocks(str(remedies))


def _values(filed: Filed, around: Circumstances) -> Mapping[str, Any]:
    """The snapshot the remedies are filled in with: nothing has been decided yet."""
    return {
        **dict.fromkeys(("decided_on", "deadline_on", "amount", "reason")),
        "reference": filed.reference,
        "public_id": filed.public_id,
        "applicant": filed.email,
        "email": filed.email,
        "filed_on": around.organisation.local_date(filed.filed_at).isoformat(),
        "silence_on": filed.silence_on.isoformat() if filed.silence_on else None,
        "currency": around.organisation.currency,
        "comment": "",
        "reasons": (),
        "fields_to_correct": (),
        "answers": {},
        "form": {},
    }


def _answers(reading: Reading, hidden: Collection[str], language: str) -> Iterator[Block]:
    yield _heading(say(language, ANSWERS), 2)
    kept = reading.kept()
    reading = replace(reading, values={**reading.values, **dict.fromkeys(hidden)})  # in no label either
    for asked in reading.pages:
        yield _heading(said(asked.page.title, reading, language), 3)
        pairs = [
            pair for one in asked.fields for pair in _pairs(reading, one, kept.get(one.id), hidden, language)
        ]
        yield {"kind": "answers", "pairs": pairs}


def _pairs(
    reading: Reading, asked: Field, answer: Json | None, hidden: Collection[str], language: str
) -> Iterator[dict[str, Any]]:
    """What was answered to one question; a table gives a pair for each row's answers."""
    label = said(asked.label, reading, language)
    if not asked.fields or answer is None or asked.id in hidden:
        yield {"label": label, "lines": _told(asked, answer, hidden, language)}
        return
    yield from _row_pairs(reading, asked, reading.rows(asked.id), answer, hidden, language, label)


def _row_pairs(
    reading: Reading,
    asked: Field,
    rows: Iterable[RowReading],
    answer: Json | None,
    hidden: Collection[str],
    language: str,
    label: str,
) -> Iterator[dict[str, Any]]:
    """A pair for each answer in these rows; those of rows in them bear the name of both."""
    for row, given in zip(rows, stored_rows(asked, answer), strict=False):
        place = asked.lines[row.line].label.plain(language) if row.line else row.index + 1
        for inner in row.fields if not row.line or given else ():
            values = {**row.values, **dict.fromkeys(hidden)}
            own = said(inner.label, reading, language, values)
            cell, named = members(given).get(inner.id), f"{label} {place} – {own}"
            if inner.id in row.inner and inner.id not in hidden:
                below = row.rows(inner.id)
                yield from _row_pairs(reading, inner, below, cell, hidden, language, named)
            else:
                yield {"label": named, "lines": _told(inner, cell, hidden, language)}
        for one in row.computed:
            if one.id not in hidden and (text := computed_answer(one, row.values[one.id], language)):
                named = said(one.label, reading, language)
                yield {"label": f"{label} {place} – {named}", "lines": [text]}


def _told(asked: Field, answer: Any, hidden: Collection[str], language: str) -> list[str]:
    """What was answered, line by line."""
    if asked.id in hidden:
        text = say(language, LEFT_OUT)
    elif answer is None:
        text = say(language, NO_ANSWER)
    else:
        text = words.standalone(kind_of(asked).printed(asked, answer, language), language)
    return text.splitlines()


def _run(text: str) -> Run:
    return {"text": text}


def _lines(lines: Iterable[str]) -> list[Run]:
    runs: list[Run] = []
    for line in lines:
        runs += [{"break": True}] if runs else []
        runs.append(_run(line))
    return runs


def _paragraph(text: str) -> Block:
    return {"kind": "paragraph", "runs": [_run(text)]}


def _heading(text: str, level: int) -> Block:
    return {"kind": "heading", "level": level, "runs": [_run(text)]}
