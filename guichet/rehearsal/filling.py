"""Filling in one page of a form as it is shown: rows added and removed by its buttons, controls, documents, a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

from authoring.samples import Sample
from engine.kinds import Json, kind_of
from engine.kinds.kind import items, members
from engine.language import Scheme
from engine.language.model import Field
from engine.language.model import Page as FormPage
from guichet.rehearsal.browser import Browser, Page, Unexpected
from guichet.rehearsal.documents import document

Answers = Mapping[str, Sequence[str]]
TYPED = frozenset(
    ("text", "long_text", "integer", "decimal", "money", "date", "time", "date_time", "year", "siret", "siren", "rna", "vat", "nir", "iban", "bic", "person",
     "address", "postal_code", "commune", "email", "phone", "url")
)  # fmt: skip
MOST_ROWS = 200


def page_at(scheme: Scheme, place: str) -> FormPage:
    """The page an address ends with; one asked for each row of a repeat (`school-2`) holds that repeat."""
    found = scheme.form[place.partition("-")[0]]
    return replace(found, fields={found.for_each: scheme.fields[found.for_each]}) if found.for_each else found


def row_at(place: str) -> int | None:
    """The row such a page is about, from 0; None for any other page."""
    number = place.partition("-")[2]
    return int(number) - 1 if number else None


def with_rows(browser: Browser, page: Page, form: FormPage, sample: Sample, row: int | None = None) -> Page:
    """The page once each of its repeats has as many rows as are to be filled in."""
    for one in form.fields.values():
        if one.kind == "repeat" and row is not None:
            typed = members(items(sample.answers.get(one.id))[row])
            for inner in (inner for inner in one.fields.values() if inner.kind == "repeat"):
                name = f"{one.id}-{row}-{inner.id}"
                page = _with_rows(browser, page, inner, name, typed.get(inner.id))
        elif one.kind == "repeat":
            page = _with_rows(browser, page, one, one.id, sample.answers.get(one.id))
    return page


def _with_rows(browser: Browser, page: Page, repeat: Field, name: str, answer: Json) -> Page:
    """The page once a repeat has its rows, and each of them the rows in it; `name` begins the names of its controls."""
    page = _rows(browser, page, name, len(items(answer)))
    for number, row in enumerate(items(answer)):
        for inner in repeat.fields.values():
            if inner.kind == "repeat":
                here = f"{name}-{number}-{inner.id}"
                page = _with_rows(browser, page, inner, here, members(row).get(inner.id))
    return page


def answers_on(page: Page, form: FormPage, sample: Sample) -> Answers:
    """What is typed and ticked, by control."""
    found: dict[str, Sequence[str]] = {}
    for one in form.fields.values():
        if one.id in sample.answers and one.kind != "file":
            controls = kind_of(one).raw(one, sample.answers[one.id])
            found |= {one.id + suffix: values for suffix, values in controls.items()}
    return found


def files_on(
    page: Page, form: FormPage, sample: Sample, sent: set[str]
) -> Sequence[tuple[str, str, str, bytes]]:
    """The documents the page asks for that were not sent yet; notes in `sent` that they are."""
    return [made for one in form.fields.values() for made in _documents(page, one, sample, sent)]


def slip(random: Random, form: FormPage, answers: Answers) -> Answers | None:
    """The same answers with a required one left blank; None when the page has none to leave."""
    owed = [one.id for one in form.fields.values() if one.kind in TYPED and not one.optional]
    able = sorted(name for name in answers if re.split("-", name)[0] in owed and any(answers[name]))
    return {**answers, random.choice(able): [""]} if able else None


def _rows(browser: Browser, page: Page, name: str, wanted: int) -> Page:
    for _ in range(MOST_ROWS):
        form = page.form(page.path)
        shown = sum(
            1 for one in form.inputs if one.name and re.fullmatch(rf"{re.escape(name)}-\d+", one.name)
        )
        if shown == wanted or not (shown or page.tree.xpath(f"//button[@value='{name}']")):
            return page
        press = ("_add", name) if shown < wanted else ("_remove", f"{name}-{shown - 1}")
        page = browser.submit(page, form, {}, press=press)
        if page.status == 422:
            raise Unexpected(f"{page.title()}: {'; '.join(page.problems())}")
    raise Unexpected(f"{page.path}: {name} never gets its {wanted} rows")


def _documents(
    page: Page, field: Field, sample: Sample, sent: set[str]
) -> Iterator[tuple[str, str, str, bytes]]:
    shown = page.tree.xpath(f"//input[@type='file' and @name='{field.id}']")
    if field.kind != "file" or field.id in sent or not shown:
        return
    for number, _ in enumerate(items(sample.answers.get(field.id)), start=1):
        made = document(field, number)
        if made is None:
            raise Unexpected(f"{page.path}: {field.id} takes no format that is at hand (PDF, PNG)")
        sent.add(field.id)
        yield made
