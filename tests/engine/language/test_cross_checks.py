"""What one part of a scheme says of another: the whole sentence people get when it does not hold."""

from __future__ import annotations

import pytest

# name: (lines after the form, (old, new) in the form, (old, new) in the workflow, files beside, what is said)
CASES = {
    "unknown_target": (
        "",
        ("", ""),
        ("to: granted", "to: grante"),
        {},
        ["scheme.yaml:22:51: There is no state named `grante`. Did you mean `granted`?"],
    ),
    "unknown_source": (
        "",
        ("", ""),
        ("from: submitted", "from: [submitted, submited]"),
        {},
        ["scheme.yaml:22:48: There is no state named `submited`. Did you mean `submitted`?"],
    ),
    "unknown_actor": (
        "",
        ("", ""),
        ("by: clerk", "by: [clerk, clark]"),
        {},
        ["scheme.yaml:22:72: There is no role named `clark`. Did you mean `clerk`?"],
    ),
    "unknown_earlier_action": (
        "",
        ("", ""),
        ("by: clerk}", "by: clerk, not_by_who_did: submi}"),
        {},
        ["scheme.yaml:22:87: There is no action named `submi`. Did you mean `submit`?"],
    ),
    "reopen_of_a_text": (
        "",
        ("", ""),
        ("by: clerk}", "by: clerk, changes: [{reopen: which}], form: {which: {type: text, label: x}}}"),
        {},
        [
            "scheme.yaml:22:90: `which` is not of the kind fields: `reopen` names the field of the action's form that says what is to be corrected."
        ],
    ),
    "reopen_misspelt": (
        "",
        ("", ""),
        ("by: clerk}", "by: clerk, changes: [{reopen: wich}], form: {which: {type: fields, label: x}}}"),
        {},
        ["scheme.yaml:22:90: There is no field named `wich`. Did you mean `which`?"],
    ),
    "unknown_mail": (
        "",
        ("", ""),
        ("by: clerk}", "by: clerk, effects: [{mail: welcom}]}"),
        {"texts/welcome.fr.md": "Objet : x\n\ny\n"},
        [
            "scheme.yaml:22:88: There is no text named `welcom`: a file texts/welcom.fr.md is needed (one per language). Did you mean `welcome`?"
        ],
    ),
    "mail_untranslated": (
        "",
        ("languages: [fr]", "languages: [fr, en]"),
        ("by: clerk}", "by: clerk, effects: [{mail: welcome}]}"),
        {"texts/welcome.en.md": "Subject: x\n\ny\n"},
        [
            "scheme.yaml:3:8: This text is not translated (en).",
            "scheme.yaml:5:18: This text is not translated (en).",
            "scheme.yaml:8:12: This text is not translated (en).",
            "scheme.yaml:10:36: This text is not translated (en).",
            "scheme.yaml:11:37: This text is not translated (en).",
            "scheme.yaml:14:23: This text is not translated (en).",
            "scheme.yaml:15:22: This text is not translated (en).",
            "scheme.yaml:18:24: This text is not translated (en).",
            "scheme.yaml:19:22: This text is not translated (en).",
            "scheme.yaml:21:21: This text is not translated (en).",
            "scheme.yaml:22:20: This text is not translated (en).",
            "scheme.yaml:22:88: The file texts/welcome.fr.md is missing: write it.",
        ],
    ),
    "public_status_empty": (
        "",
        ("", ""),
        ("states: [submitted]", "states: []"),
        {},
        ["scheme.yaml:14:30: `states` has no value: write one, or delete the key."],
    ),
    "public_status_missing": (
        "",
        ("", ""),
        ("    decided: {label: Décidée, states: [granted]}\n", ""),
        {},
        [
            "scheme.yaml:18:5: The applicant would read nothing while the dossier is in `granted`: add this state to one of the statuses of `public`."
        ],
    ),
    "public_status_twice": (
        "",
        ("", ""),
        ("states: [granted]", "states: [granted, submitted]"),
        {},
        ["scheme.yaml:15:49: `submitted` is already in the status `received`: keep it in one."],
    ),
    "dead_end": (
        "",
        ("", ""),
        ("    granted: {label: Accordée, kind: end}", "    granted: {label: Accordée}"),
        {},
        ["scheme.yaml:19:5: No action leaves `granted`: add one, or write `kind: end`."],
    ),
    "kind_misspelt": (
        "",
        ("", ""),
        ("draft: {kind: start}", "draft: {kind: strat}"),
        {},
        ["scheme.yaml:17:19: `kind` does not take `strat`. Did you mean `start`?"],
    ),
    "no_start": (
        "",
        ("", ""),
        ("draft: {kind: start}", "draft: {label: Brouillon}"),
        {},
        ["scheme.yaml:16:3: No state is the start: write `kind: start` at the state of a draft."],
    ),
    "two_starts": (
        "",
        ("", ""),
        ("submitted: {label: Déposée}", "submitted: {label: Déposée, kind: start}"),
        {},
        ["scheme.yaml:18:5: `submitted` is a second start, after `draft`: keep one."],
    ),
    "unreachable": (
        "",
        ("", ""),
        ("    submit: {label: Déposer, from: draft, to: submitted, by: applicant}\n", ""),
        {},
        ["scheme.yaml:17:5: No action leaves `draft`: add one, or write `kind: end`."],
    ),
    "deadline_not_by_system": (
        "",
        ("", ""),
        ("by: clerk}\n", "by: clerk}\n  deadlines:\n    late: {in: submitted, after: 2 months, do: grant}\n"),
        {},
        [
            "scheme.yaml:24:48: A deadline does the action `grant` by itself: write `by: system` at this action."
        ],
    ),
    "deadline_not_from_here": (
        "",
        ("", ""),
        (
            "by: clerk}\n",
            "by: system}\n  deadlines:\n    late: {in: [submitted, granted], after: 2 months, do: grant}\n",
        ),
        {},
        [
            "scheme.yaml:24:59: The action `grant` does not leave granted: add it to its `from`, or take it out of `in`."
        ],
    ),
    "deadline_names": (
        "",
        ("", ""),
        (
            "by: clerk}\n",
            "by: clerk}\n  deadlines:\n    late: {in: submitted, after: legal.silence, warn: [clerc], before: 10 dys}\n",
        ),
        {},
        [
            "scheme.yaml:24:34: `legal.silence` is not set: add `silence: rejection after 2 months` under `legal`.",
            "scheme.yaml:24:56: There is no role named `clerc`. Did you mean `clerk`?",
            "scheme.yaml:24:72: `before` wants a span of time (2 months, 15 working days), not `10 dys`.",
        ],
    ),
    "guard_names": (
        "",
        ("", ""),
        ("by: clerk}\n", 'by: clerk, if: dossier.stat = "x" and checklist.done and nobody}\n'),
        {},
        [
            "scheme.yaml:22:75: `dossier` has no part named `stat`. Did you mean `state`?",
            "scheme.yaml:22:117: The name `nobody` is not known here.",
        ],
    ),
    "rule_is_no_condition": (
        "eligibility:\n  modest: {require: income, otherwise: Trop}\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:13:21: This expression should give a condition (true or false), and it gives a number: correct it."
        ],
    ),
    "number_against_text": (
        "eligibility:\n  modest: {require: 'income < \"12\"', otherwise: Trop}\n",
        ("", ""),
        ("", ""),
        {},
        [
            'scheme.yaml:13:22: This can never be true: `income` is a number, and `"12"` is a text. Did you mean `12`?'
        ],
    ),
    "rule_reads_the_clock": (
        "eligibility:\n  modest: {require: 'today() > date(\"2026-01-01\")', otherwise: Trop}\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:13:21: This rule reads today's date: its answer may change between deposit and decision. Write `dossier.deposited_on` instead."
        ],
    ),
    "hole_misspelt": (
        "eligibility:\n  modest: {require: income < 5, otherwise: 'Trop {incme}'}\n",
        ("", ""),
        ("", ""),
        {},
        ["scheme.yaml:13:51: The name `incme` is not known here. Did you mean `income`?"],
    ),
    "award_names": (
        "award: {amount: incom * 2, paid_to: {applicant: {iban: income}}}\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:12:17: The name `incom` is not known here. Did you mean `income`?",
            "scheme.yaml:12:56: `income` is no field of the kind iban: the aid cannot be paid there.",
        ],
    ),
    "award_not_yet": (
        "award: {amount: income * 2, round: half up, budget: {}}\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:12:36: `round` wants a rounding (half up, 2 decimals), not `half up`.",
            "scheme.yaml:12:45: `budget` has no value: write one, or delete the key.",
        ],
    ),
    "no_such_day": (
        "parameters:\n  flat: {values: [{from: 2026-02-30, is: 5}]}\n",
        ("", ""),
        ("", ""),
        {},
        ["scheme.yaml:13:26: 2026-02-30 is no day of the calendar: correct it."],
    ),
    "value_twice": (
        "parameters:\n  flat: {values: [{from: 2026-01-01, is: 5}, {from: 2026-01-01, is: 6}]}\n",
        ("", ""),
        ("", ""),
        {},
        ["scheme.yaml:13:53: Two values begin on 2026-01-01: keep one."],
    ),
    "rows_wanted": (
        "parameters:\n  flat: {by: persons, values: [{from: 2026-01-01, is: 5}]}\n",
        ("", ""),
        ("", ""),
        {},
        ["scheme.yaml:13:32: This parameter depends on persons: write `rows`."],
    ),
    "row_length": (
        "parameters:\n  flat: {by: [a, b], values: [{from: 2026-01-01, rows: [[1, 2]]}]}\n",
        ("", ""),
        ("", ""),
        {},
        ["scheme.yaml:13:57: A row of this parameter has 3 cells: the tests, then the value."],
    ),
    "parameter_named_as_field": (
        "parameters:\n  income: {values: [{from: 2026-01-01, is: 5}]}\n",
        ("", ""),
        ("", ""),
        {},
        ["scheme.yaml:13:3: `income` is already the name of what stands at 10:7: give it another name."],
    ),
    "date_as_typed": (
        "calendar: {opens: 05/05/2020, closes: 2020-04-31}\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:12:19: `opens` wants a date (2020-05-05), not `05/05/2020`: write 2020-05-05.",
            "scheme.yaml:12:39: 2020-04-31 is no day of the calendar: correct it.",
        ],
    ),
    "closes_before_opens": (
        "calendar: {opens: 2020-05-05, closes: 2020-05-04}\n",
        ("", ""),
        ("", ""),
        {},
        ["scheme.yaml:12:39: The scheme would close before it opens (2020-05-05): correct one of the dates."],
    ),
    "reference_without_number": (
        'reference: "A-{year}"\n',
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:12:12: The number of a dossier is written with {number} and, if wanted, {year}: AU74-{year}-{number:05} for example, not A-{year}."
        ],
    ),
    "choice_without_options": (
        "      kind_of_home:\n        type: choice\n        label: Logement\n",
        ("", ""),
        ("", ""),
        {},
        ["scheme.yaml:12:7: A choice (`kind_of_home`) has either `options` or `list`: write one of them."],
    ),
    "unknown_list": (
        "      kind_of_home: {type: choice, label: Logement, list: homes}\n",
        ("", ""),
        ("", ""),
        {"lists/home.csv": "code,label\na,A\n"},
        [
            "scheme.yaml:12:59: There is no list named `homes`: a file lists/homes.csv is needed. Did you mean `home`?"
        ],
    ),
    "not_an_option": (
        "      home: {type: choice, label: Logement, options: {flat: Appartement, house: Maison}}\n      garden: {type: yes_no, label: Jardin, when: 'home = \"hous\"'}\n",
        ("", ""),
        ("", ""),
        {},
        [
            'scheme.yaml:13:52: This can never be true: `home` is one of "flat", "house", and `"hous"` is none of these. Did you mean `"house"`?'
        ],
    ),
    "loop": (
        "      a: {type: yes_no, label: A, when: b}\n      b: {type: yes_no, label: B, when: a}\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:12:35: These names wait for one another: a, b, a. Take one of them out of one of the conditions."
        ],
    ),
    "row_names": (
        "      bills:\n        type: repeat\n        label: Factures\n        fields:\n          income: {type: money, label: Montant}\n          what: {type: text, label: Objet}\n        totals: {all_bills: {sum: what, label: Total}, more: {sum: incme, label: Total}}\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:16:11: In a row, `income` would hide what bears this name at 10:7: give it another name.",
            "scheme.yaml:18:35: `what` is no number and cannot be added up: name a field of numbers or amounts.",
            "scheme.yaml:18:68: There is no field named `incme`. Did you mean `income`?",
        ],
    ),
    "translation_of_nothing": (
        "",
        ("languages: [fr]", "languages: [fr, en]\nsummary: Une aide"),
        ("", ""),
        {
            "texts/en.yaml": "title: Rent help\nsumary: x\nroles: {clerk: {label: Examination}}\nform: {you: {title: You, fields: {income: {label: Income}, tenant: {label: Tenant}}}}\nworkflow: {public: {received: {label: R}, decided: {label: D}}, states: {submitted: {label: S}, granted: {label: G}}, actions: {submit: {label: Submit}, grant: {label: Grant}}}\n"
        },
        [
            "scheme.yaml:3:10: This text is not translated (en).",
            "texts/en.yaml:2:1: This translation belongs to no text of the scheme: sumary. Did you mean `summary`?",
        ],
    ),
    "scenario_names": (
        "tests:\n  one:\n    answers: {incme: 3}\n    expect: {eligibl: true, rules.modest: true, because: [modest]}\n    then: [submit, grand by clerk, grant by clark]\n    end: grante\n    mails: [welcome]\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:14:15: There is no field named `incme`. Did you mean `income`?",
            "scheme.yaml:15:14: `eligibl` cannot be expected: write eligible, amount, because, warnings, asked, not_asked, rules.NAME, a field or a total. Did you mean `eligible`?",
            "scheme.yaml:15:29: There is no rule named `modest`.",
            "scheme.yaml:15:59: There is no rule named `modest`.",
            "scheme.yaml:16:12: “submit” is not understood: write who does what (`submit by applicant`, `pay by clerk is refused`), or how time goes on (`wait 15 working days`, `on 2020-06-01`).",
            "scheme.yaml:16:20: There is no action named `grand`. Did you mean `grant`?",
            "scheme.yaml:16:36: There is no role named `clark`. Did you mean `clerk`?",
            "scheme.yaml:17:10: There is no state named `grante`. Did you mean `granted`?",
            "scheme.yaml:18:13: There is no text named `welcome`: a file texts/welcome.fr.md is needed (one per language).",
        ],
    ),
    "walk_names": (
        "tests:\n  one:\n    expect: {asked: [yu, tenant], not_asked: incme, tenant.x: 1}\n"
        "    then:\n      - grant by clerk: {incme: 3}\n      - submit by applicant is refusd\n      - wait 3 dys\n      - on 2020-02-30\n"
        "    status: receved\n    letters: [welcome: Bonjour]\n    reminded: [late]\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:14:22: There is no page and no field named `yu`. Did you mean `you`?",
            "scheme.yaml:14:46: There is no page and no field named `incme`. Did you mean `income`?",
            "scheme.yaml:14:53: `x` is no part of what is expected here.",
            "scheme.yaml:16:26: There is no field named `incme`.",
            "scheme.yaml:17:9: “submit by applicant is refusd” is not understood: write who does what (`submit by applicant`, `pay by clerk is refused`), or how time goes on (`wait 15 working days`, `on 2020-06-01`).",
            "scheme.yaml:18:9: “wait 3 dys” is not understood: write who does what (`submit by applicant`, `pay by clerk is refused`), or how time goes on (`wait 15 working days`, `on 2020-06-01`).",
            "scheme.yaml:19:9: “on 2020-02-30” is not understood: write who does what (`submit by applicant`, `pay by clerk is refused`), or how time goes on (`wait 15 working days`, `on 2020-06-01`).",
            "scheme.yaml:20:13: There is no public status named `receved`. Did you mean `received`?",
            "scheme.yaml:21:15: There is no text named `welcome`: a file texts/welcome.fr.md is needed (one per language).",
            "scheme.yaml:22:16: There is no deadline named `late`.",
        ],
    ),
    "case_table_names": (
        "tests:\n  one: {given: [incme], expect: [rules.x], cases: [[1, true, 3]]}\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:13:17: There is no field named `incme`. Did you mean `income`?",
            "scheme.yaml:13:34: There is no rule named `x`.",
            "scheme.yaml:13:52: A case of this table has 2 values: what is given, then what is expected.",
        ],
    ),
    "files_beside": (
        "",
        ("", ""),
        ("", ""),
        {
            "lists/a.csv": "code,label\n1,A\n1,B\n2\n3,\n",
            "lists/b.csv": "code;nom\n1;A\n",
            "lists/C.csv": "code,label\n",
            "texts/Bad.md": "x",
            "texts/a.de.md": "x",
        },
        [
            "lists/C.csv:1:1: The name lists/C.csv does not fit: a list is called lists/NAME.csv (a to z, digits, `_`).",
            "lists/a.csv:3:1: The code `1` already stands above: keep one line.",
            "lists/a.csv:4:1: This line has 1 values for 2 columns: quote those that hold a comma.",
            "lists/a.csv:5:1: The column `label` is empty on this line: fill it in.",
            "lists/b.csv:1:1: The column `label` is missing: the first line names the columns, `code,label` for example.",
            "texts/Bad.md:1:1: The name texts/Bad.md does not fit: a text is called texts/NAME.LANGUAGE.md, for example texts/accepted.fr.md.",
            "texts/a.de.md:1:1: The language `de` is not in `languages` (fr).",
        ],
    ),
    "spans": (
        "privacy: {keep: 2 years, drafts: ninety days}\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:12:17: `keep` wants a span after the end (2 years after end), not `2 years`: write 2 years after end.",
            "scheme.yaml:12:34: `drafts` wants a span that ends on a day (90 days, 3 months), not `ninety days`.",
        ],
    ),
    "spans_in_words": (
        "privacy:\n  keep: deux ans après la fin\n  drafts: 90 jours\n",
        ("", ""),
        ("    submitted: {label: Déposée}", "    submitted: {label: Déposée, due: 2 jours ouvrés}"),
        {},
        [
            "scheme.yaml:13:9: `keep` wants a span after the end (2 years after end), not `deux ans après la fin`: write 2 years after end.",
            "scheme.yaml:14:11: `drafts` wants a span that ends on a day (90 days, 3 months), not `90 jours`: write 90 days.",
            "scheme.yaml:21:38: `due` wants a span of time (2 months, 15 working days), not `2 jours ouvrés`: write 2 working days.",
        ],
    ),
    "spans_without_end": (
        "privacy:\n  keep: 9999 years after end\n  drafts: 12 hours\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:13:9: `keep` wants a span after the end (2 years after end), not `9999 years after end`.",
            "scheme.yaml:14:11: `drafts` wants a span that ends on a day (90 days, 3 months), not `12 hours`.",
        ],
    ),
    "page_address": (
        "  verifier:\n    title: Vérifier\n    fields:\n      ok: {type: consent, label: Ok}\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:12:3: `verifier` is the address of a page of the site's own: write `verifier_page`, for example."
        ],
    ),
    "scheme_address": (
        "",
        ("scheme: rent-help", "scheme: comptes"),
        ("", ""),
        {},
        [
            "scheme.yaml:1:9: `comptes` is the address of a page of the site's own: write `aide-comptes`, for example."
        ],
    ),
    "unknown_holidays": (
        "calendar: {holidays: FRA}\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:12:22: There are no public holidays under the code `FRA`: write the code of a country, or of a part of it (FR, FR-57). Did you mean `FR`?"
        ],
    ),
    "known_holidays": ("calendar: {holidays: FR-57}\n", ("", ""), ("", ""), {}, []),
    "unknown_part_of_a_country": (
        "calendar: {holidays: fr-75}\n",
        ("", ""),
        ("", ""),
        {},
        [
            "scheme.yaml:12:22: There are no public holidays under the code `fr-75`: write the code of a country, or of a part of it (FR, FR-57). Did you mean `FR`?"
        ],
    ),
    "document_of_a_row_that_may_come_later": (
        "      bills: {type: repeat, label: Factures, fields: {bill: {type: file, label: Facture, blocks: payment}}}\n",
        ("", ""),
        ("", ""),
        {},
        ["scheme.yaml:12:90: `blocks` is part of the language but not built yet: remove it."],
    ),
    "money_in_a_row": (
        "      bills: {type: repeat, label: Factures, fields: {bill: {type: money, label: Facture}}}\n",
        ("", ""),
        ("", ""),
        {},
        [],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_does_not_fit_is_told(sentences_of, case):
    more, form, workflow, files, said = case
    assert sentences_of(more, form, workflow, files) == said
