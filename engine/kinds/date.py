"""Kind `date`: a day of the calendar, typed as day, month and year."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import BOUNDS, Controls, Json, JsonSchema, Kind, Raw, Slips, bounds_keys, slip
from engine.kinds.typed import latin_digits, single
from engine.words import Phrase, Printed

PARTS = ("-day", "-month", "-year")
STORED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$(?!\n)"
# 1er janvier 2020, le 3 févr. 2020; January 1st, 2020
NAMED_DAY = r"(?P<day>[0-9]{1,2}(?:er|e|st|nd|rd|th)?)"
NAMED_MONTH = r"(?P<month>[^\W\d_]{3,12}\.?)"
NAMED = (
    re.compile(rf"(?:le\s+)?{NAMED_DAY}[\s/.\-]+{NAMED_MONTH}[\s/.\-]+(?P<year>[0-9]+)", re.IGNORECASE),
    re.compile(rf"{NAMED_MONTH}\s+{NAMED_DAY},?\s+(?P<year>[0-9]+)", re.IGNORECASE),
)
WRITTEN = re.compile(r"(?P<day>[0-9]{1,2})\s*[/.\- ]\s*(?P<month>[0-9]{1,2})\s*[/.\- ]\s*(?P<year>[0-9]+)")
ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
FORMS = (ISO, WRITTEN, *NAMED)
LONGEST = 60  # characters of a date somebody means
MONTHS = (
    ("janvier", "january", "janv", "jan"),
    ("fevrier", "february", "fevr", "fev", "feb"),
    ("mars", "march", "mar"),
    ("avril", "april", "avr", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "july", "juil", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "september", "sept", "sep"),
    ("octobre", "october", "oct"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dec"),
)
MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}


def read_date(field: FieldView, raw: Raw, *part: str) -> str | Slips | None:
    """The day typed, as "2020-03-14"; a whole date in one control is understood too (`14/03/2020`, `14 mars 2020`)."""
    typed = {suffix[1:]: latin_digits(single(raw, suffix)) for suffix in PARTS}
    pasted = _pasted(
        latin_digits(single(raw)) or (typed["day"] if not typed["month"] + typed["year"] else "")
    )
    typed = pasted or typed
    if not any(typed.values()):
        return slip(field, "not_a_date", *part) if single(raw) else None
    if missing := tuple(name for name, text in typed.items() if not text):
        if not _may_be_completed(typed):
            return slip(field, "not_a_date", *part)
        return slip(field, "date_incomplete", *part, parts=missing)
    return _assemble(field, typed, part)


def _may_be_completed(typed: dict[str, str]) -> bool:
    """Whether what stands in the controls is a part of a date: `31`, not `trente et un décembre`."""
    day, month, year = typed["day"], typed["month"], typed["year"]
    return (
        not (day and _day(day) is None)
        and not (month and _month(month) is None)
        and (not year or year.isdigit())
    )


def _pasted(text: str) -> dict[str, str] | None:
    """A whole date in one control: in figures, or with the month in letters; None when it is none."""
    if len(text) > LONGEST:
        return None
    found = next((one for form in FORMS if (one := form.fullmatch(text))), None)
    return found.groupdict() if found else None


def _assemble(field: FieldView, typed: dict[str, str], part: tuple[str, ...]) -> str | Slips:
    day, month, year = _day(typed["day"]), _month(typed["month"]), typed["year"]
    if day is None or month is None or not (year.isascii() and year.isdigit()):
        return slip(field, "not_a_date", *part)
    if len(year) != 4 or year[0] == "0":
        return slip(field, "year_not_four_digits", *part)
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:
        return slip(field, "no_such_date", *part, day=day, month=month, year=int(year))


def _day(text: str) -> int | None:
    found = re.fullmatch(r"([0-9]{1,2})(?:er|e|st|nd|rd|th)?", text, re.IGNORECASE)
    return int(found[1]) if found else None


def _month(text: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text)
    bare = unicodedata.normalize("NFKD", text[:20]).encode("ascii", "ignore").decode()
    return MONTH_NUMBERS.get(bare.casefold().rstrip("."))


def date_value(answer: Json) -> date | None:
    """The stored day; None when it is none."""
    if not (isinstance(answer, str) and STORED.fullmatch(answer)):
        return None
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return None


def is_day(text: str) -> bool:
    """The format `date`: a day of the calendar whose year has four digits."""
    return not text.startswith("0") and date_value(text) is not None


def date_controls(answer: Json) -> Controls:
    """A stored day back in its three controls; what was given beforehand and is none, as it was given."""
    day = date_value(answer)
    if day:
        figures = (f"{day.day}", f"{day.month}", f"{day.year:04}")
    elif isinstance(answer, str):
        written = _pasted(answer)
        figures = (written["day"], written["month"], written["year"]) if written else (answer, "", "")
    else:
        return {}
    return {suffix: [text] for suffix, text in zip(PARTS, figures, strict=True)}


def date_schema(field: FieldView) -> JsonSchema:
    """The JSON Schema of a stored day."""
    return {"type": "string", "format": "date", "pattern": PATTERN}


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    day = date_value(answer)
    return (Printed(day.isoformat(), "date"),) if day else ()


CODES = ("not_a_date", "date_incomplete", "no_such_date", "year_not_four_digits", "too_early", "too_late")

DATE = Kind(
    name="date",
    keys=bounds_keys("day"),
    expressions=BOUNDS,
    codes=CODES,
    feel_type=lambda field: feel.DATE,
    read=lambda field, raw: read_date(field, raw),
    schema=date_schema,
    value=lambda field, answer: date_value(answer),
    raw=lambda field, answer: date_controls(answer),
    printed=_printed,
    inputs=lambda field: PARTS,
    unit="date",
    formats={"date": is_day},
    proven=True,
)
