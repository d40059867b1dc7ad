"""The nominative statement of a payment batch, for the public accountant: who is paid how much, on which account."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from engine.kinds import iban
from engine.organisation import Organisation
from renderers import rehearsal, words
from renderers.catalogues import marked, say
from renderers.letters import Paper, sender
from renderers.words.figures import NO_BREAK, has_cents, money

TITLE = marked("Nominative statement, payment batch %(number)s")
HEADS = (
    marked("Dossier"),
    marked("Beneficiary"),
    marked("Object"),
    marked("IBAN"),
    marked("Amount"),
)
TOTAL = marked("Total: %(count)s payments, %(sum)s")
MADE = marked("Prepared by %(prepared)s, validated by %(validated)s on %(day)s.")
INERT = "=+-@\t\r"  # what a spreadsheet would take for a formula


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One payment."""

    reference: str
    name: str
    about: str
    iban: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    """A batch as the accountant reads it; `validated_at` is the instant it was frozen."""

    number: int
    title: str
    currency: str
    prepared_by: str
    validated_by: str
    validated_at: datetime
    lines: Sequence[StatementLine]


def as_csv(found: Statement, language: str) -> bytes:
    """UTF-8 with a mark, semicolons and decimal commas, as French spreadsheets open it; formulas are inert."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([say(language, head) for head in HEADS])
    for one in found.lines:
        amount = f"{one.amount:.2f}".replace(".", ",")
        writer.writerow([inert(one.reference), inert(one.name), inert(one.about), one.iban, amount])
    return text.getvalue().encode("utf-8-sig")


def as_paper(found: Statement, language: str, organisation: Organisation) -> Paper:
    """The same on paper, with its total and who made it."""
    day: date = organisation.local_date(found.validated_at)
    title = say(language, TITLE, {"number": found.number})
    total = sum((one.amount for one in found.lines), Decimal(0))
    counted = {"count": len(found.lines), "sum": money(total, language, found.currency)}
    said = {"prepared": found.prepared_by, "validated": found.validated_by, "day": words.day(day, language)}
    cents = has_cents(one.amount for one in found.lines)
    rows = [[_runs(say(language, head)) for head in HEADS]]
    rows += [
        [
            _runs(text)
            for text in (
                one.reference,
                one.name,
                one.about,
                iban.shown(one.iban).replace(" ", NO_BREAK),
                money(one.amount, language, found.currency, cents=cents),
            )
        ]
        for one in found.lines
    ]
    body = (
        {"kind": "table", "rows": rows, "amounts": True},
        {"kind": "paragraph", "runs": [{"text": say(language, TOTAL, counted), "strong": True}]},
        {"kind": "paragraph", "runs": _runs(say(language, MADE, said))},
    )
    return Paper(
        title=rehearsal.titled(title, organisation, language),
        language=language,
        sender=sender(organisation),
        recipient=(),
        mentions=(found.title,),
        day=day,
        dated=words.day(day, language),
        body=body,
        notice=rehearsal.notice(organisation, language),
    )


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] and text[0] in INERT else text


def _runs(text: str) -> list[dict[str, str]]:
    return [{"text": text}]
