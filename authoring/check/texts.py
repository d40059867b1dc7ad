"""What is wrong in mails, letters and the scheme's own texts: unknown variables, faulty tags, sensitive answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from authoring.check.whole import Whole, expressions
from engine.asked.parties import hidden_from, hidden_from_some
from engine.language.bundle import Bundle
from engine.language.model import APPLICANT, Scheme
from engine.language.source import Source
from engine.problems import Path, Place, Problem
from renderers.texts import Shape, Slip, slips
from renderers.variables import variables

TEXT_FILE = re.compile(r"texts/([^/.]+)\.([a-z]{2})\.md")
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
ONE_BRACE = re.compile(r"(?<![{%#])\{\s*([a-z][\w.]*)\s*\}(?!\})")
OFFICE_ANSWER = re.compile(r"\bform\.([a-z][a-z0-9_]*)")


def check_texts(whole: Whole) -> Iterator[Problem]:
    """Read every text as those who send it will."""
    known = variables(whole.scheme)
    effects = [effect for action in whole.scheme.workflow.actions.values() for effect in action.effects]
    titled = {effect.name for effect in effects}
    for name, versions in whole.scheme.texts.items():
        for language, text in versions.items():
            file = whole.bundle.name_of(f"texts/{name}.{language}.md")
            for slip in slips(text, known, "mail" if name in titled else "fragment"):
                yield _problem(whole.scheme, slip, Place(file, slip.line, slip.column))
            yield from _office_answers(whole, text, file)
            yield from _one_brace(text, known, file)
    yield from _sensitive(whole)


# What is wrong with a text whatever the scheme says.
BY_ITSELF = frozenset({"no_subject", "too_long", "syntax", "not_in_a_text"})


def check_texts_alone(bundle: Bundle, source: Source) -> Iterator[Problem]:
    """What can be told of the texts of a scheme that has errors: a mail without its subject, a tag never closed."""
    scheme = _mapping(source.data)
    workflow, languages = _mapping(scheme.get("workflow")), scheme.get("languages") or ["fr"]
    actions = (_mapping(action) for action in _mapping(workflow.get("actions")).values())
    listed = (action.get("effects") for action in actions)
    effects = [_mapping(one) for found in listed if isinstance(found, list) for one in found]
    titled = {str(effect[kind]) for effect in effects for kind in ("mail", "letter") if kind in effect}
    for file, text in bundle.files.items():
        if (found := TEXT_FILE.fullmatch(file)) and isinstance(languages, list) and found[2] in languages:
            for slip in slips(text, {}, "mail" if found[1] in titled else "fragment"):
                if slip.code in BY_ITSELF:
                    place = Place(bundle.name_of(file), slip.line, slip.column)
                    yield Problem(f"text_{slip.code}", slip.params, place)


def _mapping(given: object) -> Mapping[str, Any]:
    return given if isinstance(given, Mapping) else {}


def _problem(scheme: Scheme, slip: Slip, place: Place) -> Problem:
    """A slip as a problem; a variable that is unknown because its answer is kept from some is told as such."""
    fields, named = scheme.fields, str(slip.params.get("name", "")).removeprefix("answers.")
    if slip.code == "unknown_variable" and named in fields and named in hidden_from_some(scheme):
        party = min(id for id in (APPLICANT, *scheme.parties) if named in hidden_from(scheme, id))
        return Problem("told_to_party", {"name": named, "party": party}, place)
    if slip.code == "unknown_variable" and named in fields and fields[named].sensitive:
        return Problem("sensitive_in_text", {"field": named}, place)
    return Problem(f"text_{slip.code}", slip.params, place, suggestion=slip.suggestion)


def _office_answers(whole: Whole, text: str, file: str) -> Iterator[Problem]:
    """Sensitive answers of the actions' own forms: a text could print them."""
    actions = whole.scheme.workflow.actions.values()
    sensitive = {id for action in actions for id, field in action.form.items() if field.sensitive}
    for tag in TAG.finditer(text) if sensitive else ():
        for named in OFFICE_ANSWER.finditer(tag[0]):
            place = _place(text, tag.start() + named.start(), file)
            if named[1] in sensitive:
                yield Problem("sensitive_in_text", {"field": named[1]}, place)


def _one_brace(text: str, known: Mapping[str, Shape], file: str) -> Iterator[Problem]:
    """`{ link }` in a mail or letter: printed as it is typed, where `{{ link }}` is a variable."""
    for found in ONE_BRACE.finditer(text):
        name = found[1] if found[1].partition(".")[0] in known else f"answers.{found[1]}"
        instead = f"{{{{ {name} }}}}"
        if not slips(instead, known, "fragment"):
            params = {"found": found[0], "instead": instead}
            yield Problem("text_one_brace", params, _place(text, found.start(), file), severity="warning")


def _place(text: str, index: int, file: str) -> Place:
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _sensitive(whole: Whole) -> Iterator[Problem]:
    """Texts of scheme.yaml that leave the form (reasons, checklists, row titles) and print a sensitive answer."""
    sensitive = {id for id, field in whole.scheme.fields.items() if field.sensitive}
    for path, text in _leaving(whole):
        for one in expressions(text):
            for name in sorted({step[0] for step in one.names} & sensitive):
                yield Problem("sensitive_in_text", {"field": name}, one.place, path)


def _leaving(whole: Whole) -> Iterator[tuple[Path, object]]:
    scheme = whole.scheme
    for rule in scheme.eligibility.values():
        yield ("eligibility", rule.id, "otherwise"), rule.otherwise
    for action in scheme.workflow.actions.values():
        yield ("workflow", "actions", action.id, "otherwise"), action.otherwise
    for state in scheme.workflow.states.values():
        yield ("workflow", "states", state.id, "checklist"), state.checklist
    for status in scheme.workflow.public.values():
        yield ("workflow", "public", status.id, "label"), status.label
    for id, field in scheme.fields.items():
        yield ("form", field.page, "fields", id, "row"), field.row
