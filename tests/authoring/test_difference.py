"""Each sort of change between two versions is one change, one sentence in each language, with its place in both files."""

from __future__ import annotations

from pathlib import Path

import pytest

from authoring.difference import COMPARISONS, Side, compare
from engine.language import Bundle, examine
from renderers.words.difference_table import SENTENCES
from renderers.words.differences import difference_sentence, no_difference, touched_sentence

BASE = """\
scheme: rent-help
languages: [fr, en]
title: {fr: "Aide au loyer", en: "Rent help"}
reference: "L-{number:04}"
contact: {email: a@office.example}
legal: {silence: rejection after 2 months}
calendar: {opens: 2020-05-05}
privacy: {keep: 2 years after end, drafts: 90 days}
roles:
  clerk: {label: {fr: "Instruction", en: "Casework"}, may: [search, view]}
  head: {label: {fr: "Responsable", en: "Head"}}
parameters:
  plafond: {type: money, values: [{from: 2020-05-05, is: 1000}]}
form:
  you:
    title: {fr: "Vous", en: "You"}
    fields:
      income: {type: money, label: {fr: "Revenu", en: "Income"}, min: 0}
      level:
        type: choice
        label: {fr: "Niveau", en: "Level"}
        options: {low: {fr: "Bas", en: "Low"}, high: {fr: "Haut", en: "High"}}
      note: {type: text, optional: true, label: {fr: "Note", en: "Note"}}
      children:
        type: repeat
        label: {fr: "Enfants", en: "Children"}
        optional: true
        fields:
          age: {type: integer, label: {fr: "Âge", en: "Age"}}
  rent:
    title: {fr: "Loyer", en: "Rent"}
    fields:
      amount: {type: money, label: {fr: "Montant", en: "Amount"}, when: income < 500}
eligibility:
  modest: {require: income < plafond, otherwise: {fr: "Trop ({income})", en: "Too much ({income})"}}
award: {currency: EUR, amount: {decide: [income], rows: [["< 500", 300], [">= 500", 100]]}, at_most: 400}
workflow:
  public: {received: {label: {fr: "Reçue", en: "Received"}, states: [submitted, granted]}}
  states:
    draft: {kind: start, label: {fr: "Brouillon", en: "Draft"}}
    submitted: {label: {fr: "Déposée", en: "Filed"}, due: 2 working days, checklist: {read: {fr: "Lue", en: "Read"}}}
    granted: {label: {fr: "Accordée", en: "Granted"}, kind: end, decision: granted}
  actions:
    submit: {label: {fr: "Déposer", en: "File"}, from: draft, to: submitted, by: applicant}
    grant: {label: {fr: "Accorder", en: "Grant"}, from: submitted, to: granted, by: clerk, if: eligible}
    late: {label: {fr: "Classer", en: "Close"}, from: submitted, to: granted, by: system}
  deadlines:
    unanswered: {in: submitted, after: 15 working days, do: late}
"""
PAUSED = '    paused: {label: {fr: "En pause", en: "Paused"}}\n    granted: {label'
PAUSE = """    pause: {label: {fr: "Suspendre", en: "Pause"}, from: submitted, to: paused, by: clerk}
    go: {label: {fr: "Reprendre", en: "Go on"}, from: paused, to: submitted, by: clerk}
    late:"""
PAUSING = (
    ("    granted: {label", PAUSED),
    ("    late:", PAUSE),
    ("[submitted, granted]}}", "[submitted, granted, paused]}}"),
)


def side(*changes: tuple[str, str], **files: str) -> Side:
    text = BASE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    bundle = Bundle({"scheme.yaml": text, **{f"texts/{name}": body for name, body in files.items()}})
    found = examine(bundle.with_library())
    assert found.scheme is not None, [str(problem) for problem in found.problems]
    return Side(found.scheme, found.source)


def told(before: Side, after: Side) -> list[tuple[str, str]]:
    return [(one.code, plain(difference_sentence(one, "en"))) for one in compare(before, after)]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


