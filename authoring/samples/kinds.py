"""One invented answer for each kind of field, near what the scheme compares it with more often than not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_FLOOR, Decimal

from authoring.samples import numbers
from authoring.samples.draw import MARK, NEAR, Draw, words
from authoring.samples.hints import Hints
from authoring.samples.options import choice, choices, grid
from engine.kinds import Json, kind_of
from engine.kinds.file import MEDIA_TYPES, accepted, is_dated
from engine.kinds.kind import whole_option
from engine.kinds.person import CIVILITIES, asks_birth, parts_of
from engine.kinds.postal_code import COUNTRIES, country_of
from engine.kinds.rating import steps_of
from engine.language.model import Field
from engine.places import communes, departments

FIRST_NAMES = ("Ada", "Alix", "Camille", "Claude", "Dominique", "Élie", "Lou", "Noa", "Sacha", "Yaël")
PLACES = (("Annecy", "74000"), ("Lyon", "69003"), ("Thonon-les-Bains", "74200"), ("Bourg", "01000"))
LONGEST_AGO, ROWS = 7000, 3  # days; rows of a repeat when the scheme sets no bound


def answer(field: Field, draw: Draw) -> Json:
    """An answer to a field; it may still break a check, or a bound that depends on others."""
    return DRAWN[field.kind](field, draw)


def _text(field: Field, draw: Draw) -> Json:
    known = sorted(draw.hints(field.id).texts)
    said = draw.random.choice(known) if known and draw.random.random() < NEAR else words(draw.random)
    most, least = whole_option(field, "max_length", 300), whole_option(field, "min_length", 1)
    return said.ljust(least, "x")[:most]


STEPS: Mapping[str, Decimal] = {"integer": Decimal(1), "money": Decimal("0.01")}


def _number(field: Field, draw: Draw) -> Decimal:
    """On a figure of the scheme, a step beside it, in its neighbourhood, or anywhere between the bounds."""
    random = draw.random
    step = STEPS.get(field.kind, Decimal("0.1"))
    low, high = draw.bound(field, "min"), draw.bound(field, "max")
    least = low if isinstance(low, Decimal) else Decimal(0)
    most = high if isinstance(high, Decimal) else least + (50_000 if field.kind == "money" else 100)
    known = [one for one in sorted(draw.hints(field.id).numbers) if least <= one <= most]
    if not known or random.random() > NEAR:
        part = (
            random.random() if field.kind == "money" else random.random() ** 3
        )  # small counts are the usual ones
        return _stepped(least + (most - least) * Decimal(str(part)), step)
    centre = random.choice(known)
    beside = (centre, centre - step, centre + step, centre * Decimal(str(round(random.uniform(0.2, 1.5), 3))))
    return min(max(_stepped(random.choice(beside), step), least), most)


def _stepped(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value(ROUND_FLOOR) * step


def _figure(field: Field, draw: Draw) -> Json:
    number = _number(field, draw)
    if field.kind == "integer":
        return int(number)
    if field.kind == "money":
        return f"{number:.2f}"
    decimals = whole_option(field, "decimals", 4)
    return f"{number.quantize(Decimal(1)) if decimals == 0 else number:f}"


def _date(field: Field, draw: Draw) -> Json:
    return _day(draw, draw.hints(field.id), draw.bound(field, "min"), draw.bound(field, "max")).isoformat()


def _day(draw: Draw, hints: Hints, low: object, high: object) -> date:
    random, today = draw.random, draw.reading.organisation.local_date(draw.reading.now)
    last = high if isinstance(high, date) else today
    first = low if isinstance(low, date) else last - timedelta(days=LONGEST_AGO)
    known = sorted(hints.days)
    if known and random.random() < NEAR:
        chosen = random.choice(known) + timedelta(days=random.choice((-30, -1, 0, 1, 30)))
        return min(max(chosen, first), last) if first <= last else first
    return first + timedelta(days=random.randrange(max((last - first).days, 0) + 1))


def _time(field: Field, draw: Draw) -> Json:
    """Within the bounds, on the quarter of an hour where there is one."""
    low, high = draw.bound(field, "min"), draw.bound(field, "max")
    least = low.hour * 60 + low.minute if isinstance(low, time) else 8 * 60
    most = high.hour * 60 + high.minute if isinstance(high, time) else max(least, 18 * 60)
    quarter = -(-draw.random.randint(least, most) // 15) * 15
    minutes = min(quarter, most)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _moment(field: Field, draw: Draw) -> Json:
    """A day within the bounds, at noon where they leave room for it."""
    bounds = [draw.bound(field, key) for key in ("min", "max")]
    low, high = (one if isinstance(one, datetime) else None for one in bounds)
    day = _day(draw, draw.hints(field.id), low.date() if low else None, high.date() if high else None)
    found = datetime.combine(day, time(12))
    found = max(found, low.replace(tzinfo=None)) if low else found
    return min(found, high.replace(tzinfo=None) if high else found).isoformat(timespec="minutes")


def _year(field: Field, draw: Draw) -> Json:
    low, high = draw.bound(field, "min"), draw.bound(field, "max")
    most = int(high) if isinstance(high, Decimal) else draw.reading.now.year
    least = int(low) if isinstance(low, Decimal) else most - 50
    known = [int(one) for one in sorted(draw.hints(field.id).numbers) if least <= one <= most]
    near = known and draw.random.random() < NEAR
    return draw.random.choice(known) if near else draw.random.randint(least, max(least, most))


def _address(field: Field, draw: Draw) -> Json:
    random = draw.random
    commune, postcode = random.choice(PLACES)
    starts = [
        one for one in sorted(draw.hints(field.id, "postcode").texts) if one.isdigit() and len(one) <= 5
    ]
    if starts and random.random() < NEAR:
        postcode = random.choice(starts).ljust(5, "0")
    named = sorted(draw.hints(field.id, "commune").texts)
    if named and random.random() < NEAR / 2:
        commune = random.choice(named)
    return {"street": f"{random.randrange(1, 99)} rue fictive", "postcode": postcode, "commune": commune}


def _postcode(field: Field, draw: Draw) -> Json:
    """One the scheme speaks of, or that begins as it says, more often than not."""
    pattern, example = COUNTRIES[country_of(field)]
    starts = [one.ljust(len(example), "0") for one in sorted(draw.hints(field.id).texts) if one.isdigit()]
    able = [one for one in starts if re.fullmatch(pattern, one)]
    return draw.random.choice(able) if able and draw.random.random() < NEAR else example


def _commune(field: Field, draw: Draw) -> Json:
    """One the scheme names, or one of a department it speaks of, more often than not."""
    random, known = draw.random, communes().by_code
    named = [code for code in sorted(draw.hints(field.id, "code").texts) if code in known]
    spoken = draw.hints(field.id, "department").texts
    here = [code for code, one in known.items() if one.department.code in spoken] if spoken else []
    able = named or here
    return random.choice(able if able and random.random() < NEAR else list(known))


def _department(field: Field, draw: Draw) -> Json:
    return _spoken(field, draw, list(departments()))


def _country(field: Field, draw: Draw) -> Json:
    return _spoken(field, draw, ["FR", "CH", "IT"])


def _spoken(field: Field, draw: Draw, codes: list[str]) -> str:
    """One of these codes, one that the scheme speaks of more often than not."""
    known = sorted(draw.hints(field.id).texts)
    return draw.random.choice(known if known and draw.random.random() < NEAR else codes)


def _person(field: Field, draw: Draw) -> Json:
    random = draw.random
    name: dict[str, Json] = {
        "first_name": random.choice(FIRST_NAMES),
        "last_name": f"Exemple-{random.randrange(10_000)} {MARK}",
    }
    more: dict[str, Json] = {"civility": random.choice(CIVILITIES), "birth_place": random.choice(PLACES)[0]}
    name |= {part: more[part] for part in parts_of(field) if part in more}
    if asks_birth(field):
        name["born"] = _day(draw, draw.hints(field.id, "born"), date(1950, 1, 1), None).isoformat()
    return name


def _files(field: Field, draw: Draw) -> Json:
    ending = accepted(field)[0]
    document: dict[str, Json] = {
        "id": f"invented-{field.id}",
        "name": f"{field.id}.{ending}",
        "size": 1,
        "media_type": MEDIA_TYPES[ending][0],
    }
    if is_dated(field):
        document["issued_on"] = draw.reading.organisation.local_date(draw.reading.now).isoformat()
    least = draw.bound(field, "at_least")
    count = int(least) if isinstance(least, Decimal) else 1
    return [document | {"id": f"{document['id']}-{number}"} for number in range(max(count, 1))]


def _rows(field: Field, draw: Draw) -> Json:
    least, most = draw.bound(field, "at_least"), draw.bound(field, "at_most")
    low = int(least) if isinstance(least, Decimal) else 0 if field.optional else 1
    high = int(most) if isinstance(most, Decimal) else low + ROWS
    return [_row(field, draw) for _ in range(draw.random.randint(low, max(min(high, low + ROWS), low)))]


def _lines(field: Field, draw: Draw) -> Json:
    """Cells of every line; of optional columns some."""
    filled = {id: _row(field, draw) for id, line in field.lines.items() if line.is_typed}
    return {id: cells for id, cells in filled.items() if cells}


def _row(field: Field, draw: Draw) -> dict[str, Json]:
    """One row, each answer knowing those before it."""
    found: dict[str, Json] = {}
    values = {**draw.reading.values, **dict.fromkeys(field.fields)}
    for inner in field.fields.values():
        if inner.value is None and (not inner.optional or draw.random.random() < NEAR):
            found[inner.id] = answer(inner, replace(draw, reading=replace(draw.reading, values=values)))
            values = {**values, inner.id: kind_of(inner).value(inner, found[inner.id])}
    return found


DRAWN: Mapping[str, Callable[[Field, Draw], Json]] = {
    "text": _text,
    "long_text": _text,
    "integer": _figure,
    "decimal": _figure,
    "money": _figure,
    "percentage": _figure,
    "date": _date,
    "time": _time,
    "date_time": _moment,
    "year": _year,
    "yes_no": lambda field, draw: draw.random.random() < 0.5,
    "choice": choice,
    "choices": choices,
    "choice_grid": grid,
    "rating": lambda field, draw: draw.random.randint(1, steps_of(field)),
    "consent": lambda field, draw: True,
    "email": lambda field, draw: f"exemple-{draw.random.randrange(10**6)}@fictif.example",
    "phone": lambda field, draw: f"+3345{draw.random.randrange(10**7):07}",
    "address": _address,
    "siret": lambda field, draw: numbers.siret(draw.random),
    "siren": lambda field, draw: numbers.siren(draw.random),
    "rna": lambda field, draw: f"W999{draw.random.randrange(10**6):06}",
    "vat": lambda field, draw: numbers.vat(draw.random),
    "nir": lambda field, draw: numbers.nir(draw.random),
    "geo_point": lambda field, draw: {
        "latitude": f"45.{draw.random.randrange(10**4):04}1",
        "longitude": f"6.{draw.random.randrange(10**4):04}1",
    },
    "dossier_reference": lambda field, draw: f"FICTIF-{draw.random.randrange(10**5):05}",
    "iban": lambda field, draw: numbers.iban(draw.random),
    "bic": lambda field, draw: "FICTFRPP",
    "url": lambda field, draw: f"https://exemple-{draw.random.randrange(10**4)}.example/fictif",
    "postal_code": _postcode,
    "commune": _commune,
    "department": _department,
    "country": _country,
    "file": _files,
    "person": _person,
    "repeat": _rows,
    "matrix": _lines,
}
