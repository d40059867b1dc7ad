"""The structure of a scheme: unknown and missing keys, wrong kinds of values, told in words; the faulty parts left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any, TypeAlias

from jsonschema import Draft202012Validator, ValidationError

from engine.language import scalars, span_slips
from engine.language.meant_keys import goes_under, read_as_meant
from engine.language.quoting import needs_quotes_in_braces, quoted
from engine.language.schema import structure_validator
from engine.language.settling import row_of_words
from engine.language.source import Source
from engine.problems import Path, Place, Problem, meant
from engine.problems.french import plain, says_optional, says_required

SHOWN = 4  # options of a proposal
Found: TypeAlias = Iterator[tuple[Problem, Path | None]]


def check_structure(
    source: Source, validator: Draft202012Validator | None = None
) -> tuple[dict[str, Any], list[Problem]]:
    """The data without what does not fit (a scheme, when no validator is given), and one problem for each thing that did
    not."""
    if not isinstance(source.data, dict):
        return {}, [] if source.damaged else [Problem("no_mapping", {}, source.start)]
    told: dict[tuple[object, ...], Problem] = {}
    again = True
    while again:  # each time under the keys that were told, as deep as a scheme goes
        found = list(_all_problems(source, validator or structure_validator()))
        new = [problem for problem, _ in found if told.setdefault(_mark(problem), problem) is problem]
        again = read_as_meant(source, new)
    data: dict[str, Any] = deepcopy(source.data)
    for path in sorted({faulty for _, faulty in found if faulty is not None}, key=len, reverse=True):
        _remove(data, path)
    return data, _without_noise(list(told.values()), source)


def _all_problems(source: Source, validator: Draft202012Validator) -> Found:
    for error in validator.iter_errors(source.data):
        yield from _problems(error, source)


def _mark(problem: Problem) -> tuple[object, ...]:
    """What makes two problems the same one: the place, since a path may be read otherwise meanwhile."""
    return problem.place, problem.path[-1:], problem.code, problem.params.get("key")


def _problems(error: ValidationError, source: Source) -> Found:
    """The problems behind one error of jsonschema, each with the path of what is to be left out."""
    path: Path = tuple(error.absolute_path)
    keyword = str(error.validator)
    if "propertyNames" in error.absolute_schema_path:
        key = str(error.instance)
        here = (*path, key)
        params = {"id": key, "better": better_id(key)}
        yield Problem("bad_id", params, source.key_place(here), here), None
    elif keyword == "additionalProperties":
        yield from _unknown_keys(error, path, source)
    elif keyword == "required":
        yield from _missing_keys(error, path, source)
    elif keyword == "not":
        yield Problem("not_yet", {"what": str(path[-1]) if path else ""}, source.key_place(path), path), path
    else:
        problem = _value(error, keyword, path, source)
        yield problem, path


def _unknown_keys(error: ValidationError, path: Path, source: Source) -> Found:
    known = _known(error)
    given: dict[str, Any] = error.instance  # type: ignore[assignment]  # only a mapping has unknown keys
    for key in given:
        if key in known:
            continue
        here = (*path, key)
        yield _unknown_key(given, known, error.schema, source.key_place(here), here), here


def _unknown_key(
    given: Mapping[Any, Any], known: list[str], schema: Any, place: Place, path: Path
) -> Problem:
    key = str(path[-1])
    params = {"key": key, "known": tuple(known)}
    if code := _of_answering(key, given[path[-1]]) if "optional" in known else None:
        return Problem(code, params, place, path)
    if home := goes_under(key, schema):
        return Problem("key_goes_under", {"key": key, "home": home}, place, path)
    free = [name for name in known if name not in given]
    suggestion = next(iter(meant(key, free)), None)
    return Problem("unknown_key", params, place, path, suggestion=suggestion)


def _of_answering(key: str, value: object) -> str | None:
    """The problem of a key that wants to say whether a question must be answered; None for any other key."""
    is_no = value is False or (isinstance(value, str) and scalars.boolean_meant(value) == "false")
    if says_required(key):
        return "optional_instead" if is_no else "required_anyway"
    if says_optional(key):
        return "required_anyway" if is_no else "optional_instead"
    return None


def _known(error: ValidationError) -> list[str]:
    return list(error.schema.get("properties", {})) if isinstance(error.schema, dict) else []


def _missing_keys(error: ValidationError, path: Path, source: Source) -> Found:
    given: dict[str, Any] = error.instance  # type: ignore[assignment]  # only a mapping misses keys
    wanted: list[str] = error.validator_value  # type: ignore[assignment]
    for key in wanted:
        if key not in given:
            place = source.key_place(path) if path else source.start
            yield Problem("missing_key", {"key": key}, place, (*path, key)), None


def _value(error: ValidationError, keyword: str, path: Path, source: Source) -> Problem:
    """A value that is not what its key wants."""
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    value, place = error.instance, source.place(path)
    key = str(next((step for step in reversed(path) if isinstance(step, str)), ""))
    sort = schema.get("x-sort") or _sort(schema)
    if value is None and sort in {"text", "feel"} and (comment := source.comment_after(path)):
        params: dict[str, object] = {"sign": "#", "line": f"{key}: {quoted(comment)}"}
        return Problem("begins_with_sign", params, place, path)
    if value is None or value == "":
        return Problem("empty_value", {"key": key}, source.key_place(path), path)
    if keyword == "enum":
        return _word(value, schema, key, place, path)
    if keyword in {"minItems", "minProperties"}:
        return Problem("empty_value", {"key": key}, source.key_place(path), path)
    if keyword == "maxProperties":
        return Problem("one_key_only", {"key": key}, place, path)
    if keyword == "uniqueItems":
        return Problem("said_twice", {"key": key}, place, path)
    instead = _as_options(value) if key == "options" else _instead(sort, value) or _as_list(value, schema)
    params = {"key": key, "found": _found(value), "wanted": f"@sort_{sort}"}
    if instead is not None:
        return Problem("write_instead", params | {"instead": instead}, place, path)
    return Problem("wrong_value", params, place, path)


def _word(value: object, schema: dict[str, Any], key: str, place: Any, path: Path) -> Problem:
    """A word that is none of those a key takes."""
    if value in schema.get("x-not-yet", ()):
        return Problem("not_yet", {"what": str(value)}, place, path)
    known = [str(word) for word in schema.get("enum", ())]
    params = {"key": key, "found": _found(value), "known": tuple(known)}
    found = meant(value, known) if isinstance(value, str) else ()
    if len(found) > 1:
        return Problem(
            "unknown_word_among", params | {"meant": tuple(f"@word {one}" for one in found)}, place, path
        )
    suggestion = found[0] if found else None
    code = "unknown_word" if suggestion else "unknown_word_of"
    return Problem(code, params, place, path, suggestion=suggestion)


def _sort(schema: dict[str, Any]) -> str:
    wanted = schema.get("type")
    types: list[str] = wanted if isinstance(wanted, list) else [str(wanted)]
    if "pattern" in schema:
        return "pattern"
    names = {"object": "mapping", "array": "list", "string": "word", "boolean": "boolean", "None": "other"}
    return names.get(types[0], types[0])


def _found(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "@found_mapping"
    return "@found_list" if isinstance(value, list) else f"`{value}`"


def _instead(sort: str, value: object) -> str | None:
    """What was meant, as it should be written."""
    if isinstance(value, bool) and sort in {"text", "word"}:
        return quoted("true" if value else "false")
    if not isinstance(value, str):
        return None
    read: Callable[[str], str | None] | None = {
        "number": scalars.number_meant,
        "integer": scalars.integer_meant,
        "boolean": scalars.boolean_meant,
        "date": scalars.date_meant,
        "span": span_slips.span_meant,
        "day_span": span_slips.day_span_meant,
        "keep": span_slips.keep_meant,
        "currency": scalars.currency_meant,
    }.get(sort)
    return read(value) if read else None


def _as_list(value: object, schema: dict[str, Any]) -> str | None:
    """Words that stand without their brackets, `chercher, view`, each as the list takes it: `[search, view]`."""
    words = row_of_words(value) if schema.get("type") == "array" and isinstance(value, str) else ()
    known = schema.get("items", {}).get("enum")
    if known is not None:
        found = [word if word in known else next(iter(meant(word, known)), "") for word in words]
        words = tuple(found) if all(found) else ()
    return f"[{', '.join(words)}]" if words else None


def _as_options(value: object) -> str | None:
    """Options written as a list, each with a code of its own: `[Oui, Non]` → `{oui: Oui, non: Non}`."""
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        return None
    shown = [f"{better_id(one)}: {quoted(one) if needs_quotes_in_braces(one) else one}" for one in value]
    return "{" + ", ".join([*shown[:SHOWN], *(["…"] if len(shown) > SHOWN else [])]) + "}"


def better_id(key: str) -> str:
    """A name one may use instead: `Montant demandé` → `montant_demande`."""
    found = plain(key)
    if not found:
        return "name_1"
    return found if found[0].isalpha() else f"n_{found}"


def _remove(data: Any, path: Path) -> None:
    """Take a value out of the data; in a list, None stands in its place."""
    here = data
    for step in path[:-1]:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(here, dict) and path:
        here.pop(path[-1], None)
    elif isinstance(here, list) and path and isinstance(path[-1], int) and path[-1] < len(here):
        here[path[-1]] = None


def _without_noise(problems: list[Problem], source: Source) -> list[Problem]:
    """Not what only follows from another problem: a missing `label` beside `lable`, or in a file with unread lines."""
    wanted = {
        (*problem.path[:-1], problem.suggestion) for problem in problems if problem.code == "unknown_key"
    }
    bad = {problem.path for problem in problems if problem.code == "bad_id"}
    return [problem for problem in problems if not _follows(problem, wanted, bad, source.damaged)]


def _follows(
    problem: Problem, wanted: Iterable[tuple[object, ...]], bad: Iterable[Path], damaged: bool
) -> bool:
    if problem.code == "missing_key":
        return damaged or problem.path in wanted
    return problem.code == "unknown_key" and problem.path in bad