# (what is replaced, the codes and sentences of what changed)
CASES = [
    (('{fr: "Aide au loyer", en: "Rent help"}', '{fr: "Aide", en: "Help"}'), [("said", "The title is now “Help” (it was “Rent help”).")]),
    (("opens: 2020-05-05}", "opens: 2020-06-01}"), [("said", "The opening day is now 1 June 2020 (it was 5 May 2020).")]),
    (("keep: 2 years after end", "keep: 1 year after end"), [("said", "How long dossiers are kept is now 1 year (it was 2 years).")]),
    (("silence: rejection after 2 months", "silence: acceptance after 3 months"), [("silence", "What silence means is now acceptance and 3 months (it was rejection and 2 months).")]),
    (("may: [search, view]", "may: [search]"), [("role_may", "The role “Casework” may now “search” (it was “search” and “view”).")]),
    (('  head: {label: {fr: "Responsable", en: "Head"}}\n', ""), [("role_removed", "The role “Head” is removed.")]),
    (('title: {fr: "Vous", en: "You"}', 'title: {fr: "Moi", en: "Me"}'), [("page_title", "The page “You” is now called “Me”.")]),
    (('    title: {fr: "Loyer", en: "Rent"}', '    title: {fr: "Loyer", en: "Rent"}\n    when: income < 900'), [("page_when", "The page “Rent” is now asked if “income < 900” (it was asked always).")]),
    (("optional: true, label: {fr: \"Note\"", 'label: {fr: "Note"'), [("field_required", "The field “Note” must now be answered.")]),
    (('label: {fr: "Revenu"', 'optional: true, label: {fr: "Revenu"'), [("field_optional", "The field “Income” may now stay empty.")]),
    (("note: {type: text,", "note: {type: long_text,"), [("field_kind", "The field “Note” is now of the kind “long_text” (it was “text”).")]),
    (('en: "Income"}', 'en: "Earnings"}'), [("field_label", "The field “Income” now reads “Earnings”.")]),
    (("when: income < 500", "when: income < 600"), [("field_when", "The field “Amount” is now asked if “income < 600” (it was asked if “income < 500”).")]),
    (("min: 0}", 'min: 0, messages: {too_small: {fr: "Au moins {min}.", en: "At least {min}."}}}'), [("field_message", "The field “Income”, when something is wrong (“too_small”), now says “At least {min}.” (it was nothing).")]),
    (("min: 0}", "min: 10}"), [("field_limit", "The field “Income”: “min” is now “10” (it was “0”).")]),
    ((', when: income < 500}', ", when: income < 500, sensitive: true}"), [("field_sensitive", "The field “Amount” is now sensitive: encrypted apart, in no mail.")]),
    ((', when: income < 500}', ", when: income < 500, hide_from: [clerk]}"), [("field_hidden", "The field “Amount” is now hidden from “clerk” (it was from nothing).")]),
    ((', high: {fr: "Haut", en: "High"}', ""), [("option_removed", "The field “Level” no longer offers the option “High”.")]),
    (('high: {fr: "Haut", en: "High"}', 'high: {fr: "Haut", en: "High"}, mid: {fr: "Moyen", en: "Middle"}'), [("option_added", "The field “Level” offers one more option: “Middle”.")]),
    (('high: {fr: "Haut", en: "High"}', 'high: {fr: "Haut", en: "Upper"}'), [("option_label", "The option “High” of the field “Level” now reads “Upper”.")]),
    (("          age: {type: integer", '          name: {type: text, label: {fr: "Nom", en: "Name"}}\n          age: {type: integer'), [("row_field_added", "The field “Name” is added to each row of “Children”.")]),
    (("require: income < plafond", "require: income <= plafond"), [("rule_require", "The rule “modest” now requires “income <= plafond” (it was “income < plafond”).")]),
    (("require: income < plafond,", "require: income < plafond, severity: warn,"), [("rule_warns", "The rule “modest” now lets in and warns the office; it refused.")]),
    (("is: 1000}", "is: 1200}"), [("figure", "The figure “plafond” from 5 May 2020 on is now “1200” (it was “1000”).")]),
    (("is: 1000}]", "is: 1000}, {from: 2021-01-01, is: 1100}]"), [("figure_added", "The figure “plafond” is “1100” from 1 January 2021 on.")]),
    (("[\">= 500\", 100]", '[">= 500", 150]'), [("table_rows", "The amount: rows that are new in the table: >= 500 → 150; rows that are gone: >= 500 → 100.")]),
    (("at_most: 400", "at_most: 400, budget: {envelope: 5000}"), [("award_budget", "The money there is, or what takes it, changes.")]),
    (("at_most: 400", "at_most: 400, instalments: {half: {share: 50, pay_on: granted}}"), [("award_instalments", "The instalments change.")]),
    (("at_most: 400", "at_most: 400, requested: income"), [("award_requested", "The field in which applicants say how much they ask for changes.")]),
    (("at_most: 400", "at_most: 400, paid_from: {iban: FR7630006000011234567890189}"), [("award_paid_from", "The account payments leave from changes.")]),
    (("by: clerk, if: eligible", "by: clerk, if: eligible, batch: sepa"), [("action_money", "What the action “Grant” does to the money changes.")]),
    (("at_most: 400", "at_most: 500"), [("award_at_most", "The highest amount is now “500” (it was “400”).")]),
    (('en: "Filed"}', 'en: "Handed in"}'), [("state_label", "The state “Filed” now reads “Handed in”.")]),
    (("due: 2 working days", "due: 3 working days"), [("state_due", "The time the office gives itself in the state “Filed” is now 3 working days (it was 2 working days).")]),
    (("    granted: {label", '    read: {label: {fr: "Lecture", en: "Being read"}, part_of: submitted}\n    granted: {label'),
     [("state_added", "The state “Being read” is added."), ("state_part", "“Being read” is now a part of “Filed”: what is said of the whole holds there too.")]),
    (("kind: end, decision: granted", "kind: end"), [("state_decides_nothing", "The state “Granted” no longer decides anything.")]),
    ((', checklist: {read: {fr: "Lue", en: "Read"}}', ""), [("item_removed", "The checklist of the state “Filed” no longer has the item “Read”.")]),
    (("by: clerk, if: eligible", "by: [clerk, head], if: eligible"), [("action_by", "The action “Grant” is now done by “Casework” and “Head” (it was by “Casework”).")]),
    (("by: clerk, if: eligible", "by: clerk"), [("action_if", "The action “Grant” may now be done always (it was if “eligible”).")]),
    (("by: clerk, if: eligible", "by: clerk, if: eligible, comment: required"), [("action_comment", "The action “Grant” now wants a comment.")]),
    (('en: "Grant"}', 'en: "Say yes"}'), [("action_label", "The action “Grant” is now called “Say yes”.")]),
    (("after: 15 working days", "after: 20 working days"), [("deadline_after", "The deadline “unanswered” is now 20 working days (it was 15 working days).")]),
    (('en: "Received"}', 'en: "Here"}'), [("status_label", "The status “Received” now reads “Here”.")]),
    (("eligibility:\n", "facts: {others: {dossiers: any_scheme, match: note}}\neligibility:\n"), [("fact_added", "The fact “others” is added: the rules may know it.")]),
    (("eligibility:\n", "prefill: {from: rent-help, fields: {note: note}}\neligibility:\n"), [("prefill_changed", "What may be taken over from an earlier dossier changes.")]),
    (("# nothing", "# nothing"), []),
]  # fmt: skip


