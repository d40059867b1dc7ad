"""Shared workflows and blocks of fields put under what a scheme says itself; what is taken keeps its own places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.language.bundle import Bundle
from engine.language.sharing import FIELDS, WORKFLOWS, name_of, places_of
from engine.language.source import Source, Use, read_source
from engine.problems import Path, Problem, near

KEY = "use"


def graft(source: Source, bundle: Bundle) -> None:
    """Replace each `use` of a scheme by what it names, as far as the scheme doesn't say otherwise."""
    for path, folder in list(_spots(source.data)):
        above = _at(source.data, path[:-1])
        own = above[path[-1]]
        if isinstance(own.get(KEY), str):
            above[path[-1]] = _taken(source, bundle, path, folder, own)


def _spots(data: object) -> Iterator[tuple[Path, str]]:
    """Where a `use` may stand in a scheme, with the folder of what it takes: the workflow, fields of pages and of rows."""
    if isinstance(_at(data, ("workflow",)), dict):
        yield ("workflow",), WORKFLOWS
    form = _at(data, ("form",))
    for page in form if isinstance(form, dict) else ():
        fields = _at(form, (page, "fields"))
        if not isinstance(fields, dict):
            continue
        yield ("form", page, "fields"), FIELDS
        for id in fields:
            if isinstance(_at(fields, (id, "fields")), dict):
                yield ("form", page, "fields", id, "fields"), FIELDS


def _at(data: object, path: Path) -> Any:
    here = data
    for step in path:
        here = here.get(step) if isinstance(here, dict) else None
    return here


def _taken(source: Source, bundle: Bundle, path: Path, folder: str, own: dict[str, Any]) -> dict[str, Any]:
    """What the shared file holds and the scheme says over it; the scheme's own part alone when there is no such file."""
    name, said = own[KEY], source.place((*path, KEY))
    rest = {key: value for key, value in own.items() if key != KEY}
    files = [file for file in places_of(folder, name) if file in bundle.files]
    if not files:
        _report_unknown(source, bundle, path, folder, name)
        return rest
    if len(files) > 1:
        params: dict[str, object] = {"name": name, "files": tuple(bundle.name_of(file) for file in files)}
        source.problems.append(Problem("shared_twice", params, said, (*path, KEY)))
    shared = _read(source, bundle, files[0])
    if shared is None:
        return rest
    taken: set[Path] = set()
    held: dict[str, Any] = shared.data  # type: ignore[assignment]  # what is no mapping was refused
    merged = _merged(_Both(source, shared, name, taken), own, held, path, ())
    source.uses.append(Use(name, shared.name, said, frozenset(taken)))
    return merged


def _report_unknown(source: Source, bundle: Bundle, path: Path, folder: str, name: str) -> None:
    wanted = {file for one in bundle.shelf for file in places_of(folder, name_of(one)) if file == one}
    known = tuple(sorted({name_of(file) for file in wanted}))
    params = {"name": name, "file": places_of(folder, name)[0], "known": known}
    here = (*path, KEY)
    source.problems.append(
        Problem("unknown_shared", params, source.place(here), here, suggestion=near(name, known))
    )
    source.damaged = True  # what it would have held is not missing


def _read(source: Source, bundle: Bundle, file: str) -> Source | None:
    """The shared file; None when it holds nothing that can be taken. What is wrong with it is told once."""
    shared = read_source(bundle.files[file], bundle.name_of(file))
    source.problems += shared.problems
    source.damaged |= shared.damaged
    if not isinstance(shared.data, dict):
        source.problems.append(Problem("no_mapping", {}, shared.start))
        source.damaged = True
        return None
    if isinstance(shared.data.get(KEY), str):
        source.problems.append(Problem("shared_uses", {}, shared.key_place((KEY,))))
        del shared.data[KEY]
    return shared


class _Both:
    """A scheme and the shared file being merged into it."""

    def __init__(self, source: Source, shared: Source, name: str, taken: set[Path]) -> None:
        self.source, self.shared, self.name, self.taken = source, shared, name, taken

    def borrow(self, value: object, here: Path, there: Path) -> None:
        """Note the places of a value of the shared file, and of all that is in it."""
        for into, known in ((self.source.keys, self.shared.keys), (self.source.values, self.shared.values)):
            if there in known:
                into[here] = known[there]
        if there in self.shared.scalars:
            self.source.borrowed[here] = (self.shared, there)
        for step, inner in _items(value):
            self.borrow(inner, (*here, step), (*there, step))

    def takes_away(self, own: Mapping[str, Any], key: str, path: Path) -> bool:
        """Whether a scheme writes `null` for a key, the word itself: a value that was forgotten takes nothing away."""
        scalar = self.source.scalars.get((*path, key))
        return key in own and own[key] is None and scalar is not None and bool(scalar.value)


def _items(value: object) -> list[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _merged(
    both: _Both, own: Mapping[str, Any], shared: Mapping[str, Any], path: Path, there: Path
) -> dict[str, Any]:
    """Both mappings in one: what is shared stands where the `use` stands (first, further inside)."""
    keys = [key for key in own if key not in shared or (key == KEY and not there)]
    start = keys.index(KEY) if not there else 0
    found = dict(_alone(both, own, shared, keys[:start], path))
    for key, value in shared.items():
        here, inside = (*path, key), (*there, key)
        if both.takes_away(own, key, path):
            both.taken.add(here)
        elif key not in own:
            both.borrow(value, here, inside)
            found[key] = value
        elif isinstance(own[key], Mapping) and isinstance(value, Mapping):
            found[key] = _merged(both, own[key], value, here, inside)
        else:
            found[key] = own[key]
    rest = keys[start:] if there else keys[start + 1 :]
    return found | dict(_alone(both, own, shared, rest, path))


def _alone(
    both: _Both, own: Mapping[str, Any], shared: Mapping[str, Any], keys: list[str], path: Path
) -> Iterator[tuple[str, Any]]:
    """What only the scheme has; a `null` there takes nothing away, which is told."""
    for key in keys:
        if not both.takes_away(own, key, path):
            yield key, own[key]
            continue
        here, free = (*path, key), [name for name in shared if name not in own]
        params = {"key": key, "name": both.name, "known": tuple(free)}
        place = both.source.key_place(here)
        both.source.problems.append(
            Problem("nothing_to_take_away", params, place, here, suggestion=near(key, free))
        )
