"""The inputs a question is typed in: how wide, which keyboard, and what a browser may complete by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.kinds import FieldView
from engine.problems import AnswerProblem
from renderers.catalogues import marked, say


@dataclass(frozen=True, slots=True)
class Part:
    """One input. `label` is empty when the question's own label is enough; `mode` is for inputmode; `width` a class
    of the style sheet; `wrong` marks it for aria-invalid."""

    name: str
    value: str
    label: str
    mode: str
    width: str
    autocomplete: str
    wrong: bool
    optional: bool
    group: str

    @property
    def id(self) -> str:
        """The id of the element."""
        return f"q-{self.name}"


@dataclass(frozen=True, slots=True)
class Shape:
    """How one input looks and what it wants."""

    label: str = ""
    mode: str = "text"
    width: str = "full"
    autocomplete: str = ""
    optional: bool = False
    group: str = ""


DAY, MONTH, YEAR = marked("Day"), marked("Month"), marked("Year")
BIRTH = marked("Date of birth")

# kind → suffix of the control → its shape
PARTS: Mapping[str, Mapping[str, Shape]] = {
    "text": {"": Shape(width="wide")},
    "long_text": {"": Shape()},
    "integer": {"": Shape(mode="numeric", width="small")},
    "decimal": {"": Shape(mode="decimal", width="small")},
    "money": {"": Shape(mode="decimal", width="medium")},
    "percentage": {"": Shape(mode="decimal", width="small")},
    "email": {"": Shape(mode="email", width="wide", autocomplete="email")},
    "phone": {"": Shape(mode="tel", width="medium", autocomplete="tel")},
    "siret": {"": Shape(mode="numeric", width="medium")},
    "siren": {"": Shape(mode="numeric", width="medium")},
    "rna": {"": Shape(width="medium")},
    "vat": {"": Shape(width="medium")},
    "nir": {"": Shape(width="medium")},
    "commune": {"": Shape(width="wide", autocomplete="address-level2")},
    "department": {"": Shape(width="wide")},
    "country": {"": Shape(width="wide", autocomplete="country")},
    "geo_point": {
        "-latitude": Shape(marked("Latitude"), width="medium"),
        "-longitude": Shape(marked("Longitude"), width="medium"),
    },
    "rating": {"": Shape()},
    "dossier_reference": {"": Shape(width="medium")},
    "iban": {"": Shape(width="wide")},
    "bic": {"": Shape(width="medium")},
    "url": {"": Shape(mode="url", width="wide", autocomplete="url")},
    "postal_code": {"": Shape(mode="numeric", width="small", autocomplete="postal-code")},
    "yes_no": {"": Shape()},
    "consent": {"": Shape()},
    "date": {
        "-day": Shape(DAY, "numeric", "two"),
        "-month": Shape(MONTH, "numeric", "two"),
        "-year": Shape(YEAR, "numeric", "four"),
    },
    "time": {"": Shape(width="small")},
    "date_time": {
        "-day": Shape(DAY, "numeric", "two"),
        "-month": Shape(MONTH, "numeric", "two"),
        "-year": Shape(YEAR, "numeric", "four"),
        "-time": Shape(marked("Time"), width="small"),
    },
    "year": {"": Shape(mode="numeric", width="four")},
    # the date written on a document, where it is asked
    "file": {
        "-day": Shape(DAY, "numeric", "two"),
        "-month": Shape(MONTH, "numeric", "two"),
        "-year": Shape(YEAR, "numeric", "four"),
    },
    "address": {
        "-street": Shape(marked("Number and street"), width="wide", autocomplete="address-line1"),
        "-extra": Shape(marked("Building, floor, flat"), "text", "wide", "address-line2", optional=True),
        "-postcode": Shape(marked("Postcode"), "numeric", "small", "postal-code"),
        "-commune": Shape(marked("Town"), width="wide", autocomplete="address-level2"),
    },
    "person": {
        "-civility": Shape(marked("Civility"), optional=True),
        "-first_name": Shape(marked("First name"), width="wide", autocomplete="given-name"),
        "-last_name": Shape(marked("Last name"), width="wide", autocomplete="family-name"),
        "-birth_name": Shape(marked("Name at birth, if it is another"), width="wide", optional=True),
        "-born-day": Shape(DAY, "numeric", "two", "bday-day", group=BIRTH),
        "-born-month": Shape(MONTH, "numeric", "two", "bday-month", group=BIRTH),
        "-born-year": Shape(YEAR, "numeric", "four", "bday-year", group=BIRTH),
        "-birth_place": Shape(marked("Place of birth"), width="wide"),
    },
}

# what may be wrong with the date beside a document; all the rest is about the document
OF_A_DATE = frozenset(
    {
        "issued_missing",
        "issued_later",
        "not_a_date",
        "date_incomplete",
        "no_such_date",
        "year_not_four_digits",
    }
)
MAY_STAY_BLANK = frozenset(
    suffix for shapes in PARTS.values() for suffix, shape in shapes.items() if shape.optional
)


def part_of(
    field: FieldView,
    name: str,
    suffix: str,
    typed: Mapping[str, Sequence[str]],
    wrong: Sequence[AnswerProblem],
    *,
    own: bool,
    language: str,
) -> Part:
    """One input of a question. `own`: it asks about the person who fills the form in."""
    shape = PARTS[field.kind][suffix]
    values = typed.get(name + suffix) or ("",)
    return Part(
        name=name + suffix,
        value=values[0],
        label=say(language, shape.label) if shape.label else "",
        mode=shape.mode,
        width=shape.width,
        autocomplete=shape.autocomplete if own else "",
        wrong=any(is_about(problem, suffix) for problem in wrong),
        optional=shape.optional,
        group=say(language, shape.group) if shape.group else "",
    )


def is_about(problem: AnswerProblem, suffix: str) -> bool:
    """Whether a problem is about this input: its own part, or the whole question."""
    missing = problem.params.get("parts")
    last = suffix.rpartition("-")[2]
    if isinstance(missing, tuple | list) and last not in missing:
        return False
    part = str(problem.path[1]) if len(problem.path) > 1 else ""
    return suffix.startswith(f"-{part}") if part else suffix not in MAY_STAY_BLANK


def first_wrong(field: FieldView, problem: AnswerProblem) -> str:
    """The suffix of the input a link to the problem leads to."""
    if field.kind == "file":
        return "-day" if problem.code in OF_A_DATE else ""
    shapes = PARTS.get(field.kind, {"": Shape()})
    return next((suffix for suffix in shapes if is_about(problem, suffix)), next(iter(shapes)))