TABLE = (Path(__file__).parents[1] / "browser" / "budget-form" / "scheme.yaml").read_text(encoding="utf-8")


def test_lines_of_a_table_are_told_added_gone_renamed_and_computed_otherwise():
    def table(*changes: tuple[str, str]) -> Side:
        text = TABLE
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        found = examine(Bundle({"scheme.yaml": text}))
        assert found.scheme is not None, [str(problem) for problem in found.problems]
        return Side(found.scheme, found.source)

    others = '          others: {label: {fr: "65 – Autres", en: "65 – Other"}}\n'
    taxes = '          taxes: {label: {fr: "63 – Impôts", en: "63 – Taxes"}}\n'
    after = table((others, taxes), ("subtotal / 2", "subtotal / 3"))
    assert told(table(), after) == [
        ("line_value", "The line “Half” of “Charges” is computed otherwise."),
        ("line_added", "The line “63 – Taxes” is added to “Charges”."),
        ("line_removed", "The line “65 – Other” is removed from “Charges”."),
    ]
    renamed = table(("60 – Purchases", "60 – Goods"))
    assert told(table(), renamed) == [
        ("line_label", "The line “60 – Purchases” of “Charges” now reads “60 – Goods”.")
    ]


@pytest.mark.parametrize(
    ("change", "wanted"), CASES, ids=[case[1][0][0] if case[1] else "none" for case in CASES]
)
def test_one_change_is_told_once_in_a_sentence(change, wanted):
    after = side(change) if change[0] in BASE else side()
    assert told(side(), after) == wanted


