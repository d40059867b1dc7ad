"""A scenario walks a dossier through its workflow as the office would: time goes on, deadlines come, mails and letters
leave, money is granted, who may not is refused."""

from __future__ import annotations

from textwrap import indent

import pytest

from authoring.walkthrough import run
from engine.language import Bundle, examine, load_scheme

SCHEME = """\
scheme: trial
languages: [fr, en]
title: {fr: "Aide d'essai", en: Trial grant}
summary: {fr: "Pour les essais.", en: For trials.}
reference: "ESSAI-{year}-{number:05}"
contact: {email: essai@organisme.example, phone: "04 50 00 00 00", hours: "9 h – 17 h"}
calendar: {opens: 2020-05-05, closes: 2020-06-20, holidays: FR}
legal: {silence: rejection after 2 months}
roles:
  instructor: {label: {fr: Instruction, en: Examination}, may: [search, view]}
  supervisor: {label: {fr: Responsable, en: Head}, may: [search, view]}
form:
  you:
    title: {fr: Vous, en: You}
    fields:
      person: {type: person, label: {fr: Identité, en: Identity}}
      closed: {type: yes_no, label: {fr: "Fermé ?", en: "Closed?"}}
      income: {type: money, label: {fr: Revenu, en: Income}}
  company:
    title: {fr: Société, en: Company}
    when: income > 5000
    fields:
      partners:
        type: repeat
        label: {fr: Associés, en: Partners}
        fields:
          name: {type: text, label: {fr: Nom, en: Name}}
          share: {when: name != "", type: percentage, label: {fr: Part, en: Share}}
eligibility:
  modest: {require: income <= 20000, otherwise: {fr: "Le revenu de {income} dépasse 20 000 €.", en: "An income of {income} is too high."}}
award:
  amount: {decide: [income], hit: first, rows: [["< 1000", 1500], ["< 5000", 1000]], otherwise: 500}
workflow:
  public:
    received: {label: {fr: Reçue, en: Received}, states: [submitted, in_review]}
    waiting: {label: {fr: En attente, en: Waiting}, states: [on_hold]}
    decided: {label: {fr: Décidée, en: Decided}, states: [accepted, refused, paid, expired]}
  states:
    draft: {kind: start}
    submitted: {label: {fr: Déposée, en: Filed}, editable: true}
    in_review: {label: {fr: En instruction, en: In review}}
    on_hold: {label: {fr: En attente, en: On hold}, legal_clock: suspended}
    accepted: {label: {fr: Acceptée, en: Accepted}, decision: granted}
    refused: {label: {fr: Refusée, en: Refused}, decision: refused, kind: end}
    paid: {label: {fr: Payée, en: Paid}, kind: end}
    expired: {label: {fr: Classée, en: Closed}, kind: end}
  actions:
    submit: {label: {fr: Déposer, en: File}, from: draft, to: submitted, by: applicant}
    take: {label: {fr: Prendre, en: Take}, from: submitted, to: in_review, by: instructor}
    ask:
      label: {fr: Demander, en: Ask}
      from: in_review
      to: on_hold
      by: instructor
      form:
        which: {type: fields, label: {fr: Lesquelles, en: Which}}
        reason: {type: text, label: {fr: Motif, en: Reason}}
      changes: [{reopen: which}]
      effects: [{mail: please_correct}]
    answer: {label: {fr: Répondre, en: Answer}, from: on_hold, to: in_review, by: applicant}
    accept:
      label: {fr: Accepter, en: Accept}
      from: in_review
      to: accepted
      by: supervisor
      not_by_who_did: take
      if: eligible
      effects: [{letter: granted}, {mail: accepted}]
    refuse: {label: {fr: Refuser, en: Refuse}, from: [in_review, accepted], to: refused, by: supervisor, effects: [{letter: refused}]}
    pay: {label: {fr: Payer, en: Pay}, from: accepted, to: paid, by: instructor}
    expire: {label: {fr: Classer, en: Close}, from: on_hold, to: expired, by: system}
  deadlines:
    unanswered: {in: on_hold, after: 15 working days, do: expire, remind: [5 days before]}
    silence: {in: [submitted, in_review], after: legal.silence, warn: [supervisor], before: 10 days}
tests:
"""
TEXTS = {
    "please_correct": "Objet : À corriger\n\n{{ reason }} avant le {{ deadline_on }}\n",
    "accepted": "Objet : Accord\n\nVous recevrez {{ amount }}.\n",
    "granted": "Objet : Votre aide\n\n{{ applicant }}, {{ amount }} vous sont accordés.\n"
    "{% for line in calculation %}{{ line.because }}{% endfor %}\n",
    "refused": "Objet : Refus\n\n{% for one in reasons %}{{ one.phrase }}{% endfor %}\n",
}
FILES = {f"texts/{name}.{language}.md": text for name, text in TEXTS.items() for language in ("fr", "en")}
ANSWERS = "{person: {first_name: Camille, last_name: Essai}, closed: true, income: 4000}"


