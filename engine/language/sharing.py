"""What several schemes share: which files there are, and which of them a scheme uses and so carries with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files as resources

SITE, LIBRARY = "shared/", "workflows/library/"
# the folders of what is shared, by what takes it
WORKFLOWS, FIELDS, LISTS = "workflows", "fields", "lists"
NAME = re.compile(
    r"shared/(?:workflows|fields)/[a-z][a-z0-9_]{0,60}\.yaml|shared/lists/[a-z][a-z0-9_]{0,60}\.csv"
    r"|workflows/library/[a-z][a-z0-9_]{0,60}\.yaml"
)
_USE = re.compile(r"\buse[\"']?\s*:\s*[\"']?([a-z][a-z0-9_]*)")


def is_shared(file: str) -> bool:
    """Whether a file of a scheme is one it shares with others, and so is not its own to change."""
    return file.startswith((SITE, LIBRARY))


def places_of(folder: str, name: str) -> tuple[str, ...]:
    """The files that may hold a shared thing: the site's, and for a workflow the library's."""
    own = f"{SITE}{folder}/{name}.{'csv' if folder == LISTS else 'yaml'}"
    return (own, f"{LIBRARY}{name}.yaml") if folder == WORKFLOWS else (own,)


def name_of(file: str) -> str:
    """What a shared file is called where it is used: `shared/lists/naf.csv` → `naf`."""
    return file.rpartition("/")[2].partition(".")[0]


@cache
def library() -> Mapping[str, str]:
    """The workflows that come with Guichet: file → text."""
    folder = resources("workflows").joinpath("library")
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return {f"{LIBRARY}{one.name}": one.read_text(encoding="utf-8") for one in found}


def used(files: Mapping[str, str], shelf: Iterable[str], read: Callable[[str], str]) -> dict[str, str]:
    """What a scheme of these files uses of a shelf, file → text as `read` gives it, without what it carries already."""
    found: dict[str, str] = {}
    texts = [text for file, text in files.items() if file == "scheme.yaml" or is_shared(file)]
    for file in _named(files.get("scheme.yaml", ""), shelf):
        found[file] = read(file)
        texts.append(found[file])
    for file in shelf:
        if file.startswith(f"{SITE}{LISTS}/") and any(_reads(text, name_of(file)) for text in texts):
            found[file] = read(file)
    return {file: text for file, text in found.items() if file not in files}


def _named(text: str, shelf: Iterable[str]) -> Iterator[str]:
    """The shared workflows and blocks of fields whose name stands after a `use`."""
    names = set(_USE.findall(text))
    yield from (file for file in shelf if file.endswith(".yaml") and name_of(file) in names)


def _reads(text: str, name: str) -> bool:
    """Whether a text names a list, in a field or in an expression."""
    return re.search(rf"\blist[\"']?\s*:\s*[\"']?{name}\b|\b{name}\s*\(", text) is not None
