"""Figures, days and spans as each language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.language.spans import Span
from engine.words import Printed
from renderers import words
from renderers.figure_tables import table

NARROW, NO_BREAK = "\u202f", "\u00a0"
PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("value", "type_name", "french", "english"),
    [
        ("52000.00", "money", f"52{NARROW}000{NO_BREAK}€", "€52,000"),
        ("1250.5", "money", f"1{NARROW}250,50{NO_BREAK}€", "€1,250.50"),
        ("-2", "money", f"-2{NO_BREAK}€", "-€2"),
        ("40", "percentage", f"40{NARROW}%", "40%"),
        ("33.3333", "percentage", f"33,3333{NARROW}%", "33.3333%"),
        ("1234567", "integer", f"1{NARROW}234{NARROW}567", "1,234,567"),
        ("0.10", "number", "0,1", "0.1"),
        ("2020-03-01", "date", "1er mars 2020", "1 March 2020"),
        ("2020-03-14", "date", "14 mars 2020", "14 March 2020"),
        ("2020-03-11", "date", "11 mars 2020", "11 March 2020"),
        (True, "boolean", "oui", "yes"),
        (False, "boolean", "non", "no"),
        (None, "money", "non renseigné", "not given"),
        ("P2M", "duration", "2 mois", "2 months"),
        ("P1Y", "duration", "1 an", "1 year"),
        ("90 days, 0:00:00", "duration", "90 jours", "90 days"),
        (["a", "b", "c"], "list", "a, b et c", "a, b and c"),
        ("Café", "choice", "Café", "Café"),
        ("not a figure", "money", "not a figure", "not a figure"),
        ("2020-02-31", "date", "2020-02-31", "2020-02-31"),
    ],
)
def test_value_is_printed_by_its_type(value, type_name, french, english):
    assert words.printed(Printed(value, type_name), "fr") == french
    assert words.printed(Printed(value, type_name), "en") == english


@pytest.mark.parametrize(
    ("octets", "french", "english"),
    [
        (1, "1 ko", "1 kB"),
        (12_400, "12 ko", "12 kB"),
        (2_450_000, "2,4 Mo", "2.4 MB"),
        (20_000_000, "20 Mo", "20 MB"),
    ],
)
def test_size_of_a_document_reads_well(octets, french, english):
    assert words.size(octets, "fr") == french
    assert words.size(octets, "en") == english


@pytest.mark.parametrize(
    ("span", "french", "english"),
    [
        (Span(15, "working days"), "15 jours ouvrés", "15 working days"),
        (Span(1, "working days"), "1 jour ouvré", "1 working day"),
        (Span(2, "months"), "2 mois", "2 months"),
        (Span(2, "years"), "2 ans", "2 years"),
        (Span(1, "hours"), "1 heure", "1 hour"),
    ],
)
def test_span_takes_its_plural(span, french, english):
    assert words.span(span, "fr") == french
    assert words.span(span, "en") == english


def test_instant_is_told_in_the_local_zone():
    instant = datetime(2020, 2, 29, 23, 5, tzinfo=UTC)
    assert words.moment(instant, "fr", PARIS) == f"1er mars 2020 à 0{NO_BREAK}h{NO_BREAK}05"
    assert words.moment(instant, "en", PARIS) == "1 March 2020 at 00:05"


def test_phrase_writes_out_its_values():
    phrase = ("Votre revenu (", Printed("52000.00", "money"), ") dépasse le plafond.")
    assert words.phrase(phrase, "fr") == f"Votre revenu (52{NARROW}000{NO_BREAK}€) dépasse le plafond."


def test_unknown_language_is_written_as_in_french():
    assert words.day(date(2020, 3, 1), "xx") == "1er mars 2020"
    assert words.money(Decimal(1), "xx") == f"1{NO_BREAK}€"


def test_amounts_of_a_column_are_all_written_alike():
    rows = [("a", Decimal("1884.60")), ("b", Decimal(748)), ("c", None)]
    mixed = table("Step", "Amount", rows, "fr", currency="EUR", too_few="peu")
    assert [line.said for line in mixed.lines] == ["1\u202f884,60\u00a0€", "748,00\u00a0€", "peu"]
    round_ones = table("Step", "Amount", rows[1:], "fr", currency="EUR", too_few="peu")
    assert [line.said for line in round_ones.lines] == ["748\u00a0€", "peu"]
