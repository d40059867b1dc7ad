"""Keys that are slips for others: once told, what stands under them is read as if they were right, so that its own faults are told
in the same run, and names declared there are not said to be unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.language.source import Source
from engine.problems import Path, Problem, surely


def read_as_meant(source: Source, problems: Iterable[Problem]) -> bool:
    """Give each key that is surely another one that one's name, in the data of the source and in its places; whether there was
    one."""
    meant = {problem.path: better for problem in problems if (better := _better(problem))}
    inmost_first = sorted(meant, key=len, reverse=True)
    done = {path: meant[path] for path in inmost_first if _rename(source.data, path, meant[path])}
    if done:
        source.read_as(done)
    return bool(done)


def goes_under(key: str, schema: Mapping[str, Any]) -> str | None:
    """The key of this mapping under which a misplaced one belongs: `states` under `workflow`. Among several, the one that
    may not be missing; None when that does not settle it."""
    homes = [name for name, inner in schema.get("properties", {}).items() if key in _keys(inner)]
    likely = homes if len(homes) == 1 else [name for name in homes if name in schema.get("required", ())]
    return likely[0] if len(likely) == 1 else None


def _keys(schema: object) -> Mapping[str, Any]:
    found = schema.get("properties", {}) if isinstance(schema, dict) else {}
    return found if isinstance(found, dict) else {}


def _better(problem: Problem) -> str | None:
    """The key that was surely meant; None when it may be something else."""
    if problem.code == "bad_id":
        return str(problem.params["better"])
    if problem.code != "unknown_key" or problem.suggestion is None:
        return None
    return problem.suggestion if surely(str(problem.path[-1]), problem.suggestion) else None


def _rename(data: Any, path: Path, key: str) -> bool:
    here = data
    for step in path[:-1]:
        here = here[step]
    if key in here or path[-1] not in here:
        return False
    here[key] = here.pop(path[-1])
    return True