def outcome(test: str):
    """The one outcome of a scheme with this one test, deposited on 12 May 2020."""
    whole = f"today: 2020-05-12\nanswers: {ANSWERS}\n" if "answers:" not in test else ""
    text = (
        SCHEME
        + "  the case:\n"
        + indent(whole + ("" if "expect:" in test else "expect: {}\n") + test, "    ")
    )
    [found] = run(load_scheme(Bundle({"scheme.yaml": text, **FILES})))
    return found


def sentences(test: str) -> tuple[str, ...]:
    return outcome(test).sentences


ON_HOLD = "then: [submit by applicant, take by instructor, ask by instructor, {step}]\n"
PAID = "then: [submit by applicant, take by instructor, accept by supervisor, pay by instructor]\n"
PASSING = {
    "the last day of a deadline is whole": ON_HOLD.format(step="wait 15 working days") + "end: on_hold\n",
    "the day after, the deadline has done its action": ON_HOLD.format(step="wait 16 working days")
    + "end: expired\nstatus: decided\nreminded: [unanswered]\n",
    "time goes on to a day": ON_HOLD.format(step="on 2020-06-05") + "end: expired\n",
    "one may still answer on the last day": ON_HOLD.format(step="wait 15 working days, answer by applicant")
    + "end: in_review\nreminded: [unanswered]\n",
    "nothing is reminded before its day": ON_HOLD.format(step="wait 3 days") + "reminded: []\n",
    "the office is warned of silence, then silence speaks": "then: [submit by applicant, on 2020-07-13]\nwarned: [silence, silence]\n",
    "the legal clock stands still on hold": ON_HOLD.format(
        step="wait 10 days, answer by applicant, on 2020-07-13"
    )
    + "warned: [silence]\n",
    "hours are counted too": "then: [submit by applicant, wait 36 hours]\nend: submitted\n",
    "money is granted, then paid": PAID + "amounts: {granted: 1000, paid: 1000, reversed: 0}\n",
    "money granted is taken back": "then: [submit by applicant, take by instructor, accept by supervisor, refuse by supervisor]\n"
    "amounts: {granted: 1000, paid: 0, reversed: 1000}\n",
    "who may not is refused, and nothing has moved": "then: [submit by applicant, take by instructor, accept by instructor is refused, pay by instructor is refused, "
    "accept by supervisor]\nend: accepted\n",
    "four eyes hold": "then: [submit by applicant, submit by applicant is refused, take by instructor, accept by applicant is refused]\nend: in_review\n",
    "a letter and a mail say what they must": PAID
    + 'mails: [accepted: "1 000 €"]\nletters: [granted: ["Camille Essai", "1 000 €"]]\n',
    "an act is given what its form asks": "then:\n- submit by applicant\n- take by instructor\n"
    '- ask by instructor: {which: [income], reason: "Revenu à revoir"}\n'
    "- answer by applicant: {income: 900}\n- accept by supervisor\n"
    'mails: [please_correct: ["Revenu à revoir", "4 juin 2020"], accepted]\namounts: {granted: 1500}\n',
    "what was not asked about may not be corrected": "then:\n- submit by applicant\n- take by instructor\n"
    "- ask by instructor: {which: [income], reason: Revenu}\n- answer by applicant is refused: {closed: false}\n- answer by applicant\n",
    "what was filed may be changed where the state lets it, and is judged again": "then:\n- submit by applicant\n"
    "- edit by applicant: {income: 900}\n- take by instructor\n- edit by applicant is refused: {income: 800}\n- accept by supervisor\n"
    "amounts: {granted: 1500}\n",
    "nobody applies before the opening or after the end": "then: [on 2020-06-21, submit by applicant is refused]\nend: draft\n",
    "what people read of a rule": "answers: {income: 20000.01}\nexpect: {because: {modest: 'dépasse 20 000 €'}}\n",
    "what is asked": "answers: {income: 6000, partners: [{name: A}]}\n"
    "expect: {asked: [company, partners, partners.share, income], not_asked: []}\n",
    "a part, and the list of a part in all rows": "answers: {person: {first_name: Ada, last_name: Essai}, income: 6000, partners: [{name: A, share: 40}, {name: B, share: 10}]}\n"
    "expect: {person.first_name: Ada, partners.share: [40, 10]}\n",
    "what is not asked": "answers: {income: 5000}\nexpect: {asked: you, not_asked: [company, partners]}\n",
}


@pytest.mark.parametrize("test", PASSING.values(), ids=PASSING)
def test_what_is_expected_of_a_walk_passes_silently(test):
    assert sentences(test) == ()


