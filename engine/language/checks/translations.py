"""Translations of texts the scheme does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.language.loader.loading import Loading
from engine.problems import Path, Problem, near


def check_translations(load: Loading) -> None:
    """Warn for each line of texts/en.yaml that translates nothing, with the key that was meant."""
    if load.source.damaged:
        return
    for language, source in load.translations.items():
        for path, key_path in _leaves(load, language, source.data, ()):
            suggestion = near(str(key_path[-1]), _keys(load.source.data, key_path[:-1]))
            params = {"path": ".".join(str(step) for step in path)}
            place = source.key_place(key_path)
            load.problems.append(Problem("unused_translation", params, place, path, "warning", suggestion))


def _leaves(load: Loading, language: str, data: object, path: Path) -> Iterator[tuple[Path, Path]]:
    """Each text that was not used, with the first step of its path that the scheme doesn't have."""
    if isinstance(data, Mapping):
        for key, inner in data.items():
            yield from _leaves(load, language, inner, (*path, key))
    elif path and (language, path) not in load.translated:
        yield path, _first_unknown(load.source.data, path)


def _first_unknown(data: object, path: Path) -> Path:
    here = data
    for length, step in enumerate(path, 1):
        if not isinstance(here, Mapping) or step not in here:
            return path[:length]
        here = here[step]
    return path


def _keys(data: object, path: Path) -> list[str]:
    here = data
    for step in path:
        here = here.get(step) if isinstance(here, Mapping) else None
    return [str(key) for key in here] if isinstance(here, Mapping) else []
