"""Answers of a real dossier made into invented ones: nobody is told from them, and what rules read is kept where it says
nothing of anybody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from stdnum import iban, luhn

from engine.kinds import Json
from engine.kinds.file import MEDIA_TYPES
from engine.kinds.iban import RIB_LETTERS
from engine.kinds.kind import constant, items, members
from engine.kinds.options import OTHER, codes_of, has_other
from engine.kinds.other import other_text
from engine.kinds.postal_code import COUNTRIES, country_of
from engine.language.model import Expression, Field, ReferenceList, Scheme, Text

Invent = Callable[[Field, Json, int], Json]

WORD = "Essai"
BIRTHDAY = "1980-01-01"
COMMUNE = {"postcode": "75001", "commune": "Paris"}
KEPT = frozenset(
    ("integer", "decimal", "money", "percentage", "date", "time", "date_time", "year", "yes_no", "consent", "choice", "choices", "choice_grid", "rating", "postal_code", "commune",
     "department", "country")
)  # fmt: skip


class Anonymous:
    """Invents the answers of one scheme: those of `hidden` fields whatever their kind, the personal ones of the others.

    `keep` are texts that stay as they were, because a rule reads them and comes out otherwise without them.
    """

    def __init__(
        self, scheme: Scheme, today: date, hidden: Collection[str] = (), keep: Collection[str] = ()
    ) -> None:
        self._today = today
        self._scheme, self._hidden, self._keep = scheme, frozenset(hidden), frozenset(keep)
        self._read = frozenset(path for one in conditions(scheme) for path in one.names)
        self._count = 0

    def answers(self, asked: Mapping[str, Field], answers: Mapping[str, Json]) -> dict[str, Json]:
        """Invented answers to these fields; the others are left out."""
        return {
            id: self.answer(field, answers[id]) for id, field in asked.items() if answers.get(id) is not None
        }

    def answer(self, field: Field, answer: Json) -> Json:
        """One invented answer, of the same shape."""
        if field.lines and not self._is_hidden(field):
            return {id: self.answers(field.fields, members(cells)) for id, cells in members(answer).items()}
        if field.fields and not self._is_hidden(field):
            return [self.answers(field.fields, members(row)) for row in items(answer)]
        if (
            field.id in self._keep
            or (field.kind in KEPT and not self._is_hidden(field))
            or field.kind == "fields"
        ):
            return self._without_words(answer) if has_other(field) else answer
        self._count += 1
        return INVENTED[field.kind](self, field, answer)

    def _without_words(self, answer: Json) -> Json:
        """The options as they were; what was answered beside them in words is personal."""
        if isinstance(answer, list):
            return [self._without_words(one) for one in answer]
        return {OTHER: WORD} if other_text(answer) is not None else answer

    def _is_hidden(self, field: Field) -> bool:
        return field.is_secret or field.id in self._hidden

    def _reads(self, field: Field, part: str) -> bool:
        """Whether a condition reads a part of an answer: then it stays."""
        whole, inner = (field.id,), (field.id, part)
        return not self._is_hidden(field) and any(path == whole or path[-2:] == inner for path in self._read)

    def text(self, field: Field, answer: Json) -> Json:
        """A word, as long as it must be."""
        least, most = constant(field, "min_length") or 1, constant(field, "max_length") or 10_000
        word = f"{WORD} {self._count}"
        return (word + " " + WORD * (least // len(WORD) + 1))[: max(least, min(most, len(word)))]

    def email(self, field: Field, answer: Json) -> Json:
        """An address in a domain that is nobody's."""
        return f"essai{self._count}@personne.example"

    def phone(self, field: Field, answer: Json) -> Json:
        """A number kept for fiction (01 99 00 …)."""
        return f"+331990000{self._count % 100:02}"

    def person(self, field: Field, answer: Json) -> Json:
        """An invented name; the birthday stays where a rule reads it."""
        found = members(answer)
        born = found.get("born") if self._reads(field, "born") else BIRTHDAY
        name = {"first_name": "Camille", "last_name": f"{WORD} {self._count} (fictif)"}
        other = {"civility": "mrs", "birth_name": f"{WORD} {self._count}", "birth_place": COMMUNE["commune"]}
        more = {part: text for part, text in other.items() if part in found}
        return name | more | ({"born": born} if "born" in found else {})

    def address(self, field: Field, answer: Json) -> Json:
        """An invented street; what rules read of the rest stays."""
        found = members(answer)
        kept = {
            part: found.get(part) if self._reads(field, part) else COMMUNE.get(part, WORD) for part in found
        }
        return kept | {"street": f"{self._count} rue de l'Essai"}

    def siret(self, field: Field, answer: Json) -> Json:
        """Fourteen digits whose keys are right."""
        siren = f"9999999{self._count % 10}"
        siren += luhn.calc_check_digit(siren)
        return siren + "0001" + luhn.calc_check_digit(siren + "0001")

    def siren(self, field: Field, answer: Json) -> Json:
        """Nine digits whose key is right."""
        return str(self.siret(field, answer))[:9]

    def rna(self, field: Field, answer: Json) -> Json:
        """An association of no department."""
        return f"W999{self._count:06}"

    def vat(self, field: Field, answer: Json) -> Json:
        """A French number whose key is right."""
        siren = str(self.siren(field, answer))
        return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"

    def nir(self, field: Field, answer: Json) -> Json:
        """A number whose key is right, of somebody born in no month."""
        number = f"18099{self._count:08}"
        return f"{number}{97 - int(number) % 97:02}"

    def bic(self, field: Field, answer: Json) -> Json:
        """A bank that is none."""
        return "FICTFRPP"

    def url(self, field: Field, answer: Json) -> Json:
        """A page of a domain that is nobody's."""
        return f"https://personne.example/{WORD.lower()}{self._count}"

    def postcode(self, field: Field, answer: Json) -> Json:
        """A postcode of the country, always the same."""
        return COUNTRIES[country_of(field)][1]

    def commune(self, field: Field, answer: Json) -> Json:
        """Paris: what was answered is not shown."""
        return "75056"

    def department(self, field: Field, answer: Json) -> Json:
        """That of Paris."""
        return "75"

    def country(self, field: Field, answer: Json) -> Json:
        """France."""
        return "FR"

    def iban(self, field: Field, answer: Json) -> Json:
        """A French account whose keys are right, of a bank that isn't."""
        bank, branch, account = "99999", "00001", f"{self._count:011}"
        plain = [int(part.translate(RIB_LETTERS)) for part in (bank, branch, account)]
        key = 97 - (89 * plain[0] + 15 * plain[1] + 3 * plain[2]) % 97
        basic = f"{bank}{branch}{account}{key:02}"
        return f"FR{iban.calc_check_digits('FR00' + basic)}{basic}"

    def file(self, field: Field, answer: Json) -> Json:
        """Documents by an invented name."""
        endings = {media: ending for ending, medias in MEDIA_TYPES.items() for media in medias}
        names = [
            (f"document-{number}.{endings.get(str(members(one).get('media_type')), 'pdf')}", one)
            for number, one in enumerate(items(answer), 1)
        ]
        return [{**members(one), "id": f"document-{name}", "name": name, "size": 1} for name, one in names]

    def choice(self, field: Field, answer: Json) -> Json:
        """The first option: what was chosen is not shown."""
        found = field.options.get("options") or field.options.get("list")
        codes = list(found.rows) if isinstance(found, ReferenceList) else list(members(found))
        first = str(codes[0]) if codes else WORD
        return [first] if field.kind == "choices" else first

    def grid(self, field: Field, answer: Json) -> Json:
        """The first option in each line: what was chosen is not shown."""
        first = next(iter(codes_of(field)))
        return dict.fromkeys(members(answer), first)

    def figure(self, field: Field, answer: Json) -> Json:
        """A figure that is nobody's, within the bounds written as figures."""
        low, high = constant(field, "min"), constant(field, "max")
        value = 1000 if high is None else min(1000, high)
        value = value if low is None else max(value, low)
        return (
            value
            if field.kind == "integer"
            else f"{Decimal(value):.2f}"
            if field.kind == "money"
            else str(value)
        )

    def day(self, field: Field, answer: Json) -> Json:
        """The day of the deposit: what was answered is not shown."""
        return self._today.isoformat()

    def mark(self, field: Field, answer: Json) -> Json:
        """The lowest mark."""
        return 1

    def point(self, field: Field, answer: Json) -> Json:
        """A place far from anybody."""
        return {"latitude": "0", "longitude": "0"}

    def reference(self, field: Field, answer: Json) -> Json:
        """A dossier there is not."""
        return f"FICTIF-{self._count:05}"

    def hour(self, field: Field, answer: Json) -> Json:
        """Noon."""
        return "12:00"

    def moment(self, field: Field, answer: Json) -> Json:
        """Noon on the day of the deposit."""
        return f"{self._today.isoformat()}T12:00"

    def year(self, field: Field, answer: Json) -> Json:
        """The year of the deposit."""
        return self._today.year

    def yes(self, field: Field, answer: Json) -> Json:
        """Yes: what was answered is not shown."""
        return True

    def nothing(self, field: Field, answer: Json) -> Json:
        """No rows at all, where they are not shown."""
        return []

    def empty(self, field: Field, answer: Json) -> Json:
        """No cell at all, where they are not shown."""
        return {}


