"""A field may word itself what is wrong with its answer: the codes of its kind, and their figures."""

from __future__ import annotations

import pytest

from engine.language import Bundle, examine

SCHEME = """\
scheme: trial
languages: [fr, en]
title: {fr: "Aide", en: "Grant"}
summary: {fr: "Aide", en: "Grant"}
form:
  you:
    title: {fr: Vous, en: You}
    fields:
      name:
        type: TYPE
        label: {fr: Nom, en: Name}
        messages: MESSAGES
workflow:
  public: {done: {label: {fr: "Fait", en: "Done"}, states: [done]}}
  states: {draft: {kind: start}, done: {label: {fr: "Fait", en: "Done"}, kind: end}}
  actions: {submit: {from: draft, to: done, by: applicant}}
"""
PLACE = ("form", "you", "fields", "name", "messages")


def found(messages, kind="text", **files):
    text = SCHEME.replace("TYPE", kind).replace("MESSAGES", messages)
    return examine(Bundle({"scheme.yaml": text, **files}))


def told(examined):
    return [(one.code, one.path, one.suggestion) for one in examined.problems if one.path[:5] == PLACE]


def test_sentences_are_kept_in_each_language_with_their_holes():
    inline = found('{too_long: {fr: "{max} au plus", en: "{max} at most"}}')
    assert told(inline) == []
    said = inline.scheme.fields["name"].messages["too_long"]
    assert (said.plain("fr"), said.plain("en")) == ("{max} au plus", "{max} at most")
    translations = "form: {you: {fields: {name: {messages: {too_long: '{max} at most'}}}}}"
    beside = found('{too_long: "{max} au plus"}', **{"texts/en.yaml": translations})
    assert told(beside) == []
    assert beside.scheme.fields["name"].messages["too_long"] == said


@pytest.mark.parametrize(
    ("kind", "messages", "problem"),
    [
        ("text", "{to_long: {fr: Non, en: No}}", ("unknown_key", "to_long", "too_long")),
        ("text", "{not_a_date: {fr: Non, en: No}}", ("unknown_key", "not_a_date", None)),
        ("text", "{check: {fr: Non, en: No}}", ("unknown_key", "check", None)),
        ("consent", "{missing: {fr: Non, en: No}}", ("unknown_key", "missing", None)),
        ("text", '{too_long: {fr: "{mx}", en: "No"}}', ("unknown_hole", "too_long", "max")),
        ("text", '{missing: {fr: "{max}", en: "No"}}', ("no_hole", "missing", None)),
        ("text", '{missing: {fr: "{max", en: "No"}}', ("unclosed_brace", "missing", None)),
    ],
)
def test_a_code_or_a_figure_the_kind_does_not_have_is_told(kind, messages, problem):
    code, path, suggestion = problem
    assert (code, path, suggestion) in [
        (one, where[5], nearest) for one, where, nearest in told(found(messages, kind)) if len(where) > 5
    ]
