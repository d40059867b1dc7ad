"""Writes docs/fields: a page for each kind of question, from what the engine knows of it, and its picture on a phone.

python -m bench.field_pages              the pages
python -m bench.field_pages --pictures   the pictures too, with the system's Chromium
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from engine.feel import types
from engine.kinds import BY_NAME, KINDS, Kind
from engine.language import Bundle, load_scheme
from engine.language.model import Field
from engine.language.schema import scheme_schema
from renderers import pages
from renderers.control_views import Control
from renderers.controls import Questions, controls
from renderers.words.remedies import BY_KIND, COUNTED, REMEDIES

FOLDER = Path(__file__).parents[1] / "docs/fields"
STYLE = Path(__file__).parents[1] / "renderers/static/guichet.css"
WIDTH = 390
SCHEME = """scheme: pictures
languages: [fr]
title: Images
summary: Images
reference: "IM-{{year}}-{{number:05}}"
contact: {{email: images@exemple.example}}
roles: {{instructor: {{label: Instruction, may: [view]}}}}
form:
  page:
    title: Page
    fields:
      iban: {{type: iban, label: IBAN}}
      it: {it}
workflow:
  public: {{received: {{label: Reçue, states: [submitted]}}}}
  states: {{draft: {{kind: start}}, submitted: {{label: Déposée, kind: end}}}}
  actions:
    submit: {{label: Déposer, from: draft, to: submitted, by: applicant}}
    ask: {{label: Demander, from: submitted, to: submitted, by: instructor, form: {{{asked}}}}}
"""


@cache
def told() -> Mapping[str, Any]:
    """What docs/fields/kinds.yaml says of each kind."""
    found: Mapping[str, Any] = yaml.safe_load((FOLDER / "kinds.yaml").read_text(encoding="utf-8"))
    return found


def declared(kind: Kind) -> str:
    """How a scheme asks it: one line of YAML."""
    return f"{{type: {kind.name}, {told()[kind.name]['example']}}}"


def field_of(kind: Kind) -> Field:
    """The example, loaded as part of a scheme: it must be right."""
    only_staff = kind.name == "fields"
    it = "{type: text, label: Texte}" if only_staff else declared(kind)
    text = SCHEME.format(it=it, asked=f"asked: {declared(kind)}" if only_staff else "")
    scheme = load_scheme(Bundle({"scheme.yaml": text}))
    return scheme.workflow.actions["ask"].form["asked"] if only_staff else scheme.fields["it"]


def page(kind: Kind) -> str:
    """The whole page of a kind, as Markdown."""
    about = told()[kind.name]
    lines = [
        f"# `{kind.name}`",
        "",
        about["says"],
        "",
        f"![What it looks like](pictures/{kind.name}.png)",
        "",
        "```yaml",
        f"my_field: {declared(kind)}",
        "```",
        "",
        f"**For the rules:** {seen(kind.feel_type(field_of(kind)), 'my_field')}.",
        "",
    ]
    if reads := about.get("reads"):
        lines += ["**Also read:** " + ", ".join(f"`{one}`" for one in reads) + ".", ""]
    lines += [*keys(kind), *refusals(kind)]
    lines += ["The keys every field has, and how pages are made, stand in [the scheme language](../language.md#pages-and-fields). All kinds: [the list](README.md).", ""]  # fmt: skip
    return "\n".join(lines)


def keys(kind: Kind) -> Iterator[str]:
    """Its own keys, as a table."""
    own = {**kind.keys, **scheme_schema()["$defs"].get(f"{kind.name}_keys", {}).get("properties", {})}
    if not own:
        return
    yield from ("| its own key | what it says |", "|---|---|")
    for key, schema in own.items():
        taken = ", ".join(f"`{word}`" for word in schema.get("enum", ()))
        yield f"| `{key}` | {schema['description']}{f' One of {taken}.' if taken else ''} |"
    yield ""


def refusals(kind: Kind) -> Iterator[str]:
    """What people read when it is not right."""
    yield from ("| problem | what people read |", "|---|---|")
    for code in dict.fromkeys((kind.blank, *kind.codes)):
        yield f"| `{code}` | {remedy(code, kind.name)} |"
    yield ""


def remedy(code: str, kind: str) -> str:
    """The English sentence, its figures left open."""
    many = COUNTED.get(code, {})
    message = many[kind if kind in many else ""][1] if many else BY_KIND.get((code, kind)) or REMEDIES[code]
    return re.sub(r"%\(\w+\)s", "…", message)


def seen(of: types.Type, name: str) -> str:
    """The type of a value in words."""
    match of:
        case types.Context(members):
            return ", ".join(f"`{name}.{part}` ({seen(inner, '')})" for part, inner in members.items())
        case types.List(types.Context(members)):
            return "a list of rows: " + ", ".join(f"`{name}.{part}`" for part in members)
        case types.List(inner):
            return f"a list: each a {seen(inner, '')}"
    words = {types.Date: "date", types.Time: "time", types.DateTime: "date and time", types.Number: "number"}
    return words.get(type(of), "true or false" if isinstance(of, types.Boolean) else "text")


def overview() -> str:
    """The list of all kinds."""
    lines = ["# Kinds of questions", "", "A page for each: what it looks like, its keys, what the rules see, what people read when it is not right.", ""]  # fmt: skip
    rows = (f"| [`{kind.name}`]({kind.name}.md) | {told()[kind.name]['says']} |" for kind in KINDS)
    return "\n".join([*lines, "| kind | what it is for |", "|---|---|", *rows, ""])


def control_of(kind: Kind) -> Control:
    """The example as a page shows it, filled in."""
    field = field_of(kind)
    typed = {field.id + suffix: [text] for suffix, text in told()[kind.name]["typed"].items()}
    return controls([field], Questions("fr", typed, askable=(field_of(BY_NAME["iban"]),)))[0]


def html(kind: Kind) -> str:
    """The question alone in a page."""
    source = '{% from "fields/field.html" import field with context %}{{ field(control) }}'
    body = pages.environment("fr").from_string(source).render(control=control_of(kind))
    style = "".join(
        one.read_text(encoding="utf-8") for one in (STYLE, STYLE.parent / "choosing/choosing.css")
    )
    return f"<!doctype html><html lang=fr><meta charset=utf-8><style>{style}</style><body><div id=it style='padding:16px 16px 1px'>{body}</div>"


def write_pages() -> None:
    """Every page, and the list."""
    for kind in KINDS:
        (FOLDER / f"{kind.name}.md").write_text(page(kind), encoding="utf-8")
    (FOLDER / "README.md").write_text(overview(), encoding="utf-8")


def take_pictures(chromium: str) -> None:
    """Every picture, as wide as a phone."""
    from playwright.sync_api import sync_playwright

    (FOLDER / "pictures").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": WIDTH, "height": 700})
        for kind in KINDS:
            view.set_content(html(kind))
            view.locator("#it").screenshot(path=FOLDER / f"pictures/{kind.name}.png")
        browser.close()


if __name__ == "__main__":
    write_pages()
    if "--pictures" in sys.argv:
        from tests.fixtures.requirements import chromium_path

        take_pictures(chromium_path() or sys.exit("No Chromium found: set GUICHET_CHROMIUM."))