INVENTED: Mapping[str, Callable[[Anonymous, Field, Json], Json]] = {
    "text": Anonymous.text,
    "long_text": Anonymous.text,
    "email": Anonymous.email,
    "phone": Anonymous.phone,
    "person": Anonymous.person,
    "address": Anonymous.address,
    "siret": Anonymous.siret,
    "siren": Anonymous.siren,
    "rna": Anonymous.rna,
    "vat": Anonymous.vat,
    "nir": Anonymous.nir,
    "iban": Anonymous.iban,
    "bic": Anonymous.bic,
    "url": Anonymous.url,
    "postal_code": Anonymous.postcode,
    "commune": Anonymous.commune,
    "department": Anonymous.department,
    "country": Anonymous.country,
    "file": Anonymous.file,
    "choice": Anonymous.choice,
    "choices": Anonymous.choice,
    "choice_grid": Anonymous.grid,
    **dict.fromkeys(("integer", "decimal", "money", "percentage"), Anonymous.figure),
    "date": Anonymous.day,
    "time": Anonymous.hour,
    "rating": Anonymous.mark,
    "geo_point": Anonymous.point,
    "dossier_reference": Anonymous.reference,
    "date_time": Anonymous.moment,
    "year": Anonymous.year,
    "yes_no": Anonymous.yes,
    "consent": Anonymous.yes,
    "repeat": Anonymous.nothing,
    "matrix": Anonymous.empty,
}


def conditions(held: object) -> Iterator[Expression]:
    """Every expression that decides something: texts only print."""
    if isinstance(held, Expression):
        yield held
    elif isinstance(held, Mapping):
        for value in held.values():
            yield from conditions(value)
    elif isinstance(held, tuple | list):
        for value in held:
            yield from conditions(value)
    elif is_dataclass(held) and not isinstance(held, Text | ReferenceList | type):
        for one in fields(held):
            yield from conditions(getattr(held, one.name))
