"""The words of a text as they are indexed and looked for: one normaliser for both databases."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable

import Stemmer

WORD = re.compile(r"[^\W_]+")
FOLDED = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": " ", "'": " "})
SHORTEST, LONGEST, MOST_WORDS = 2, 80, 400

_STEMMER = Stemmer.Stemmer("french")
_STEMMING = threading.Lock()  # the stemmer keeps the word it works on


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
