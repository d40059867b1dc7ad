"""A scheme of sixty fields, in French and English: what the language is loaded and checked with, over and over."""

from __future__ import annotations

from statistics import median
from time import process_time

from engine.language.bundle import SCHEME, Bundle
from engine.language.loader import check_scheme

PAGES, FIELDS_OF_PAGE, RULES = 6, 10, 12
ENOUGH = 50.0  # milliseconds
_KINDS = (
    "type: money, min: 0",
    "type: yes_no",
    "type: date",
    "type: text, max_length: 80",
    "type: integer, min: 0",
)
_CONDITIONS = ("p{0}_money < {1}000", "p{0}_yes_no", "p{0}_date >= date(\"2020-01-01\") and p{0}_yes_no",
               "p{0}_integer in (1, [3..9]) or p{0}_money between 100 and {1}00")  # fmt: skip
_REST = """award:
  currency: EUR
  amount: if p1_yes_no then min(p1_money / 4, highest_grant) else min(p2_money / 8, highest_grant) / 2
workflow:
  public:
    received: {label: {fr: Reçue, en: Received}, states: [submitted]}
    decided: {label: {fr: Décision rendue, en: Decided}, states: [granted, refused]}
  states:
    draft: {label: {fr: Brouillon, en: Draft}, kind: start}
    submitted: {label: {fr: Déposée, en: Filed}}
    granted: {label: {fr: Accordée, en: Granted}, decision: granted, kind: end}
    refused: {label: {fr: Refusée, en: Refused}, decision: refused, kind: end}
  actions:
    submit: {label: {fr: Déposer la demande, en: File the application}, from: draft, to: submitted, by: applicant}
    grant: {label: {fr: Accorder, en: Grant}, from: submitted, to: granted, by: clerk, if: eligible}
    refuse: {label: {fr: Refuser, en: Refuse}, from: submitted, to: refused, by: clerk, comment: required}
"""
_HEAD = """scheme: sixty-fields
languages: [fr, en]
title: {fr: Aide mesurée, en: Measured grant}
summary: {fr: "Jusqu'à {highest_grant}.", en: "Up to {highest_grant}."}
reference: "MES-{year}-{number:04}"
contact: {email: aide@commune.example, phone: "04 50 00 00 00", hours: "9 h – 12 h"}
roles:
  clerk: {label: {fr: Mairie, en: Town hall}, may: [search, view, note, message]}
parameters:
  highest_grant: {type: money, values: [{from: 2026-01-01, is: 200}]}
form:
"""


def scheme_text() -> str:
    """The YAML of the scheme."""
    pages = "".join(_page(number) for number in range(1, PAGES + 1))
    rules = "".join(_rule(number) for number in range(RULES))
    return f"{_HEAD}{pages}eligibility:\n{rules}{_REST}"


def _page(number: int) -> str:
    lines = [f"  page{number}:", f"    title: {{fr: Page {number}, en: Page {number}}}", "    fields:"]
    for place in range(FIELDS_OF_PAGE):
        kind = _KINDS[place % len(_KINDS)]
        name = f"p{number}_{kind.removeprefix('type: ').split(',')[0]}" + (
            "_more" if place >= len(_KINDS) else ""
        )
        condition = _CONDITIONS[place % len(_CONDITIONS)].format(number, place + 1)
        when = f"when: '{condition}', " if place >= len(_KINDS) else ""
        lines.append(f"      {name}: {{{when}{kind}, label: {{fr: Question {place}, en: Question {place}}}}}")
    return "\n".join(lines) + "\n"


def _rule(number: int) -> str:
    page = number % PAGES + 1
    condition = _CONDITIONS[number % len(_CONDITIONS)].format(page, number + 1)
    told = f"{{fr: 'Il faut {{p{page}_money}} au plus.', en: 'At most {{p{page}_money}}.'}}"
    return f"  rule{number}:\n    require: '{condition}'\n    otherwise: {told}\n"


def milliseconds_each(rounds: int = 61) -> tuple[float, float]:
    """Processor time of reading, checking and compiling the scheme once: the least disturbed round, and the median."""
    bundle = Bundle({SCHEME: scheme_text()})
    times: list[float] = []
    for _ in range(rounds):
        start = process_time()
        scheme, problems = check_scheme(bundle)
        times.append((process_time() - start) * 1000)
        if scheme is None or problems:
            raise SystemExit(f"the measured scheme is faulty: {problems[:3]}")
    return min(times), median(times)
