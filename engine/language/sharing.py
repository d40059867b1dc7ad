"""What several schemes share: which files there are, and which of them a scheme uses and so carries with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files as resources

SITE, LIBRARY, SOURCES = "shared/", "workflows/library/", "connectors/library/"
# the folders of what is shared, by what takes it
WORKFLOWS, FIELDS, LISTS, CONNECTORS = "workflows", "fields", "lists", "connectors"
NAME = re.compile(
    r"shared/(?:workflows|fields)/[a-z][a-z0-9_]{0,60}\.yaml|shared/lists/[a-z][a-z0-9_]{0,60}\.csv"
    r"|workflows/library/[a-z][a-z0-9_]{0,60}\.yaml|(?:shared/connectors|connectors/library)/[a-z][a-z0-9-]{0,60}\.yaml"
)
_USE = re.compile(r"\buse[\"']?\s*:\s*[\"']?([a-z][a-z0-9_]*)")
_CONNECTOR = re.compile(r"\bconnector[\"']?\s*:\s*[\"']?([a-z][a-z0-9-]*)")
# the folders of what comes with Guichet, by the folder of the package that holds them
SHIPPED = {LIBRARY: ("workflows", "library"), SOURCES: ("engine", "connectors")}


def is_shared(file: str) -> bool:
    """Whether a file of a scheme is one it shares with others, and so is not its own to change."""
    return file.startswith((SITE, LIBRARY, SOURCES))


def places_of(folder: str, name: str) -> tuple[str, ...]:
    """The files that may hold a shared thing: the site's, and for a workflow or a connector those that come along."""
    own = f"{SITE}{folder}/{name}.{'csv' if folder == LISTS else 'yaml'}"
    shipped = {WORKFLOWS: LIBRARY, CONNECTORS: SOURCES}.get(folder)
    return (own, f"{shipped}{name}.yaml") if shipped else (own,)


def name_of(file: str) -> str:
    """What a shared file is called where it is used: `shared/lists/naf.csv` → `naf`."""
    return file.rpartition("/")[2].partition(".")[0]


@cache
def library() -> Mapping[str, str]:
    """The workflows and connectors that come with Guichet: file → text."""
    folders = ((under, resources(room).joinpath(*inner)) for under, (room, *inner) in SHIPPED.items())
    found = [(under + one.name, one) for under, folder in folders for one in folder.iterdir()]
    texts = sorted(((file, one) for file, one in found if file.endswith(".yaml")), key=lambda pair: pair[0])
    return {file: one.read_text(encoding="utf-8") for file, one in texts}


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
    """The shared workflows and blocks of fields whose name stands after a `use`, the connectors after `connector`."""
    names, sources = set(_USE.findall(text)), set(_CONNECTOR.findall(text))
    yield from (
        file
        for file in shelf
        if file.endswith(".yaml") and name_of(file) in (sources if is_connector(file) else names)
    )


def is_connector(file: str) -> bool:
    """Whether a shared file declares a connector."""
    return file.startswith((SOURCES, f"{SITE}{CONNECTORS}/"))


def _reads(text: str, name: str) -> bool:
    """Whether a text names a list, in a field or in an expression."""
    return re.search(rf"\blist[\"']?\s*:\s*[\"']?{name}\b|\b{name}\s*\(", text) is not None
