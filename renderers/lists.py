"""A list of decisions on paper: what was signed, line by line, with its figures. No name stands on it: it is kept longer than
the dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from engine.language.model import Scheme
from engine.organisation import Organisation
from renderers import rehearsal, words
from renderers.blocks import Block
from renderers.catalogues import count, marked, plural, say
from renderers.letters import Paper, sender

TITLE = marked("List of decisions %(number)s: %(action)s")
PREPARED = marked("Prepared by %(who)s on %(at)s.")
SIGNED = marked("Signed by %(who)s on %(at)s, as one act over all the lines below.")
LINES = plural("%(num)s decision", "%(num)s decisions")
TOTAL = marked("Total: %(amount)s")
HEADS = (marked("No."), marked("Dossier"), marked("Decision"), marked("Amount"))


@dataclass(frozen=True, slots=True)
class SignedLine:
    """One decision: the dossier's reference, what it grants."""

    reference: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Signed:
    """A list as it was signed; `action` is the id of the action decided on each line."""

    scheme: Scheme
    action: str
    number: str
    prepared_by: str
    prepared_at: datetime
    signed_by: str
    signed_at: datetime
    lines: tuple[SignedLine, ...]


def list_of_decisions(signed: Signed, organisation: Organisation) -> Paper:
    """The paper, in the scheme's first language."""
    language, day = signed.scheme.languages[0], organisation.local_date(signed.signed_at)
    label = signed.scheme.workflow.actions[signed.action].label.plain(language)
    title = say(language, TITLE, {"number": signed.number, "action": label})
    return Paper(
        title=rehearsal.titled(title, organisation, language),
        language=language,
        sender=sender(organisation),
        recipient=(),
        mentions=(signed.scheme.title.plain(language), signed.number),
        day=day,
        dated=words.day(day, language),
        body=tuple(_body(signed, organisation, language)),
        notice=rehearsal.notice(organisation, language),
    )


def _body(signed: Signed, organisation: Organisation, language: str) -> Iterator[Block]:
    zone = organisation.zone
    for said, who, at in (
        (PREPARED, signed.prepared_by, signed.prepared_at),
        (SIGNED, signed.signed_by, signed.signed_at),
    ):
        yield _paragraph(say(language, said, {"who": who, "at": words.moment(at, language, zone)}))
    amounts = [line.amount for line in signed.lines if line.amount is not None]
    figures = [count(language, *LINES, len(signed.lines), {"num": len(signed.lines)})]
    if amounts:
        figures.append(say(language, TOTAL, {"amount": _money(sum(amounts, Decimal(0)), signed, language)}))
    yield _paragraph(" · ".join(figures))
    rows = [_cells(row) for row in _rows(signed, bool(amounts), language)]
    yield {"kind": "table", "rows": rows, "amounts": bool(amounts)}


def _rows(signed: Signed, with_amounts: bool, language: str) -> Iterator[list[str]]:
    workflow = signed.scheme.workflow
    decision = workflow.states[workflow.actions[signed.action].to].label.plain(language)
    heads = [say(language, head) for head in HEADS]
    yield heads if with_amounts else heads[:-1]
    for place, line in enumerate(signed.lines, 1):
        row = [str(place), line.reference, decision]
        if with_amounts:
            row.append("–" if line.amount is None else _money(line.amount, signed, language))
        yield row


def _money(amount: Decimal, signed: Signed, language: str) -> str:
    award = signed.scheme.award
    return words.money(amount, language, award.currency if award else "EUR")


def _cells(row: list[str]) -> list[list[dict[str, str]]]:
    return [[{"text": text}] for text in row]


def _paragraph(text: str) -> Block:
    return {"kind": "paragraph", "runs": [{"text": text}]}