def test_what_a_source_is_asked_and_fills_in_is_told():
    siret = (
        "      note: {type: text, optional: true",
        "      siret: {type: siret, optional: true, label: {fr: S, en: S}}\n      note: {type: text, optional: true",
    )
    asked = (
        "eligibility:\n",
        "facts: {company: {connector: recherche-entreprises, with: siret}}\neligibility:\n",
    )
    hidden = ("with: siret}", "with: siret, hide_from: [clerk]}")
    filled = ("type: text, optional: true", "type: text, filled_by: company.name, optional: true")
    found = told(side(siret, asked), side(siret, asked, hidden, filled))
    assert found == [
        ("field_filled_by", "The field “Note” is now filled in by “company.name” (it was nothing)."),
        (
            "fact_changed",
            "The fact “company” is found otherwise: its source, or what is asked or taken of it.",
        ),
    ]


PARTNER = (
    "parameters:",
    'parties: {partner: {label: {fr: "Conjoint", en: "Partner"}, email: mail, when: income < 500}}\nparameters:',
)
MAIL = (
    "      level:\n",
    '      mail: {type: email, optional: true, label: {fr: "Adresse", en: "Address"}}\n      level:\n',
)
ALL_SIGN = (
    "to: granted, by: clerk, if: eligible}",
    "to: granted, by: clerk, if: eligible}\n    sign: {label: {fr: Signer, en: Sign}, from: submitted, to: granted, by: {all_of: [applicant, partner]}, signs: [you]}",
)


def test_what_changes_for_the_other_people_of_a_dossier_is_told():
    alone, two = side(MAIL), side(MAIL, PARTNER, ALL_SIGN)
    assert told(alone, two)[0] == (
        "party_added",
        "“Partner” is added: they may have a part in an application, and sign it.",
    )
    assert told(two, alone)[0][0] == "party_removed"
    theirs = (
        '    title: {fr: "Loyer", en: "Rent"}',
        '    title: {fr: "Loyer", en: "Rent"}\n    asked_of: partner',
    )
    later = (
        'en: "Partner"}, email: mail, when: income < 500',
        'en: "Spouse"}, email: mail, when: income < 600',
    )
    signs = ("signs: [you]", "signs: [you, rent]")
    assert told(two, side(MAIL, PARTNER, ALL_SIGN, theirs, later, signs))[
        1:
    ] == [  # the page's own condition comes first
        ("party_label", "The party “Partner” is now called “Spouse”."),
        ("party_when", "“Spouse” now has a part if “income < 600” (it was if “income < 500”)."),
        ("page_asked_of", "The page “Rent” is now filled in by “Spouse” (it was by the applicant)."),
        ("action_signs", "The action “Sign” now signs the pages “You” and “Rent” (it signed “You”)."),
    ]


def test_what_changes_in_exports_charts_and_public_figures_is_told():
    def watched(exports: str, dashboard: str, public: str) -> Side:
        said = f"exports:\n  all: {exports}\ndashboard:\n  levels: {dashboard}\npublic_figures: {public}\n"
        return side(
            ("contact:", f"{said}contact:"),
            ("income: {type: money,", "income: {type: money, sensitive: true,"),
        )

    before = watched(
        "{label: Everything, columns: [reference, level]}",
        "{title: Levels, chart: dossiers by level}",
        "[arrivals]",
    )
    after = watched(
        "{label: Everything, columns: [reference, income], states: [granted], where: income < 500}",
        "{title: Levels, chart: granted by level}",
        "[stock, levels]",
    )
    assert told(before, after) == [
        ("export_gains", "The export “Everything” now also holds “income”."),
        ("export_loses", "The export “Everything” no longer holds “level”."),
        ("export_sensitive", "Sensitive answers leave by the export “Everything”: “income”."),
        (
            "export_states",
            "The export “Everything” now holds the dossiers in “Granted” (it held those in every state).",
        ),
        (
            "export_where",
            "The export “Everything” now holds a dossier if “income < 500” (it held it always).",
        ),
        (
            "chart_changed",
            "The chart “Levels” now counts something else; it is counted again from the beginning.",
        ),
        ("public_opened", "Everybody may now read these figures: where the applications stand and “Levels”."),
        ("public_closed", "These figures are no longer public: applications filed."),
    ]
    assert told(before, before) == []
    gone = [code for code, _ in told(after, side())]
    assert gone[-3:] == ["export_removed", "chart_removed", "public_closed"]
    for one in (*compare(before, after), *compare(side(), after)):
        assert difference_sentence(one, "fr") != difference_sentence(one, "en")


