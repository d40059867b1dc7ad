"""What a version says of the older ones is loaded as it is written, and every name in it is checked."""

import pytest

from engine.language import Bundle, SchemeError, check_scheme, load_scheme

SCHEME = """\
scheme: rent-help
languages: [fr]
title: Aide au loyer
version: 3
form:
  you:
    title: Vous
    fields:
      income: {type: money, label: Revenu}
      status: {type: choice, label: Statut, options: {self_employed: Indépendant, other: Autre}}
      mountain: {type: yes_no, label: Montagne}
      card: {type: file, label: Carte}
      children:
        type: repeat
        label: Enfants
        fields: {years: {type: integer, label: Âge}}
eligibility:
  modest: {require: income < 100, otherwise: Trop}
workflow:
  public: {received: {label: Reçue, states: [examined, refused]}}
  states:
    draft: {kind: start}
    examined: {label: Examinée, checklist: {read: Lue}}
    refused: {label: Refusée, kind: end, decision: refused}
  actions:
    submit: {label: Déposer, from: draft, to: examined, by: applicant}
    refuse: {label: Refuser, from: examined, to: refused, by: clerk}
    reconsider: {label: Réexaminer, from: refused, to: examined, by: clerk}
roles: {clerk: {label: Instruction}}
migration:
"""
WHOLE = """\
  from: [1, 2]
  renamed: {revenue: income, kids: children, kids.age: years}
  options: {status: {micro: self_employed}}
  states: {in_review: examined}
  defaults: {mountain: false}
  dossiers:
    drafts: {where: dossier.state = "draft", take: new}
    acquired: {where: before.eligible and not(eligible), take: old}
    newly: {where: dossier.state = "refused" and eligible and checklist.done, take: new, do: reconsider, ask: [card]}
    rest: {where: true, take: old}
"""


def codes(migration):
    _, problems = check_scheme(Bundle({"scheme.yaml": SCHEME + migration}))
    return [(problem.code, problem.suggestion) for problem in problems if problem.severity == "error"]


def test_every_key_is_loaded():
    scheme = load_scheme(Bundle({"scheme.yaml": SCHEME + WHOLE}))
    assert scheme.version == 3
    found = scheme.migration
    assert found.from_ == (1, 2)
    assert found.renamed == {"revenue": "income", "kids": "children"}
    assert found.rows == {"children": {"age": "years"}}
    assert (found.options, found.states) == (
        {"status": {"micro": "self_employed"}},
        {"in_review": "examined"},
    )
    assert found.defaults["mountain"].text == "false"
    assert [(line.id, line.take, line.do, line.ask) for line in found.dossiers.values()] == [
        ("drafts", "new", None, ()),
        ("acquired", "old", None, ()),
        ("newly", "new", "reconsider", ("card",)),
        ("rest", "old", None, ()),
    ]
    assert [found.speaks_of(number) for number in (1, 2, 3)] == [True, True, False]
    assert (found.state("in_review"), found.state("refused")) == ("examined", "refused")


def test_no_migration_says_nothing():
    scheme = load_scheme(Bundle({"scheme.yaml": SCHEME.replace("migration:\n", "")}))
    assert scheme.migration is None


@pytest.mark.parametrize(
    ("migration", "wanted"),
    [
        ("  renamed: {revenue: incom}\n", ("unknown_field", "income")),
        ("  renamed: {children.age: year}\n", ("unknown_field", "years")),
        ("  renamed: {children.years.age: year}\n", ("unknown_field", None)),
        ("  options: {status: {micro: self_employd}}\n", ("unknown_option", "self_employed")),
        ("  options: {statu: {micro: other}}\n", ("unknown_field", "status")),
        ("  states: {in_review: examine}\n", ("unknown_state", "examined")),
        ("  states: {refused: examined}\n", ("renamed_still_here", None)),
        ("  renamed: {a: income, b: income}\n", ("renamed_into_one", None)),
        ("  from: [3]\n", ("migration_from_later", None)),
        ("  defaults: {card: '\"x\"'}\n", ("no_default", None)),
        ("  defaults: {mountain: 12}\n", ("wrong_result", None)),
        ("  dossiers: {a: {where: befor.eligible, take: new}}\n", ("feel_unknown_name", "before")),
        ("  dossiers: {a: {where: before.amount, take: new}}\n", ("wrong_result", None)),
        ("  dossiers: {a: {where: true, take: new, do: reconsidr}}\n", ("unknown_action", "reconsider")),
        ("  dossiers: {a: {where: true, take: new, ask: [cards]}}\n", ("unknown_field", "card")),
        ("  dossiers: {a: {where: true, take: old, do: reconsider}}\n", ("old_does_nothing", None)),
        ("  dossiers: {a: {where: true, take: neww}}\n", ("unknown_word", "new")),
        ("  renammed: {a: income}\n", ("unknown_key", "renamed")),
    ],
)
def test_a_slip_is_named_once_with_what_was_meant(migration, wanted):
    assert codes(migration) == [wanted]


def test_every_slip_of_a_migration_is_a_scheme_error():
    with pytest.raises(SchemeError):
        load_scheme(Bundle({"scheme.yaml": SCHEME + "  states: {in_review: nowhere}\n"}))
