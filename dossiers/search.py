"""Finding dossiers: one normaliser for both databases, and ordinary indexes.

Sensitive answers are never indexed, and words hidden from some role neither: a search would give them away. In the narrow table
an answer hidden from some roles may stand: who narrows a list by it must be allowed to see it.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import Stemmer
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    ScalarSelect,
    Select,
    and_,
    delete,
    false,
    func,
    insert,
    intersect,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from dossiers.database import Dossier, Searchable, SearchWord, core, table_of
from engine.asked import Reading
from engine.kinds import Json, kind_of
from engine.kinds.phone import normalised
from engine.language.model import Field
from engine.words import Printed
from renderers.words import printed

ADD, ADD_WORD = insert(table_of(Searchable)), insert(table_of(SearchWord))
OTHERS, WORDS = table_of(Dossier).alias(), table_of(SearchWord).alias()
WORD = re.compile(r"[^\W_]+")
FOLDED = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": " ", "'": " "})
SHORTEST, LONGEST, MOST_WORDS = 2, 80, 400
LONGEST_TEXT = 200  # characters kept for lists: an index holds no long text
LAST = "\U0010ffff"  # after every word that begins alike
ASKED = 8  # words of a query that count
# A word found more often is asked of each dossier of a list: gathering them all would take longer. Sooner where a page of
# the list is wanted, and not a count up to a thousand: then all that have the word are known, and each row is looked up there.
# Dossiers that have two such words lie far apart in a list, and are gathered.
COMMON, COMMON_ON_A_PAGE = 10_000, 2_000
FEW = 500  # dossiers that have all the words of a query: looked for once, for the page and for the count
REFERENCES = ""  # among the words found often: the beginnings of references
IN_CENTS = frozenset({"money", "decimal", "integer", "percentage", "year", "rating"})
UNLISTED = frozenset({"file", "repeat", "fields", "long_text", "address", "person", "geo_point"})
# nobody looks for these by words
UNSAID = IN_CENTS | {"file", "yes_no", "consent", "date", "time", "date_time", "geo_point"}
GREATEST = 2**63 - 1

_STEMMER = Stemmer.Stemmer("french")
_STEMMING = threading.Lock()  # the stemmer keeps the word it works on


def index(session: Session, dossier: Dossier, reading: Reading) -> None:
    """Index what was just filed; `forget` comes before when something was filed already."""
    shown = [
        (field, answer)
        for id, answer in reading.kept().items()
        if answer is not None and not (field := reading.scheme.fields[id]).is_secret
    ]
    columns = [columns_of(field, answer) for field, answer in shown if is_listed(field)]
    if columns:
        core(session).execute(ADD, [{"dossier_id": dossier.id, **row} for row in columns])
    read = [(field, answer) for field, answer in shown if _is_open(field)]
    texts = [text for field, answer in read for text in _texts(field, answer, dossier.language)]
    found = words([*texts, dossier.email])
    if found:
        core(session).execute(ADD_WORD, [{"dossier_id": dossier.id, "word": word} for word in found])


def is_listed(field: Field) -> bool:
    """Whether an answer stands in the narrow table: lists may be filtered by it and show it."""
    return field.kind not in UNLISTED and not field.is_secret


def answer_of(field: Field, text: str | None, cents: int | None, day: date | None) -> Json:
    """An answer back from its row of the narrow table, near enough to be printed in a list."""
    if cents is not None:
        return str(Decimal(cents) / 100) if field.kind != "integer" else cents // 100
    if day is not None:
        return day.isoformat()
    if text in ("yes", "no") and field.kind in ("yes_no", "consent"):
        return text == "yes"
    return text.split() if field.kind == "choices" and text else text


def forget(session: Session, dossier_id: int) -> None:
    """Take a dossier out of the index."""
    session.execute(delete(Searchable).where(Searchable.dossier_id == dossier_id))
    session.execute(delete(SearchWord).where(SearchWord.dossier_id == dossier_id))


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


def words(texts: Iterable[str]) -> list[str]:
    """The words of some texts as they are indexed: each as it stands and by its stem, once."""
    found: dict[str, None] = {}
    for text in texts:
        for token in tokens(text):
            found |= {token: None, stem(token): None}
            if len(found) >= MOST_WORDS:
                return list(found)
    return list(found)


def tokens(text: str) -> list[str]:
    """The words of a text in lower case without accents ("Cœur d'été" is coeur, ete), those of one sign left out."""
    folded = text.casefold().translate(FOLDED)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
    return [word[:LONGEST] for word in WORD.findall(bare) if len(word) >= SHORTEST]


def stem(word: str) -> str:
    """The stem of a normalised word, by the rules of French."""
    with _STEMMING:
        return str(_STEMMER.stemWord(word))


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


def _is_open(field: Field) -> bool:
    """Whether nothing of an answer is kept from anybody: no part of it, in rows of rows neither."""
    return not any(one.sensitive or one.hide_from for one in (field, *field.below))


def columns_of(field: Field, answer: Json) -> dict[str, Any]:
    """The row of the narrow table an answer stands in."""
    row: dict[str, Any] = {"field": field.id, "text": None, "number_cents": None, "date": None}
    if field.kind in IN_CENTS:
        row["number_cents"] = _cents(answer)
    elif field.kind in ("date", "date_time") and isinstance(answer, str):
        row["date"] = date.fromisoformat(answer[:10])
    elif isinstance(answer, list):
        row["text"] = " ".join(map(str, answer))[:LONGEST_TEXT]
    else:
        row["text"] = ({True: "yes", False: "no"}[answer] if isinstance(answer, bool) else str(answer))[
            :LONGEST_TEXT
        ]
    return row


def _cents(answer: Json) -> int | None:
    """A figure in hundredths, rounded: enough to sort and filter by; None beyond what a column holds."""
    try:
        cents = int((Decimal(str(answer)) * 100).to_integral_value())
    except (InvalidOperation, OverflowError):
        return None
    return cents if abs(cents) <= GREATEST else None


def _texts(field: Field, answer: Json, language: str) -> Iterable[str]:
    """What an answer says in words; a row's inner answers too."""
    if field.kind in UNSAID:
        return
    if field.kind == "repeat" and isinstance(answer, list):
        for row in answer:
            for id, inner in field.fields.items():
                if isinstance(row, dict) and row.get(id) is not None:
                    yield from _texts(inner, row[id], language)
        return
    if isinstance(answer, str):
        yield answer
    for part in kind_of(field).printed(field, answer, language):
        yield printed(part, language) if isinstance(part, Printed) else part
