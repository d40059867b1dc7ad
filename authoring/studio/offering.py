"""What may be typed at a place of a scheme: keys of the language, names of the scheme, words of FEEL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from authoring.studio.cursor import Spot, spot
from authoring.studio.keys import keys_at, required_at, sort_at, words_at
from authoring.studio.known import Known, Name, is_yaml, known
from engine.feel.builtins import BUILTINS

MOST = 200
OPEN_BRACE = re.compile(r"(?<!\{)\{(?:[^{}]|\{\{)*$")
# the sorts of names a key takes
TAKEN: Mapping[str, tuple[str, ...]] = {
    "from": ("state",),
    "to": ("state",),
    "in": ("state",),
    "states": ("state",),
    "end": ("state",),
    "part_of": ("state",),
    "first": ("state",),
    "by": ("role", "party"),
    "all_of": ("party",),
    "asked_of": ("party",),
    "warn": ("role",),
    "listed_by": ("role",),
    "hide_from": ("role", "party"),
    "do": ("action",),
    "not_by_who_did": ("action",),
    "mail": ("text",),
    "letter": ("text",),
    "mails": ("text",),
    "remedies": ("text",),
    "list": ("list",),
    "sum": ("field",),
    "reopen": ("field",),
    "account": ("field",),
    "use": ("shared",),
    "connector": ("connector",),
    "with": ("field",),
    "match": ("field",),
    "filled_by": ("fact",),
    "facts": ("fact",),
}
BESIDES: Mapping[str, tuple[str, ...]] = {
    "by": ("applicant", "system"),
    "all_of": ("applicant",),
    "asked_of": ("applicant",),
}
READ_BY_FEEL = ("field", "total", "parameter", "computed", "fact")
FEEL_WORDS = (
    "and",
    "or",
    "not()",
    "if",
    "then",
    "else",
    "in",
    "between",
    "some",
    "every",
    "satisfies",
    "true",
    "false",
)
ASKED_OF_TESTS = ("answers", "given", "expect")


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that may be typed. `sort`: "key", "word", "function" or the sort of a Name; `detail` and `note` are said
    beside it (`note` is English, of the language's own schema); `insert` is typed in its place."""

    label: str
    sort: str
    detail: str = ""
    note: str = ""
    insert: str = ""
    first: bool = False


def offers(
    files: Mapping[str, str], file: str, line: int, column: int, language: str
) -> tuple[int, tuple[Offer, ...]]:
    """Where the word being typed begins on its line (from 0), and what may stand there. Lines count from 0."""
    if not is_yaml(file):
        return column, ()
    text = files.get(file, "")
    here = spot(text, line, column)
    path = here.path if file == "scheme.yaml" else ("tests", *here.path)
    found = known(files, language)
    made = _values(here, path, found) if here.is_value else _keys(path, found)
    word = here.word.lower()
    kept = [one for one in made if word in one.label.lower()]
    return here.column, tuple(dict.fromkeys(kept))[:MOST]


def _keys(path: tuple[str | int, ...], found: Known) -> Iterator[Offer]:
    wanted = required_at(path, found)
    for key, schema in keys_at(path, found).items():
        yield Offer(
            key, "key", note=str(schema.get("description", "")), insert=f"{key}: ", first=key in wanted
        )
    if path and path[0] == "tests" and path[-1] in ASKED_OF_TESTS:
        yield from (_of_name(one, f"{one.id}: ") for one in found.of(*READ_BY_FEEL))
    elif path and path[-1] in ("states", "actions") and path[0] != "workflow":
        yield from _names(found, (str(path[-1])[:-1],))
    yield from _items(path, found)


def _items(path: tuple[str | int, ...], found: Known) -> Iterator[Offer]:
    """A list one item a line: `- ` was typed under a key that takes names."""
    keys = [step for step in path if isinstance(step, str)]
    if path and isinstance(path[-1], int) and keys:
        yield from _taken(keys[-1], found)
        yield from (Offer(word, "word") for word in words_at(path, found))


def _values(here: Spot, path: tuple[str | int, ...], found: Known) -> Iterator[Offer]:
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    yield from (Offer(word, "word") for word in words_at(path, found))
    yield from _taken(key, found)
    if path[0] == "tests" and path[-2:-1] == ("then",):
        yield from _names(found, ("action",))
    sort = sort_at(path, found)
    if sort == "feel" or (sort == "text" and OPEN_BRACE.search(here.before)):
        yield from _feel(found)


def _taken(key: str, found: Known) -> Iterator[Offer]:
    yield from _names(found, TAKEN.get(key, ()))
    yield from (Offer(word, "word") for word in BESIDES.get(key, ()))


def _feel(found: Known) -> Iterator[Offer]:
    yield from _names(found, READ_BY_FEEL)
    for name, signatures in BUILTINS.items():
        told = ", ".join(one.name for one in signatures[0].parameters)
        yield Offer(name, "function", detail=f"({told})", insert=f"{name}(")
    yield from (Offer(word, "word") for word in FEEL_WORDS)


def _names(found: Known, sorts: Iterable[str]) -> Iterator[Offer]:
    yield from (_of_name(one, "") for one in found.of(*sorts))


def _of_name(name: Name, insert: str) -> Offer:
    return Offer(name.id, name.sort, detail=" · ".join(filter(None, (name.kind, name.label))), insert=insert)