def test_a_state_and_its_actions_come_and_go():
    assert [code for code, _ in told(side(), side(*PAUSING))] == [
        "state_added",
        "action_added",
        "action_added",
        "status_states",
    ]
    gone = told(side(*PAUSING), side())
    assert gone[0] == ("state_removed", "The state “Paused” is removed.")
    assert (
        "action_removed",
        "The action “Pause” is removed: it led from “Filed” to “Paused”, by “Casework”.",
    ) in gone


def test_what_is_declared_renamed_is_no_removal():
    renamed = """migration:
  renamed: {note: remark, income: revenue, children.age: years}
  options: {level: {high: upper}}
  states: {submitted: filed}
"""
    text = BASE.replace("      note:", "      remark:").replace("          age:", "          years:")
    text = text.replace(", high: {", ", upper: {").replace("submitted", "filed").replace("income", "revenue")
    found = examine(Bundle({"scheme.yaml": text + renamed}))
    assert found.scheme is not None, [str(one) for one in found.problems]
    changes = told(side(), Side(found.scheme, found.source))
    assert [code for code, _ in changes] == [
        "field_renamed",
        "option_renamed",
        "field_renamed",
        "field_renamed",
        "state_renamed",
    ]
    wanted = "The field “Note” is now “remark” in the rules (it was “note”); its answers follow."
    assert wanted in [sentence for _, sentence in changes]


def test_change_has_its_place_in_both_files():
    [change] = compare(side(), side(("min: 0}", "min: 10}")))
    line = next(number for number, text in enumerate(BASE.splitlines(), 1) if "min: 0}" in text)
    assert change.before is not None
    assert change.after is not None
    assert (change.before.line, change.after.line) == (line, line)
    [added] = compare(
        side(), side(("min: 0}", "min: 0}\n      town: {type: text, label: {fr: Ville, en: Town}}"))
    )
    assert (added.before, added.after.line) == (None, line + 1)


def test_text_of_a_mail_that_changed_is_named_with_its_languages():
    files = {"hello.fr.md": "Objet : A\n\nBonjour.\n", "hello.en.md": "Subject: A\n\nHello.\n"}
    after = side(**(files | {"hello.en.md": "Subject: A\n\nGood day.\n"}))
    assert told(side(**files), after) == [("text_changed", "The text “hello” reads otherwise (“en”).")]
    assert told(side(**files), side()) == [("text_removed", "The text “hello” is removed.")]


def test_lines_that_only_moved_are_no_change():
    moved = ("contact: {email: a@office.example}\n", "")
    back = (
        'reference: "L-{number:04}"\n',
        'contact: {email: a@office.example}\nreference: "L-{number:04}"\n',
    )
    assert told(side(), side(moved, back)) == []
    assert no_difference("en").startswith("Nothing changes for anybody")


def test_every_code_has_its_sentence_in_both_languages():
    assert len(COMPARISONS) == 7
    said = {code for change, _ in CASES if change[0] in BASE for code, _ in told(side(), side(change))}
    assert said <= set(SENTENCES)
    for change, _ in CASES:
        for one in compare(side(), side(change)) if change[0] in BASE else ():
            french, english = difference_sentence(one, "fr"), difference_sentence(one, "en")
            assert french != english
            assert "%(" not in french + english


class Held:
    what, drafts, dossiers = "lack", 37, (("Déposée", 1200), ("En instruction", 2))


def test_whom_a_change_touches_is_one_sentence():
    assert plain(touched_sentence(Held(), "en")) == (
        "It concerns those that lack an answer: 37 drafts and 1,202 dossiers (Déposée 1,200, En instruction 2)."
    )
    assert plain(touched_sentence(Held(), "fr")) == (
        "Cela concerne ceux à qui la réponse manque : 37 brouillons et 1 202 dossiers (Déposée 1 200, En instruction 2)."
    )
    nobody = type("Nobody", (), {"what": "chose", "drafts": 0, "dossiers": ()})()
    assert touched_sentence(nobody, "en") == "No draft and no dossier is concerned."


def test_a_text_changed_in_one_language_only_is_told_in_that_language():
    [change] = compare(side(), side(('title: {fr: "Aide au loyer"', 'title: {fr: "Aide au logement"')))
    told = difference_sentence(change, "en")
    assert "Aide au logement" in told and "Aide au loyer" in told and "Rent help" not in told
