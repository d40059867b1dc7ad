"""Finding a commune as people name it: by its name, an older name, its beginning, its post code, or several of these."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from engine.places.communes import Commune, communes
from engine.places.departments import departments

WRITTEN = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "’": " ", "'": " ", "-": " "})
SHORT = {"st": "saint", "ste": "sainte"}
ARTICLES = ("le", "la", "les", "l")
FEWEST, LONGEST = 3, 50  # letters from which a beginning is enough, and beyond which nothing is looked for
NEAR = 0.8  # how alike a misspelt name must be


@dataclass(frozen=True, slots=True)
class _Index:
    """The codes behind each folded name, each post code and each folded department; `names` are sorted."""

    by_name: Mapping[str, tuple[str, ...]]
    by_postcode: Mapping[str, tuple[str, ...]]
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class Found:
    """The communes somebody may mean; `exact`: they bear the name or the post code typed, not only one like it."""

    communes: tuple[Commune, ...]
    exact: bool

    @property
    def sure(self) -> Commune | None:
        """The one commune meant without a doubt."""
        return self.communes[0] if self.exact and len(self.communes) == 1 else None


def find(typed: str) -> Found:
    """What somebody means who types `annecy`, `74000`, `St-Denis 93200`, `Annecy (Haute-Savoie)`.

    No commune when nothing is like it; many when only a beginning was typed.
    """
    text, department = _department(typed[:120])
    postcodes = re.findall(r"(?<!\S)[0-9]{5}(?!\S)", text)
    name = fold(re.sub(r"[0-9]{5}|\bcedex\b.*", " ", text, flags=re.IGNORECASE))
    exact = _called(name) if name else _coded(postcodes)
    found = exact or (_like(name) if name else ())
    kept = [one for one in found if not name or set(postcodes) <= set(one.postcodes)]
    return Found(tuple(one for one in kept if department in ("", one.department.code)), bool(exact))


def begun(typed: str) -> tuple[Commune, ...]:
    """What `find` finds, then every commune whose name goes on: for a list shown while somebody still types."""
    name = fold(_department(typed[:120])[0])
    further = _like(name) if re.fullmatch(r"[^0-9(]+", typed) else ()
    return tuple(dict.fromkeys((*find(typed).communes, *further)))


def fold(name: str) -> str:
    """A name without accents, capitals, hyphens and abbreviations: `St-Étienne` is `saint etienne`."""
    plain = unicodedata.normalize("NFKD", name.translate(WRITTEN)).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.casefold())
    return " ".join(SHORT.get(word, word) for word in words)


def _department(typed: str) -> tuple[str, str]:
    """The text without the department in brackets at its end, and the code of that one (its name or its code)."""
    found = re.fullmatch(r"(.*?)\s*\(([^()]*)\)\s*", typed)
    if not found:
        return typed, ""
    return found[1], _departments().get(fold(found[2]), "")


@cache
def _departments() -> Mapping[str, str]:
    """The code of each department by its folded name, and by itself."""
    known = departments().items()
    return {code.casefold(): code for code, _ in known} | {fold(one.name): code for code, one in known}


def _called(name: str) -> tuple[Commune, ...]:
    """The communes of this name, now or once; an article may be missing."""
    names = (name, *(f"{article} {name}" for article in ARTICLES))
    return _of(next((codes for one in names if (codes := _index().by_name.get(one))), ()))


def _coded(typed: Sequence[str]) -> tuple[Commune, ...]:
    """The communes of this post code; else the one of this Insee code."""
    return _of(_index().by_postcode.get(typed[0], typed)) if len(typed) == 1 else ()


def _like(name: str) -> tuple[Commune, ...]:
    """The communes whose name begins so; else those of a name much like it."""
    index = _index()
    if not FEWEST <= len(name) <= LONGEST:
        return ()
    begun = _begin(name, index.names)
    alike = begun or get_close_matches(name, _begin(name[:FEWEST], index.names), 6, NEAR)
    return _of(dict.fromkeys(code for one in alike for code in index.by_name[one]))


def _begin(start: str, names: Sequence[str]) -> Sequence[str]:
    return names[bisect_left(names, start) : bisect_left(names, start + "\U0010ffff")]


def _of(codes: Iterable[str]) -> tuple[Commune, ...]:
    known = communes().by_code
    return tuple(known[code] for code in codes if code in known)


@cache
def _index() -> _Index:
    names: dict[str, list[str]] = {}
    postcodes: dict[str, list[str]] = {}
    for one in communes().by_code.values():
        names.setdefault(fold(one.name), []).append(one.code)
        for postcode in one.postcodes:
            postcodes.setdefault(postcode, []).append(one.code)
    for former, code in communes().former:
        codes = names.setdefault(fold(former), [])
        if code not in codes:
            codes.append(code)
    return _Index(
        {name: tuple(codes) for name, codes in names.items()},
        {postcode: tuple(codes) for postcode, codes in postcodes.items()},
        sorted(names),
    )
