"""Texts of a scheme: what somebody typed stays text, and a text can name nothing it doesn't know."""

from __future__ import annotations

import pytest
from jinja2 import TemplateError

from renderers import blocks
from renderers.texts import TEXT, ListOf, Markdown, Record, TextTooLong, escaped, slips, written
from renderers.texts.markdown import linked
from renderers.texts.shapes import Members

KNOWN = {
    "reference": TEXT,
    "reasons": ListOf(Record({"phrase": TEXT})),
    "names": ListOf(TEXT),
    "contact": Record({"email": TEXT}),
}
HOSTILE = [
    "*gras* _italique_ `code` ~~barré~~",
    "[cliquez](http://mal.example) <http://mal.example> ![x](http://mal.example/x.png)",
    "<script>alert(1)</script>",
    "&lt;b&gt; &#10; &amp;",
    "# titre",
    "1. liste\n2. liste\n- liste\n> citation",
    "a\n\n    code\n\n```\ncode\n```\n---\n===",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "{{ 7*7 }} {% raw %} {# #}",
    "\\ \\* fin\\",
    "[x]: http://mal.example\n\n[x]",
]


def said(markdown: str) -> str:
    return blocks.plain(blocks.blocks(markdown))


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("around", ["{}", "Bonjour {}.", "- {}\n- autre", "## {}", "> {}", "**{}**"])
def test_value_is_read_as_its_own_characters(value, around):
    lines = [line.strip() for line in value.strip().split("\n")]
    html = blocks.html(around.format(escaped(value)))
    assert "<a " not in html and "<script" not in html and "<img" not in html and "<pre" not in html
    assert all(line in said(around.format(escaped(value))) for line in lines)


def test_value_stays_within_its_table_cell():
    [table] = blocks.blocks(f"| a | b |\n|---|---|\n| 1 | {escaped(HOSTILE[5])} |")
    assert [len(row) for row in table["rows"]] == [2, 2]


def test_value_of_many_lines_keeps_them():
    [paragraph] = blocks.blocks(f"Motif : {escaped('une ligne' + chr(10) + 'une autre')}.")
    assert paragraph["runs"] == [{"text": "Motif : une ligne"}, {"break": True}, {"text": "une autre."}]


def test_known_addresses_may_be_followed():
    html = blocks.html(f"{linked('https://aides.example/suivi/x')} {linked('aide@office.example')}")
    assert 'href="https://aides.example/suivi/x"' in html
    assert 'href="mailto:aide@office.example"' in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a b", "x> <b", "", "aide@x.example>"])
def test_other_addresses_are_plain_text(address):
    assert "<a " not in blocks.html(linked(address))


def test_subject_is_one_plain_line():
    found = written("Objet : Demande {{ who }}\n\nBonjour {{ who }}", {"who": "A\r\nBcc: x\n*B*"}, "fr")
    assert found.subject == "Demande A Bcc: x *B*"
    assert said(found.body) == "Bonjour A\nBcc: x\n*B*"


@pytest.mark.parametrize(("language", "words"), [("fr", "non renseigné"), ("en", "not given")])
def test_unknown_value_says_so(language, words):
    assert said(written("Subject: x\n\n{{ day }}", {"day": None}, language).body) == words


def test_filter_makes_no_markdown_of_a_value():
    known = {"who": "a*b*", "link": linked("https://a.example")}
    assert said(written("Subject: x\n\n{{ who|upper }} {{ link|lower }}", known, "fr").body) == (
        "A*B* <https://a.example>"
    )


def test_field_named_like_a_method_is_the_field():
    known = {"answers": Members({"items": "trois", "keys": "deux"})}
    assert (
        said(written("Subject: x\n\n{{ answers.items }} {{ answers.keys }}", known, "fr").body)
        == "trois deux"
    )


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ reference.format(1) }}",
        "{{ 9 ** 99 }}",
        "{{ 'a' * 1000000 }}",
        "{% for x in range(9) %}{% endfor %}",
        "{% set x = 1 %}",
        "{% include 'admin/home.html' %}",
        "{% macro m() %}{% endmacro %}",
        "{{ lipsum() }}",
        "{{ cycler }}",
        "{{ self }}",
        "{{ unknown }}",
    ],
)
def test_text_can_do_nothing_else(source):
    with pytest.raises(TemplateError):
        written(f"Subject: x\n\n{source}", {"reference": "R"}, "fr")
    assert slips(f"Subject: x\n\n{source}", KNOWN)


