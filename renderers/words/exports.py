"""What the columns of an export are called, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renderers.catalogues import count, marked, plural, say

ABOUT: Mapping[str, str] = {
    "reference": marked("Dossier"),
    "state": marked("State"),
    "status": marked("What the applicant reads"),
    "applicant": marked("Applicant"),
    "email": marked("E-mail address"),
    "filed_at": marked("Filed on"),
    "complete_at": marked("Complete on"),
    "state_since": marked("In this state since"),
    "decided_at": marked("Decided on"),
    "ended_at": marked("Ended on"),
    "assigned_to": marked("Taken by"),
    "tags": marked("Tags"),
    "groups": marked("Groups"),
    "eligible": marked("Eligible"),
    "requested": marked("Amount asked for"),
    "computed": marked("Amount computed"),
    "granted": marked("Amount granted"),
    "paid": marked("Amount paid"),
    "reversed": marked("Amount taken back"),
    "language": marked("Language"),
    "channel": marked("Channel"),
    "version": marked("Version of the scheme"),
    "row": marked("Row"),
}


PARTS: Mapping[str, str] = {
    "first_name": marked("First name"),
    "last_name": marked("Last name"),
    "civility": marked("Civility"),
    "birth_name": marked("Name at birth"),
    "born": marked("Date of birth"),
    "birth_place": marked("Place of birth"),
    "street": marked("Number and street"),
    "extra": marked("More about the address"),
    "postcode": marked("Postcode"),
    "commune": marked("Town"),
    "latitude": marked("Latitude"),
    "longitude": marked("Longitude"),
}
FAILURES: Mapping[str, str] = {
    "no_right": marked("You may not export this any more."),
    "no_parquet": marked("This kind of file can't be written here: choose another one."),
    "too_large": marked("That is too much for this kind of file: choose CSV, or narrow the list."),
}
LEFT_OUT: Mapping[str, tuple[str, str]] = {
    "except": plural(
        "%(num)s left out: the scheme says that it isn't published",
        "%(num)s left out: the scheme says that they aren't published",
    ),
    "no_number": plural(
        "%(num)s left out: neither SIRET nor RNA number", "%(num)s left out: neither SIRET nor RNA number"
    ),
    "slip": plural("%(num)s left out: it would be faulty", "%(num)s left out: they would be faulty"),
}
SLIP = marked("%(reference)s: %(column)s, %(what)s")
SLIPS: Mapping[str, str] = {
    "column_missing": marked("the column is missing"),
    "column_unknown": marked("the form has no such column"),
    "column_misplaced": marked("the column stands in another place in the form"),
    "column_twice": marked("the column is there twice"),
    "row_too_short": marked("cells are missing"),
    "row_too_long": marked("there are cells too many"),
    "missing": marked("nothing is there"),
    "not_a_date": marked("this is no day (AAAA-MM-JJ)"),
    "not_a_number": marked("this is no figure (with a point)"),
    "not_yes_no": marked("neither oui nor non"),
    "wrong_form": marked("it has another form"),
    "too_long": marked("it is too long"),
    "not_one_of": marked("it is none of the values the form allows"),
    "too_small": marked("it is too small"),
    "too_great": marked("it is too great"),
    "bad_siret": marked("this is no SIRET number"),
    "no_number": marked("neither SIRET nor RNA number"),
}


def failure_words(code: str, language: str) -> str:
    """Why an export wasn't made."""
    return say(language, FAILURES.get(code, FAILURES["no_right"]))


def slip_words(told: Mapping[str, Any], language: str) -> list[str]:
    """What was left out of open data, and why."""
    lines = [
        count(language, *LEFT_OUT[code], number, {})
        for code, number in told.get("left_out", {}).items()
        if code in LEFT_OUT
    ]
    return lines + [
        slip(reference, column, code, language) for reference, column, code in told.get("slips", ())
    ]


def slip(where: str, column: str, code: str, language: str) -> str:
    """One thing that is wrong in a file of open data."""
    return say(language, SLIP, {"reference": where, "column": column, "what": say(language, SLIPS[code])})


ALONE = {True: marked("Yes"), False: marked("No")}


def yes_or_no(answer: bool, language: str) -> str:
    """What stands in a cell."""
    return say(language, ALONE[answer])


def part_words(part: str, language: str) -> str:
    """What a part of an answer is called; its name where it has no word."""
    return say(language, PARTS[part]) if part in PARTS else part


def about_words(name: str, language: str) -> str:
    """The heading of a column that tells of a dossier beside its answers."""
    return say(language, ABOUT[name])
