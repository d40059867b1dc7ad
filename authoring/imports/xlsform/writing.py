"""The whole scheme as YAML: the questions, and what a scheme needs besides to open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from authoring.imports.xlsform.fields import Fields
from authoring.imports.xlsform.survey import NOTE, Item, Sheet
from authoring.imports.xlsform.workbook import Workbook
from engine.language.structure import better_id


@cache
def minimal() -> Mapping[str, Any]:
    """What stands around the form, each text in French and English."""
    text = files("authoring.imports.xlsform").joinpath("minimal.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def worded(data: Any, languages: tuple[str, ...]) -> Any:
    """The same data with its texts in these languages; English stands for one that has none of its own."""
    if isinstance(data, dict) and data.keys() == {"fr", "en"}:
        said = {language: data.get(language, data["en"]) for language in languages}
        return said if len(languages) > 1 else said[languages[0]]
    if isinstance(data, dict):
        return {key: worded(value, languages) for key, value in data.items()}
    return data


def scheme_data(book: Workbook, fields: Fields) -> dict[str, Any]:
    """The scheme as plain data."""
    languages, around = fields.texts.languages, minimal()
    settings = next(iter(book.rows("settings")), None)
    title = (settings.text("form_title") if settings else "") or book.file.rpartition(".")[0] or book.file
    id = better_id((settings.text("form_id") if settings else "") or title)
    found: dict[str, Any] = {
        "scheme": id.replace("_", "-"),
        "languages": list(languages),
        "title": title if len(languages) == 1 else dict.fromkeys(languages, title),
        "reference": f"{re.sub('[^A-Z0-9]', '', id.upper())[:8]}-{{year}}-{{number:05}}",
    }
    found |= {key: worded(around[key], languages) for key in ("privacy", "roles")}
    found["form"] = {page.id: _page(page, fields) for page in _with_questions(fields.survey.pages)}
    if computed := _computed(fields):
        found["computed"] = computed
    return found | {"workflow": worded(around["workflow"], languages)}


def _with_questions(pages: list[Sheet]) -> list[Sheet]:
    """The pages that ask something; what is only said goes to the next one, or to the last."""
    found: list[Sheet] = []
    waiting: list[Item] = []
    for page in pages:
        if all(item.kind in (NOTE, "calculate") and not item.repeat for item in page.items):
            waiting += [_under_its_page(item, page) for item in page.items if item.kind == NOTE]
        else:
            found.append(replace(page, items=[*waiting, *page.items]))
            waiting = []
    if found and waiting:
        found[-1] = replace(found[-1], items=[*found[-1].items, *waiting])
    return found


def _under_its_page(note: Item, page: Sheet) -> Item:
    """A note that goes elsewhere takes the condition of its page along."""
    relevant = page.row.cells.get("relevant") if page.row else None
    return replace(note, relevants=(relevant, *note.relevants)) if relevant else note


def _page(page: Sheet, fields: Fields) -> dict[str, Any]:
    title: Any = fields.texts.of(page.row, "label", lambda name: None) if page.row else ""
    if not title:
        plain = page.row.text("name") if page.row else ""
        title = plain or worded(minimal()["questions"], fields.texts.languages)
    found: dict[str, Any] = {"title": title}
    if page.row is not None and (relevant := page.row.cells.get("relevant")):
        condition = fields.condition([relevant], None, ("form", page.id, "when"))
        found |= {"when": condition} if condition else {}
    found |= {"fields": fields.of(page.items, ("form", page.id, "fields"))}
    notes = fields.notes(page.items, ("form", page.id, "notes"))
    return found | {"notes": notes} if notes else found


def _computed(fields: Fields) -> dict[str, Any]:
    """What is calculated once for the whole form."""
    found: dict[str, Any] = {}
    for page in fields.survey.pages:
        for item in page.items:
            if item.kind == "calculate":
                path = ("computed", item.id, "value")
                value = fields.expression(item.row.cells.get("calculation"), item, path)
                label = fields.said(item, "label") or item.row.text("name")
                found |= {item.id: {"label": label, "value": value}} if value else {}
    return found


class _Dumper(yaml.SafeDumper):
    """Never `&id001`: what stands twice is written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        """Whether an object is written whole each time."""
        return True


def written(data: Mapping[str, Any]) -> str:
    """The data as YAML people can read."""
    return yaml.dump(dict(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
