"""A connector's file: what it asks, how it is called, and what it gives, each expression checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator

from engine.feel import types
from engine.language.expressions import Text
from engine.language.facts_model import FOUND, KINDS, Call, Connector, Given, Limits
from engine.language.loader.loading import Loading, Scope
from engine.language.loader.names import mapping
from engine.language.schema import validator_of
from engine.language.source import read_source
from engine.language.structure import check_structure

SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400}


@cache
def connector_schema() -> Mapping[str, Any]:
    """The schema of a connector's file (2020-12)."""
    text = files("engine.language").joinpath("connector.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def _validator() -> Draft202012Validator:
    return validator_of(connector_schema())


def load_connector(load: Loading, file: str) -> Connector | None:
    """The connector of a file of the bundle; None when it can't be used. Its problems go to the loading's."""
    source = read_source(load.bundle.files[file], load.bundle.name_of(file))
    data, found = check_structure(source, _validator())
    own = Loading(load.bundle, source, data, _languages(data, load), {}, [*source.problems, *found])
    connector = _connector(own) if data else None
    load.problems += own.problems
    return None if any(problem.severity == "error" for problem in own.problems) else connector


def _languages(data: Mapping[str, Any], load: Loading) -> tuple[str, ...]:
    """Those its title is written in: a connector speaks its own languages, whatever the scheme's are."""
    title = data.get("title")
    return tuple(map(str, title)) if isinstance(title, Mapping) else load.languages[:1]


def _connector(load: Loading) -> Connector | None:
    data = load.data
    asks = {str(name): str(kind) for name, kind in mapping(data, "asks").items()}
    asked = types.Context({name: KINDS.get(kind, types.STRING) for name, kind in asks.items()})
    told = Scope({"asked": asked})
    call = _call(load, told)
    answered = told.with_names({"response": types.ANY})
    found = load.expression(data, FOUND, (), answered)
    gives = _gives(load, answered.with_names({FOUND: types.ANY}))
    if call is None or found is None:
        return None
    title = load.text(data, "title", (), told) or Text({load.languages[0]: ("",)})
    return Connector(
        str(data.get("connector", "")),
        title,
        asks,
        call,
        found,
        gives,
        _limits(mapping(data, "limits")),
        bool(data.get("sensitive")),
    )


def _call(load: Loading, scope: Scope) -> Call | None:
    data = mapping(load.data, "request")
    path = ("request",)
    raw = data.get("get")
    if raw is None:
        return None
    first = load.languages[
        :1
    ]  # the holes of an address are found like those of a text, of which it has one version
    url = replace(load, languages=first).text_of(str(raw), (*path, "get"), scope)
    if urlsplit(url.plain(load.languages[0])).scheme != "https":
        load.report("connector_not_https", (*path, "get"), found=str(raw))
    query = {
        str(name): made
        for name in mapping(data, "query")
        if (made := load.expression(data["query"], name, (*path, "query"), scope)) is not None
    }
    token = mapping(load.data, "authentication")
    headers = {str(name): str(value) for name, value in mapping(data, "headers").items()}
    return Call(
        url,
        query,
        headers,
        str(token.get("token", "")),
        str(token.get("header") or "Authorization") if token else "",
    )


def _gives(load: Loading, scope: Scope) -> dict[str, Given]:
    found: dict[str, Given] = {}
    for name, one in mapping(load.data, "gives").items():
        path = ("gives", name)
        value = load.expression(one, "value", path, scope)
        if name == FOUND:
            load.report("reserved_id", path, at_key=True, id=name, better=f"is_{name}")
        elif value is not None and one.get("type") in KINDS:
            found[name] = Given(name, str(one["type"]), load.label(one, path, name), value)
    return found


def _limits(data: Mapping[str, Any]) -> Limits:
    named = {name: _seconds(str(data[name])) for name in ("timeout", "keep") if name in data}
    counts = {name: int(data[name]) for name in ("retries", "per_second") if name in data}
    stop = mapping(data, "stop")
    if "after" in stop:
        counts["failures"] = int(stop["after"])
    if "for" in stop:
        named["pause"] = _seconds(str(stop["for"]))
    return Limits(**{**named, **counts})  # type: ignore[arg-type]  # whole numbers stand where they are wanted


def _seconds(text: str) -> float:
    """`2 seconds`, `1 hour`: the pattern of the schema was held."""
    count, _, unit = text.partition(" ")
    return float(count) * SECONDS[unit.removesuffix("s") + "s"]