def test_endless_text_is_stopped():
    known = {"names": ["x" * 1000] * 1000}
    with pytest.raises(TextTooLong):
        written("Subject: x\n\n{% for one in names %}{{ one }}{% endfor %}", known, "fr")


def test_right_text_has_no_slip():
    source = (
        "Objet : {{ reference }}\n\n{% if reasons %}\n{% for one in reasons %}\n- {{ one.phrase|lower }}\n"
        "{% endfor %}\n{% endif %}\n{{ names|join(', ') }} {{ names|length }} {{ contact.email }}\n"
        "{% if not reference or reference == 'x' %}{{ loop is defined }}{% endif %}\n"
    ).replace("{{ loop is defined }}", "")
    assert slips(source, KNOWN) == ()


@pytest.mark.parametrize(
    ("source", "kind", "told"),
    [
        ("Bonjour", "mail", [(1, 1, "La première ligne de ce texte doit être « Objet : … ».")]),
        ("Bonjour", "fragment", []),
        (
            "Objet : x\n\n  {{ refrence }}",
            "mail",
            [(3, 6, "« refrence » n'est pas une variable de ce texte. Vouliez-vous dire « reference » ?")],
        ),
        (
            "Objet : {{ contact.mail }}",
            "letter",
            [(1, 12, "« contact.mail » n'est pas une variable de ce texte. Vouliez-vous dire « contact.email » ?")],
        ),
        (
            "Objet : x\n{{ reasons }}",
            "mail",
            [(2, 4, "« reasons » ne s'écrit pas telle quelle : nommez une de ses parties, ou parcourez-la avec « for ».")],
        ),
        (
            "Objet : x\n{% for x in reference %}{% endfor %}",
            "mail",
            [(2, 13, "« reference » n'est pas une liste : « for » ne peut pas la parcourir.")],
        ),
        ("Objet : x\n{{ reference|uper }}", "mail", [(2, 14, "Le filtre « uper » n'existe pas dans un texte. Vouliez-vous dire « upper » ?")]),
    ],
)  # fmt: skip
def test_slip_says_where_and_what(source, kind, told):
    assert [(one.line, one.column, one.sentence("fr")) for one in slips(source, KNOWN, kind)] == told


def test_tag_left_open_is_told():
    [slip] = slips("Objet : x\n\n{% if reference %}\nBonjour", KNOWN)
    assert (slip.code, slip.line) == ("syntax", 4)


def test_markdown_methods_give_plain_text_back():
    assert type(Markdown("**a**").upper()) is str


def test_signs_of_a_french_text_hold_to_the_word_before_them():
    source = (
        "Objet : Votre demande : {{ reference }}\n\nUne question ? Écrivez-nous ; {{ contact.email }} !\n"
    )
    known = {"reference": "A : B", "contact": Members({"email": "aide@office.example"})}
    found = written(source, known, "fr")
    assert found.subject == "Votre demande : A : B"  # of a mail, in plain spaces
    assert said(found.body) == "Une question\u00a0? Écrivez-nous\u00a0; aide@office.example\u00a0!"
    assert said(written(source, known, "en").body) == "Une question ? Écrivez-nous ; aide@office.example !"


def test_answer_named_as_in_the_rules_is_told_with_its_name_in_texts():
    known = {**KNOWN, "answers": Record({"distance": TEXT})}
    [one] = slips("Objet : Aide\n\n{{ distance }} km", known)
    assert (one.code, one.suggestion) == ("unknown_variable", "answers.distance")
    assert slips("Objet : Aide\n\n{{ answers.distance }} km", known) == ()
    [other] = slips("Objet : Aide\n\n{{ contact.distance }}", known)
    assert other.suggestion is None
