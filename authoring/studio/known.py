"""The names a scheme being written already gives to things, read from its plain data, faulty or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.language.bundle import SCHEME, TESTS, Bundle
from engine.language.grafting import graft
from engine.language.sharing import is_connector, is_shared, name_of
from engine.language.source import Source, read_source

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what it stands for: `sort` is "field", "total", "parameter", "computed", "state", "action", "role",
    "rule", "text", "list", "fact", "connector" or "shared"; `kind` the type the file gives it, `label` what people read."""

    id: str
    sort: str
    kind: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a scheme: its names, and its plain data for who looks closer."""

    names: tuple[Name, ...]
    data: Data

    def of(self, *sorts: str) -> tuple[Name, ...]:
        """The names of some sorts."""
        return tuple(name for name in self.names if name.sort in sorts)

    def at(self, path: tuple[str | int, ...]) -> object:
        """The plain data at a path; None where there is none."""
        here: object = self.data
        for step in path:
            if isinstance(here, Mapping):
                here = here.get(step)
            elif isinstance(here, list) and isinstance(step, int) and step < len(here):
                here = here[step]
            else:
                return None
        return here


def known(files: Mapping[str, str], language: str) -> Known:
    """What the files name; labels in a language, else in the first one written."""
    written = read_source(files.get(SCHEME, ""), SCHEME)
    bundle = Bundle(files).with_library()
    shared = (Name(name_of(file), "connector" if is_connector(file) else "shared") for file in bundle.shelf)
    whole = _mapping(_with_shared(written, bundle))
    return Known((*_of_scheme(whole, language), *_of_files(files), *shared), _mapping(written.data))


def _with_shared(written: Source, bundle: Bundle) -> object:
    """The data of the scheme with what it takes of shared files; what is written stays as it is."""
    if not any(is_shared(file) for file in bundle.files):
        return written.data
    whole = read_source(bundle.files[SCHEME], SCHEME)
    graft(whole, bundle)
    return whole.data


def _of_scheme(data: Data, language: str) -> Iterator[Name]:
    for page in _mapping(data.get("form")).values():
        yield from _fields(_mapping(_mapping(page).get("fields")), language)
    workflow = _mapping(data.get("workflow"))
    parts = {
        "parameter": data.get("parameters"),
        "computed": data.get("computed"),
        "fact": data.get("facts"),
        "rule": data.get("eligibility"),
        "role": data.get("roles"),
        "party": data.get("parties"),
        "state": workflow.get("states"),
        "action": workflow.get("actions"),
    }
    for sort, part in parts.items():
        for id, one in _mapping(part).items():
            yield _name(id, sort, one, language)


def _fields(fields: Data, language: str) -> Iterator[Name]:
    for id, field in fields.items():
        yield _name(id, "field", field, language)
        yield from _fields(_mapping(_mapping(field).get("fields")), language)
        for total, one in _mapping(_mapping(field).get("totals")).items():
            yield _name(total, "total", one, language)


def _of_files(files: Mapping[str, str]) -> Iterator[Name]:
    for name in files:
        folder, _, rest = name.removeprefix("shared/").partition("/")
        if folder in ("texts", "lists") and rest.endswith((".md", ".csv")):
            yield Name(rest.partition(".")[0], folder[:-1], label=name)


def _name(id: str, sort: str, data: object, language: str) -> Name:
    given = _mapping(data)
    return Name(str(id), sort, str(given.get("type") or ""), _label(given.get("label"), language))


def _label(label: object, language: str) -> str:
    if isinstance(label, Mapping):
        return str(label.get(language) or next(iter(label.values()), ""))
    return label if isinstance(label, str) else ""


def _mapping(data: object) -> Data:
    return data if isinstance(data, Mapping) else {}


def is_yaml(file: str) -> bool:
    """Whether a file is written in the scheme language."""
    return file in (SCHEME, TESTS)
