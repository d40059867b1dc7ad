"""Finding options by what somebody types: a code, or the beginnings of words, accents and capitals set aside; when nothing
begins so, the words that begin alike (`restaurant` finds `restauration`, `bars` finds `bar`); when no option has all of
them, those that have the most (`hôtel restaurant` finds hotels, and restaurants).

Of each list of options an index is built once, then kept as long as the list is used.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine.kinds.field import FieldView
from engine.kinds.kind import Raw, Slips, slip
from engine.kinds.options import codes_of, words_of
from engine.kinds.typed import single

TYPED, SETTLED = "-search", "-for"  # what is typed; the text the code beside it was chosen for
SHORTEST, LONGEST, MOST_WORDS = 2, 100, 8  # characters and words looked at
MOST = 20  # options proposed
# What two words of one family share: all but the last letters of the one typed, and so many letters at least.
ENDING, STEM = 4, 5
SMALL = 3  # letters of words that say little: de, des, sur
LAST = "\U0010ffff"
# One word for another in names of places, either way.
SAME = {"st": "saint", "ste": "sainte", "saint": "st", "sainte": "ste"}


def folded(text: str) -> str:
    """A text for comparing: lower case, without accents, its words a blank apart."""
    plain = text.casefold().replace("œ", "oe").replace("æ", "ae")
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", bare))


@dataclass(frozen=True, slots=True)
class Index:
    """The words of a list in order, each with the place of its row; `whole` finds rows by a whole code or label."""

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    words: tuple[str, ...]
    places: tuple[int, ...]
    whole: dict[str, tuple[int, ...]]

    def exact(self, text: str) -> tuple[str, ...]:
        """The options whose code, else whose label, is the text as a whole."""
        found = folded(text[:LONGEST])
        by_code = self.whole.get(_code(found), ()) if found else ()
        return tuple(self.codes[place] for place in by_code or self.whole.get(f" {found}", ()))

    def matches(
        self, text: str, fits: Callable[[str], bool] | None = None, most: int = MOST
    ) -> tuple[str, ...]:
        """The options in which each word typed begins a word: whole labels first, then labels that begin so. When there are
        none, those with words that begin alike; small words, and those that no option has anything of, are passed over. When no
        option has all of these, those that have the most, the shortest labels first."""
        typed = folded(text[:LONGEST])
        if len(typed) < SHORTEST:
            return tuple(code for code in self.exact(text) if fits is None or fits(code))[:most]
        words = typed.split()[:MOST_WORDS]
        found = self._fitting(typed, words, fits, most)
        if found:
            return found
        alike = [one for word in words if len(word) > SMALL and (one := self._shared(word, fits))]
        return self._fitting(typed, alike, fits, most) or self._mostly(alike, fits, most)

    def _fitting(
        self, typed: str, words: list[str], fits: Callable[[str], bool] | None, most: int
    ) -> tuple[str, ...]:
        ranked = sorted(self._places(words), key=lambda place: self._rank(typed, place))
        found: list[str] = []
        for place in ranked:
            if len(found) == most:
                break
            if fits is None or fits(self.codes[place]):
                found.append(self.codes[place])
        return tuple(found)

    def _mostly(self, words: list[str], fits: Callable[[str], bool] | None, most: int) -> tuple[str, ...]:
        had = Counter(place for word in words for place in self._places([word]))
        fitting = {place: count for place, count in had.items() if fits is None or fits(self.codes[place])}
        best = max(fitting.values(), default=0)
        ranked = sorted(
            (len(self.labels[place].split()), place) for place in fitting if fitting[place] == best
        )
        return tuple(self.codes[place] for _, place in ranked[:most])

    def _rank(self, typed: str, place: int) -> tuple[bool, bool, int]:
        label = self.labels[place]
        return label != typed, not label.startswith(typed), place

    def _shared(self, word: str, fits: Callable[[str], bool] | None) -> str:
        """The longest beginning of a word that a word of some fitting option has too; "" for none. A number has no family."""
        if any(sign.isdigit() for sign in word):
            return word
        shortest = max(STEM, len(word) - ENDING)
        if word[-1] in "sx":  # one letter off a short plural
            shortest = min(shortest, max(len(word) - 1, SHORTEST + 1))
        ways = (word[:end] for end in range(len(word), shortest - 1, -1))
        return next((way for way in ways if self._fitting(way, [way], fits, 1)), "")

    def _places(self, typed: list[str]) -> set[int]:
        """The rows that hold all these beginnings."""
        found: set[int] | None = None
        for word in typed:
            low, high = bisect_left(self.words, word), bisect_left(self.words, word + LAST)
            here = set(self.places[low:high])
            found = here if found is None else found & here
        return found or set()


def _code(text: str) -> str:
    return text.replace(" ", "")


def built(rows: Iterable[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> Index:
    """The index of some options: each with its code, its labels (the first one ranks), and what else finds it."""
    codes: list[str] = []
    first: list[str] = []
    words: list[tuple[str, int]] = []
    whole: dict[str, tuple[int, ...]] = {}
    for place, (code, labels, others) in enumerate(rows):
        known, said = folded(code), [folded(label) for label in labels]
        codes.append(code)
        first.append(said[0] if said else "")
        for text in {_code(known), *(f" {one}" for one in said)}:
            whole[text] = (*whole.get(text, ()), place)
        words += ((word, place) for word in _words(_code(known), known, *said, *map(folded, others)))
    words.sort()
    return Index(tuple(codes), tuple(first), tuple(w for w, _ in words), tuple(p for _, p in words), whole)


def _words(*texts: str) -> set[str]:
    found = {word for text in texts for word in text.split()}
    return found | {SAME[word] for word in found if word in SAME}


class _Same:
    """The options of a field as a key: the same list, kept alive by the key, has the same index."""

    __slots__ = ("field", "identity")

    def __init__(self, field: FieldView) -> None:
        self.field, self.identity = field, id(codes_of(field))

    def __hash__(self) -> int:
        return self.identity

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and codes_of(other.field) is codes_of(self.field)


@lru_cache(maxsize=64)
def _index(same: _Same) -> Index:
    return built(words_of(same.field))


def index_of(field: FieldView) -> Index:
    """The index of a field's options."""
    return _index(_Same(field))


def is_typed(raw: Raw) -> bool:
    """Whether a text was typed that the code beside it was not chosen for."""
    return TYPED in raw and single(raw, TYPED) != single(raw, SETTLED)


def meant(field: FieldView, raw: Raw) -> str | Slips | None:
    """The one option a text means; None for no text, slips when it means several or none."""
    text = single(raw, TYPED)
    if not text:
        return None
    index = index_of(field)
    found = index.exact(text)
    if len(found) == 1:
        return found[0]
    return slip(field, "several_found" if found or index.matches(text, most=1) else "nothing_found")


def proposals(
    field: FieldView, text: str, fits: Callable[[str], bool] | None = None
) -> Iterator[tuple[str, bool]]:
    """The options to propose for a text, each with whether it is one too many to be shown."""
    for number, code in enumerate(index_of(field).matches(text, fits, MOST + 1)):
        yield code, number == MOST
