"""What the keyboard does to French in YAML: the line that was typed, and the whole sentence people get."""

from __future__ import annotations

import pytest

FIELD = "      extra:\n        type: text\n"  # lines 12 and 13 of the scheme

SAID = [
    (
        "      extra: {type: yes_no, label: Êtes-vous majeur ?}",
        ['12:36: Put this text in quotes: `extra: {type: yes_no, label: "Êtes-vous majeur ?"}`.'],
    ),
    (
        FIELD + "        label: Attention : lisez",
        ['14:16: Put this text in quotes: `label: "Attention : lisez"`.'],
    ),
    (
        "      extra: {type: text, label: Attention : lisez}",
        ['12:34: Put this text in quotes: `extra: {type: text, label: "Attention : lisez"}`.'],
    ),
    (
        "      extra: {type: text, label: d'une part, d'autre part}",
        [
            "12:34: Inside `{…}` the comma cuts this value: quote this: `extra: {type: text, label: \"d'une part, d'autre part\"}`."
        ],
    ),
    (
        "      extra: {type: integer, label: Combien, max: max(2, 3) + 1}",
        [
            '12:51: Inside `{…}` the comma cuts this value: quote this: `extra: {type: integer, label: Combien, max: "max(2, 3) + 1"}`.'
        ],
    ),
    (
        "      extra: {type: file, label: RIB, accept: [pdf,png], at_most: 1,5}",
        ["12:67: `1,5` is read as two values: write `1.5`, or a blank after the comma for a list."],
    ),
    (
        "      extra: {type: text, label: Nom, optional: oui}",
        ["12:49: `optional` wants true or false, not `oui`: write true."],
    ),
    (
        "      extra: {type: text, label: Nom, optional: non}",
        ["12:49: `optional` wants true or false, not `non`: write false."],
    ),
    (
        "      extra: {type: text, label: Nom, optional: True}",
        ["12:49: `optional` wants true or false, not `True`: write true."],
    ),
    ("      extra: {type: text, label: true}", ['12:34: `label` wants a text, not true: write "true".']),
    (
        "      extra: {type: text, max_length: 012, label: Nom}",
        ["12:39: `max_length` wants a whole number, not `012`: write 12."],
    ),
    (
        "      extra: {type: text, max_length: 1_000, label: Nom}",
        ["12:39: `max_length` wants a whole number, not `1_000`: write 1000."],
    ),
    (
        FIELD + "        max_length: 12 000,50\n        label: Nom",
        ["14:21: `max_length` wants a whole number, not `12 000,50`."],
    ),
    (
        "      extra: {type: date, label: Né le, min: 2008-01-31}",
        [
            '12:46: This expression should give a date, and it gives a number: correct it. Did you mean `date("2008-01-31")`?'
        ],
    ),
    (
        "      extra: {type: date, label: Né le, max: 1/9/2008}",
        [
            '12:46: This expression should give a date, and it gives a number: correct it. Did you mean `date("2008-09-01")`?'
        ],
    ),
    (
        FIELD + "        label: aide # 5",
        [
            "14:16: What follows `#` is a comment and is not read: `# 5`. Quote the text if it belongs to it, else put the comment on a line of its own."
        ],
    ),
    (
        FIELD + "        label: 'l'aide'",
        [
            '14:16: The quote inside closes this text too early: use double quotes outside: `label: "l\'aide"`.'
        ],
    ),
    (
        FIELD + '        label: "dossier" accepté',
        [
            "14:16: The quotes end before this text does: quote the whole text: `label: '\"dossier\" accepté'`."
        ],
    ),
    (
        FIELD + "        label: - tiret",
        ['14:16: A text or expression that begins with `-` stands in quotes: `label: "- tiret"`.'],
    ),
    (
        FIELD + "        label: *gras*",
        ['14:16: A text or expression that begins with `*` stands in quotes: `label: "*gras*"`.'],
    ),
    (
        FIELD + "        label: *gras",
        ['14:16: A text or expression that begins with `*` stands in quotes: `label: "*gras"`.'],
    ),
    (
        FIELD + "        label: {montant} dépasse",
        [
            '14:16: A text or expression that begins with `{` stands in quotes: `label: "{montant} dépasse"`.',
            "14:17: The name `montant` is not known here. Did you mean `tenant`?",
        ],
    ),
    (
        FIELD + "        label: {montant}",
        [
            '14:16: A text or expression that begins with `{` stands in quotes: `label: "{montant}"`.',
            "14:17: The name `montant` is not known here. Did you mean `tenant`?",
        ],
    ),
    (
        FIELD + '        when: @"2020-01-01" = today()\n        label: x',
        [
            "14:15: A text or expression that begins with `@` stands in quotes: `when: '@\"2020-01-01\" = today()'`."
        ],
    ),
    (
        FIELD + '        when: "a" = "b"\n        label: x',
        ['14:15: The quotes end before this text does: quote the whole text: `when: \'"a" = "b"\'`.'],
    ),
    (
        FIELD + "        label: > 3 ans",
        ['14:16: A text or expression that begins with `>` stands in quotes: `label: "> 3 ans"`.'],
    ),
    (
        FIELD + "        label: | 3",
        ['14:16: A text or expression that begins with `|` stands in quotes: `label: "| 3"`.'],
    ),
    (
        FIELD + "        label: ! attention",
        ['14:16: A text or expression that begins with `!` stands in quotes: `label: "! attention"`.'],
    ),
    (
        FIELD + "        label: % du revenu",
        ['14:16: A text or expression that begins with `%` stands in quotes: `label: "% du revenu"`.'],
    ),
    (
        FIELD + "        label: & fils",
        ['14:16: A text or expression that begins with `&` stands in quotes: `label: "& fils"`.'],
    ),
    (
        FIELD + "        label: `a`",
        ['14:16: A text or expression that begins with ``` stands in quotes: `label: "`a`"`.'],
    ),
    (
        FIELD + "        label: ? quoi",
        ['14:16: A text or expression that begins with `?` stands in quotes: `label: "? quoi"`.'],
    ),
    (
        FIELD + "        label: [x] y",
        ['14:16: A text or expression that begins with `[` stands in quotes: `label: "[x] y"`.'],
    ),
    (
        FIELD + "        label: # 5 €",
        ['14:15: A text or expression that begins with `#` stands in quotes: `label: "# 5 €"`.'],
    ),
    (FIELD + "\t\tlabel: Nom", ["14:1: This line is indented with a tab: replace it with 8 blanks."]),
    (
        FIELD + "\xa0\xa0\xa0\xa0\xa0\xa0\xa0\xa0label: Nom",
        ["14:1: This line is indented with no-break spaces: replace them with 8 ordinary blanks."],
    ),
    (
        FIELD + "        label\xa0: Nom",
        ["14:9: A no-break space or a tab touches the key `label`: delete it."],
    ),
    (
        FIELD + "        label:\xa0Nom",
        ["14:15: A no-break space follows the colon, so the key is not seen: write `label: Nom`."],
    ),
    (FIELD + "        label:Nom", ["14:15: A blank is missing after the colon: write `label: Nom`."]),
    (FIELD + "        label Nom", ["14:9: A colon is missing after the key: write `label: Nom`."]),
    (FIELD + "        label: Nom\n        when: income >\xa0“3”", ['15:24: “ is not FEEL: write ".']),
    (FIELD + "        label: Nom\n        when: income => 3", ["15:22: => is not FEEL: write >=."]),
    (
        FIELD + "        label: Nom\n        when: income > 12 000,50",
        ["15:24: 12 000 is not a number: write 12000."],
    ),
    (
        FIELD + '        label: "Nom\n        help: x',
        ['14:16: The quote `"` is never closed: write `label: "Nom"`.'],
    ),
    (FIELD + "        label: {fr: Nom\n        help: x", ["14:16: `{` is never closed: add `}` at its end."]),
    (
        FIELD + "        label: Nom\n          help: x",
        ["15:11: This line begins with 10 blanks, which fits no level above it: write 8."],
    ),
    (
        FIELD + "        label: Nom\n       help: x",
        ["15:8: This line begins with 7 blanks, which fits no level above it: write 8."],
    ),
    (
        FIELD + "        label: Nom\n        label: Prénom",
        ["15:9: `label` is already written at 14:9: keep one of them, or change its name."],
    ),
    (
        FIELD + "        label: Nom\n        <<: x",
        ["15:9: `<<` does not exist in this language: write the keys out."],
    ),
    (
        FIELD + "        label: &a Nom\n        help: *a",
        [
            '14:16: A text or expression that begins with `&` stands in quotes: `label: "&a Nom"`.',
            '15:15: A text or expression that begins with `*` stands in quotes: `help: "*a"`.',
        ],
    ),
    (
        FIELD + "        label: Nom\n        help: \x07x",
        ["15:15: The sign U+0007 is invisible and cannot be read: delete it."],
    ),
    (
        FIELD + "        label: Nom\n---\na: b",
        ["15:1: `---` begins a second document: a file holds one, delete this line."],
    ),
    (
        FIELD + "        label:\n        help: x",
        ["14:9: `label` has no value: write one, or delete the key."],
    ),
    (FIELD + "        label: [a, b]", ["14:16: `label` wants a text, not a list."]),
    (
        "      Extra: {type: text, label: x}",
        ["12:7: `Extra` cannot be an id (a to z, digits, `_`, a letter first): write `extra`."],
    ),
    (
        "      montant demandé: {type: text, label: x}",
        [
            "12:7: `montant demandé` cannot be an id (a to z, digits, `_`, a letter first): write `montant_demande`."
        ],
    ),
    (
        "      date: {type: date, label: x}",
        ["12:7: `date` already means something in the language: write `you_date`, for example."],
    ),
    (
        "      if: {type: date, label: x}",
        ["12:7: `if` already means something in the language: write `you_if`, for example."],
    ),
]
FINE = [
    "      extra: {type: text, label: no}",
    "      extra: {type: text, label: 01000}",
    "      extra: {type: text, label: 12:30}",
    "      extra: {type: text, label: 2020-05-05}",
    FIELD + "        label: n° 5, 50 %, 5 €, « Aide », l'aide",
    FIELD + "        label: Nom\xa0complet\tet “exact”",
]


@pytest.mark.parametrize(("typed", "said"), SAID)
def test_slip_is_told_in_one_sentence(sentences, typed, said):
    assert sentences(typed + "\n") == [f"scheme.yaml:{line}" for line in said]


@pytest.mark.parametrize("typed", FINE)
def test_what_yaml_reads_right_passes(sentences, typed):
    assert sentences(typed + "\n") == []
