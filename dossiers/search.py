"""Finding dossiers by what somebody typed: a reference, an address, a telephone number, words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    ScalarSelect,
    Select,
    and_,
    false,
    func,
    intersect,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from dossiers.database import Dossier, SearchWord, table_of
from dossiers.tokens import SHORTEST, stem, tokens
from engine.kinds.phone import normalised

OTHERS, WORDS = table_of(Dossier).alias(), table_of(SearchWord).alias()
LAST = "\U0010ffff"  # after every word that begins alike
ASKED = 8  # words of a query that count
# A word found more often is asked of each dossier of a list: gathering them all would take longer. Sooner where a page of
# the list is wanted, and not a count up to a thousand: then all that have the word are known, and each row is looked up there.
# Dossiers that have two such words lie far apart in a list, and are gathered.
COMMON, COMMON_ON_A_PAGE = 10_000, 2_000
FEW = 500  # dossiers that have all the words of a query: looked for once, for the page and for the count
REFERENCES = ""  # among the words found often: the beginnings of references


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody typed, as it is looked for: a reference or its beginning, an address, a telephone number, or words.

    `ways`: the words it may be; `counts`: in how many dossiers each of them is found, and references that begin so, as far as
    it was counted; `references`: those whose number alone this may be; `known`: the dossiers that have all the words of a way,
    where they are few.
    """

    compact: str
    ways: tuple[tuple[str, ...], ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    known: Mapping[tuple[str, ...], Sequence[int]] = field(default_factory=dict)

    def matches(self, *, on_a_page: bool = False) -> ColumnElement[bool]:
        """The condition on `Dossier`; `on_a_page`: few dossiers are wanted, in the order of a list.

        Every word must be found, as it stands, as the beginning of one, or in another of its forms. What few dossiers have is
        gathered, each by an index of its own; what very many have is asked of each dossier as the list is read in its order.
        """
        if not self.compact:
            return false()
        gathered = [select(OTHERS.c.id).where(OTHERS.c.email == self.compact.casefold())]
        if self.references:
            gathered.append(select(OTHERS.c.id).where(OTHERS.c.reference.in_(self.references)))
        along: list[ColumnElement[bool]] = []
        for words_of in self.ways:
            common = [token for token in words_of if self.counts[token] > COMMON]
            rare = [token for token in words_of if self.counts[token] <= COMMON]
            if words_of in self.known:
                gathered.append(select(OTHERS.c.id).where(OTHERS.c.id.in_(self.known[words_of])))
            elif not rare:
                along.append(and_(*(_has(token, Dossier.id) for token in common)))
            elif on_a_page and len(words_of) == 1 and self.counts[rare[0]] > COMMON_ON_A_PAGE:
                along.append(Dossier.id.in_(_found(rare[0])))
            else:
                gathered.append(_with(common, *rare))
        reference = self.compact.upper()
        if self.counts[REFERENCES] > (COMMON_ON_A_PAGE if on_a_page else COMMON):
            along.append(Dossier.reference.between(reference, reference + LAST))
        else:
            gathered.append(
                select(OTHERS.c.id).where(OTHERS.c.reference.between(reference, reference + LAST))
            )
        return or_(*along, Dossier.id.in_(union(*gathered)))


def sought(session: Session, query: str, references: Sequence[str] = ()) -> Sought:
    """What somebody typed, once it is counted how common its words are; `references`: see Sought."""
    compact = "".join(query.split())
    if not compact:
        return Sought("")
    ways = _ways(query, compact)
    asked = dict.fromkeys(token for way in ways for token in way)
    counts = _counts(session, asked, compact.upper())
    several = [way for way in ways if len(way) > 1 and all(counts[token] <= COMMON for token in way)]
    found = {way: session.scalars(_with((), *way).limit(FEW + 1)).all() for way in several}
    known = {way: ids for way, ids in found.items() if len(ids) <= FEW}
    return Sought(compact, tuple(ways), counts, tuple(references), known)


def _ways(query: str, compact: str) -> list[tuple[str, ...]]:
    """The words a query may be, in the ways in which it may be read: as it is spaced, as one number, as a telephone number."""
    found = [tuple(tokens(query)[:ASKED])]
    if len(compact) > SHORTEST and compact.isdecimal():
        found.append((compact,))
    if number := normalised(query):
        found.append((number.removeprefix("+"),))
    return [way for way in dict.fromkeys(found) if way]


def _counts(session: Session, asked: Iterable[str], reference: str) -> dict[str, int]:
    """In how many dossiers each of these words is found, and (`REFERENCES`) how many references begin so: at most one more
    than what is common."""
    counts: dict[tuple[str, str], ColumnElement[bool]] = {
        (REFERENCES, ""): OTHERS.c.reference.between(reference, reference + LAST)
    }
    for token in asked:
        counts[token, "begins"] = WORDS.c.word.between(token, token + LAST)
        counts[token, "is"] = WORDS.c.word == stem(token)
    row = session.execute(select(*(_up_to(COMMON + 1, one) for one in counts.values()))).one()
    found: dict[str, int] = {}
    for (of, _), count in zip(counts, row, strict=True):
        found[of] = max(count, found.get(of, 0))
    return found


def _up_to(most: int, condition: ColumnElement[bool]) -> ScalarSelect[int]:
    some = select(literal(1)).where(condition).limit(most).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _with(common: Sequence[str], *rare: str) -> Select[int]:
    """The dossiers where all these words are found; the common ones are looked up for each that has the rest."""
    every = [select(_found(token).subquery().c.dossier_id) for token in rare]
    here = (intersect(*every) if len(every) > 1 else every[0]).subquery()
    return select(here.c.dossier_id).where(*(_has(one, here.c.dossier_id) for one in common))


def _found(token: str) -> CompoundSelect[int]:
    """The dossiers that have a word, some twice: as the beginning of one, or by its stem. Each way reads the key alone; both
    in one condition would read the rows."""
    looks = (WORDS.c.word.between(token, token + LAST), WORDS.c.word == stem(token))
    return union_all(*(select(WORDS.c.dossier_id).where(look) for look in looks))


def _has(token: str, dossier_id: Any) -> ColumnElement[bool]:
    """Whether one dossier has a word: by its stem, which is one look into the key, else by its beginning.

    PostgreSQL would answer an `EXISTS` by gathering every dossier that has it.
    """
    here = aliased(SearchWord)
    looks = (here.word == stem(token), here.word.between(token, token + LAST))
    found = (select(literal(1)).where(here.dossier_id == dossier_id, look).limit(1) for look in looks)
    return or_(*(one.scalar_subquery().is_not(None) for one in found))