FAILING = {
    ON_HOLD.format(step="wait 15 working days") + "end: expired\n": "expected the end expired, got on_hold "
    "(it is 2020-06-04; the deadline unanswered does expire once 2020-06-04 is over)",
    ON_HOLD.format(step="on 2020-05-11"): "on 2020-05-11: it is already 2020-05-12",
    ON_HOLD.format(step="wait 20 days") + "reminded: []\n": "expected reminders of [], got [unanswered]",
    "then: [submit by applicant]\nwarned: [silence]\n": "expected warnings of [silence], got []",
    "then: [submit by applicant]\nstatus: decided\n": "expected the applicant to read decided, and they read received",
    PAID + "amounts: {granted: 1500}\n": "expected granted 1500 in the end, got 1000",
    PAID + "letters: []\n": "expected the letters [], got [granted]",
    PAID
    + 'mails: [accepted: "1 500 €"]\n': "the mail accepted does not say “1 500 €”; it says: Accord Vous recevrez 1",
    PAID
    + "letters: [granted: Dupont]\n": "the letter granted does not say “Dupont”; it says: Votre aide Camille Essai",
    "then: [submit by applicant, take by instructor is refused]\n": "take by instructor is done, and it should have been refused",
    "then: [on 2020-06-21, submit by applicant]\n": "submit by applicant is refused: applications closed on 2020-06-20",
    "then: [submit by applicant, take by instructor, edit by applicant]\n": "edit by applicant is refused: what was filed can't be changed in the state in_review",
    "then:\n- submit by applicant\n- take by instructor\n- ask by instructor: {which: [nothing]}\n": "ask by instructor is refused: ",
    "answers: {income: 6000}\nexpect: {not_asked: [partners]}\n": "expected partners not to be asked, and it is: "
    "its condition income > 5000 is true (with income = 6000.00)",
    "answers: {income: 3}\nexpect: {asked: [company]}\n": "expected company to be asked, and it is not: "
    "its condition income > 5000 is false (with income = 3.00)",
    "answers: {income: 4000}\nexpect: {amount: 1500}\n": "expected amount 1500, got 1000.00: row 2 of the table amount decided (with income = 4000.00)",
    "answers: {income: 6000}\nexpect: {amount: 1500}\n": "expected amount 1500, got 500.00: no row of the table amount holds",
    "answers: {income: 3}\nexpect: {because: [modest]}\n": "expected because [modest], got []: "
    "the rule modest is true because income <= 20000 is true (with income = 3.00)",
    "answers: {income: 30000}\nexpect: {because: {modest: abc}}\n": "for the rule modest, people do not read “abc” but “Le revenu de 30",
}


@pytest.mark.parametrize(("test", "sentence"), FAILING.items(), ids=FAILING.values())
def test_what_differs_in_a_walk_is_said_in_plain_words(test, sentence):
    found = sentences(test)
    assert len(found) == 1, found
    assert found[0].startswith(sentence)


def test_a_failure_stands_at_its_line_and_is_said_in_french_too():
    found = outcome(PAID + "end: paid\namounts: {paid: 2}\n")
    line = SCHEME.count("\n") + 7
    [failure] = found.failures
    assert (failure.place.line, failure.sentence("fr")) == (
        line,
        "à la fin, attendu\u00a0: paid 2\u00a0; obtenu\u00a0: 1000.00",
    )


def test_each_case_of_a_table_has_its_own_line():
    found = outcome(
        "answers: {}\nexpect: [amount, rules.modest]\ngiven: [income]\ncases:\n"
        "  - [900, 1500, true]\n  - [1000, 1500, true]\n  - [20001, null, false]\n"
    )
    first = SCHEME.count("\n") + 6
    assert [(case.place.line, case.passed, case.given) for case in found.cases] == [
        (first, True, "income 900"),
        (first + 1, False, "income 1000"),
        (first + 2, True, "income 20001"),
    ]
    assert found.sentences[0].startswith("case 2 (income 1000): expected amount 1500, got 1000.00")


VOTE = """\
  votes:
    opinion:
      label: {fr: Avis, en: Opinion}
      in: in_review
      members: supervisor
      secretary: instructor
      options: {yes: {fr: Pour, en: For}, no: {fr: Contre, en: Against}}
      counting: {majority: absolute of members}
  actions:
    adopt: {from: in_review, to: accepted, by: system, if: opinion.result = "yes"}
"""


def voted(absent: str, end: str) -> Bundle:
    """Three of those who vote give a ballot; two are for it."""
    steps = "[submit by applicant, take by instructor, {vote opinion: {supervisor: [yes, yes, no], absent: HOW_MANY}}]"
    case = f"today: 2020-05-12\nanswers: {ANSWERS}\nexpect: {{}}\nthen: {steps}\nend: {end}\n"
    whole = SCHEME.replace("  actions:\n", VOTE, 1) + "  the case:\n" + indent(case, "    ")
    return Bundle({"scheme.yaml": whole.replace("HOW_MANY", absent), **FILES})


@pytest.mark.parametrize(("absent", "end"), [("0", "accepted"), ("1", "in_review")])
def test_members_who_give_no_ballot_count_among_them(absent, end):
    [found] = run(load_scheme(voted(absent, end)))
    assert found.passed, found.sentences


def test_how_many_are_absent_is_a_number():
    told = [one for one in examine(voted("some", "accepted")).problems if one.severity == "error"]
    assert [(one.code, one.path[-1]) for one in told] == [("wrong_value", "absent")]
