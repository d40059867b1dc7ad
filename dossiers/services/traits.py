"""What an answer is recognised by in another dossier: of each value only a keyed digest is ever kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dossiers.outside.vault import Vault
from dossiers.tokens import tokens
from engine.kinds import Json
from engine.kinds.kind import items, members
from engine.language.model import Field

SIREN = 9  # the first digits of a SIRET are the company's own number
Told = tuple[str, str]  # kind, value


def digest(vault: Vault, kind: str, value: str) -> str:
    """What is kept of a value: without the key of the site nobody can tell it, nor try all there are."""
    return vault.blind_index(f"trait/{kind}/{value}")


def told(field: Field, path: tuple[str, ...], answers: Mapping[str, Json], kind: str) -> Iterator[str]:
    """The values of a kind in an answer, in the rows of a repeat when the path leads there."""
    first, *rest = path
    given = answers.get(first)
    field = field.fields[rest[0]] if rest else field
    for one in [members(row).get(rest[0]) for row in items(given)] if rest else [given]:
        yield from (value for of, value in values_of(field, one) if of == kind)


def values_of(field: Field, answer: Json | None) -> Iterator[Told]:
    """The values of an answer, each with its kind; none of a kind nobody is known by."""
    read = READ.get(field.kind)
    return iter(()) if read is None or answer is None else read(answer)


def _plain(kind: str) -> Callable[[Json], Iterator[Told]]:
    return lambda answer: iter(((kind, "".join(str(answer).split()).casefold()),))


def _siret(answer: Json) -> Iterator[Told]:
    digits = "".join(str(answer).split())
    yield "siret", digits
    yield "siren", digits[:SIREN]


def _person(answer: Json) -> Iterator[Told]:
    """With a day of birth, the person; without, the name alone."""
    told = members(answer)
    names = " ".join(sorted(tokens(f"{told.get('first_name', '')} {told.get('last_name', '')}")))
    if names:
        yield ("person", f"{names}/{told['born']}") if told.get("born") else ("name", names)


READ: Mapping[str, Callable[[Json], Iterator[Told]]] = {
    "siret": _siret,
    "person": _person,
    **{kind: _plain(kind) for kind in ("siren", "iban", "phone", "email", "nir", "rna")},
}
