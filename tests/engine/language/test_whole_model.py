"""A small scheme that says a little of everything, compared with the whole value it loads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine import feel
from engine.feel import types
from engine.language import Bundle, load_scheme
from engine.language.model import (
    Act,
    Action,
    Award,
    Calendar,
    CaseTable,
    Change,
    Check,
    Contact,
    Deadline,
    Effect,
    Expression,
    Field,
    Legal,
    Once,
    Page,
    Parameter,
    ParameterValue,
    Privacy,
    PublicStatus,
    ReferenceList,
    Role,
    Rule,
    Scenario,
    Scheme,
    Sent,
    Silence,
    Span,
    State,
    Text,
    Total,
    Until,
    Wait,
    Workflow,
)
from engine.problems import Place
from engine.words import Printed

NOW, PARIS = datetime(2026, 5, 4, tzinfo=UTC), ZoneInfo("Europe/Paris")
MONEY, PERCENTAGE = types.Number("money"), types.Number("percentage")
YAML = """\
scheme: rent-help
languages: [fr, en]
title: Aide au loyer
reference: "AL-{number:04}"
contact: {email: aide@organisme.example, hours: "9 h – 17 h"}
legal: {silence: rejection after 2 months, remedies: texts/remedies}
calendar: {opens: 2026-01-01}
roles: {clerk: {label: {fr: Instruction, en: Examination}, may: [view, search]}}
parameters: {ceiling_of: {by: size, type: money, values: [{from: 2026-01-01, rows: {"< 3": 1000}, each_more: 1.50}]}}
form:
  you:
    title: {fr: Vous, en: You}
    fields:
      income: {type: money, label: {fr: Revenu, en: Income}, min: 0, hide_from: [clerk]}
      home:
        type: choice
        label: {fr: Logement, en: Home}
        options: {flat: {fr: Appartement, en: Flat}, house: {fr: Maison, en: House}}
        once: {per: scheme, otherwise: {fr: Déjà vu, en: Seen before}}
      town: {type: choice, list: towns, label: {fr: Commune, en: Town}, optional: true}
      people:
        type: repeat
        label: {fr: Occupants, en: Occupants}
        row: {fr: "{first}", en: "{first}"}
        at_most: 5
        when: home = "flat"
        fields: {first: {type: text, label: {fr: Prénom, en: Name}}, share: {type: percentage, label: {fr: Part, en: Share}}}
        totals: {shares: {sum: share, label: {fr: Total, en: Total}}}
        check: {fits: {require: shares <= 100, otherwise: {fr: Trop, en: Too much}}}
      account: {type: iban, label: IBAN, sensitive: true}
eligibility:
  modest: {require: income < 2000, otherwise: {fr: "{income} pour un {home}", en: "{income}"}, law: {fr: Art. 2, en: Art. 2}, stop: early}
award: {amount: income / 3, round: "up, 0 decimals", at_most: 500, paid_to: {applicant: {iban: account}}}
workflow:
  public: {all: {label: {fr: Suivi, en: Tracking}, states: [filed, done]}}
  states:
    draft: {kind: start}
    filed: {label: {fr: Déposée, en: Filed}, due: 2 working days, checklist: {seen: {fr: Vu, en: Seen}}, legal_clock: suspended}
    done: {label: {fr: Finie, en: Done}, kind: end, decision: granted}
  actions:
    submit: {label: {fr: Déposer, en: Submit}, from: draft, to: filed, by: applicant}
    ask:
      label: {fr: Demander, en: Ask}
      from: [filed]
      to: filed
      by: [clerk]
      form: {which: {type: fields}}
      changes: [{reopen: which}, {assign: me}]
    accept: {label: {fr: Accorder, en: Grant}, from: filed, to: done, by: clerk, if: checklist.done, not_by_who_did: ask, comment: required, effects: [{mail: granted}]}
    drop: {from: filed, to: done, by: system}
  deadlines: {late: {in: filed, after: legal.silence, do: drop, remind: [5 days before], warn: clerk, before: 10 days}}
privacy: {keep: 2 years after end, drafts: 90 days}
tests:
  one: {today: 2026-02-03, answers: {income: 900.50, town: "01000"}, expect: {eligible: true, amount: 301, because: []}, then: [submit by applicant, "accept by clerk is refused", wait 2 months, on 2026-05-01, {submit by applicant: {income: 3}}], end: filed, mails: [], letters: [{granted: Bravo}, granted], status: all, reminded: [late], warned: [], amounts: {paid: 3}}
  edges: {given: [income], expect: [rules.modest], cases: [[1999.99, true], [2000, false]]}
"""
FILES = {
    "scheme.yaml": YAML,
    "texts/en.yaml": "title: Rent help\nform: {you: {fields: {account: {label: Account}}}}\n",
    "lists/towns.csv": "code,label,label_en\n01000,Bourg,Bourg town\n",
    **{f"texts/{name}.{language}.md": name for name in ("granted", "remedies") for language in ("fr", "en")},
}


def text(french: str, english: str | None = None) -> Text:
    return Text({"fr": (french,), "en": (english or french,)})


def written(
    source: str, line: int, column: int, type_: types.Type = types.BOOLEAN, file: str = "scheme.yaml"
) -> Expression:
    return Expression(
        source,
        feel.compile(feel.parse(source, unary=source.startswith("<"))),
        type_,
        Place(file, line, column),
    )


def you() -> Page:
    first, second = "people", "you"
    rows = {
        "first": Field("first", "text", text("Prénom", "Name"), page=second, parent=first),
        "share": Field("share", "percentage", text("Part", "Share"), page=second, parent=first),
    }
    fits = Check("fits", written("shares <= 100", 29, 33), text("Trop", "Too much"))
    towns = ReferenceList(
        "towns",
        ("code", "label", "label_en"),
        {"01000": {"code": "01000", "label": "Bourg", "label_en": "Bourg town"}},
    )
    asked = (
        Field(
            "income",
            "money",
            text("Revenu", "Income"),
            hide_from=frozenset({"clerk"}),
            options={"min": written("0", 14, 67, types.NUMBER)},
        ),
        Field(
            "home",
            "choice",
            text("Logement", "Home"),
            once=Once("scheme", text("Déjà vu", "Seen before")),
            options={"options": {"flat": text("Appartement", "Flat"), "house": text("Maison", "House")}},
        ),
        Field("town", "choice", text("Commune", "Town"), optional=True, options={"list": towns}),
        Field(
            "people",
            "repeat",
            text("Occupants"),
            when=written('home = "flat"', 26, 15),
            checks=(fits,),
            options={"at_most": written("5", 25, 18, types.NUMBER)},
            fields=rows,
            row=Text(
                {
                    "fr": (written("first", 24, 21, types.STRING),),
                    "en": (written("first", 24, 36, types.STRING),),
                }
            ),
            totals={"shares": Total("share", None, text("Total"), PERCENTAGE)},
        ),
        Field("account", "iban", text("IBAN", "Account"), sensitive=True),
    )
    return Page("you", text("Vous", "You"), fields={field.id: replace(field, page="you") for field in asked})


def workflow() -> Workflow:
    which = Field("which", "fields", text("Réponses à corriger", "Answers to correct"))
    return Workflow(
        {"all": PublicStatus("all", text("Suivi", "Tracking"), ("filed", "done"))},
        {
            "draft": State("draft", text("Brouillon", "Draft"), "start"),
            "filed": State("filed", text("Déposée", "Filed"), due=Span(2, "working days"),
                           checklist={"seen": text("Vu", "Seen")}, legal_clock="suspended"),
            "done": State("done", text("Finie", "Done"), "end", decision="granted"),
        },
        {
            "submit": Action("submit", text("Déposer", "Submit"), ("draft",), "filed", ("applicant",)),
            "ask": Action("ask", text("Demander", "Ask"), ("filed",), "filed", ("clerk",), form={"which": which},
                          changes=(Change("reopen", "which"), Change("assign", "me"))),
            "accept": Action("accept", text("Accorder", "Grant"), ("filed",), "done", ("clerk",),
                             if_=written("checklist.done", 49, 86), not_by_who_did=("ask",), comment="required",
                             effects=(Effect("mail", "granted"),)),
            "drop": Action("drop", Text({"fr": ("Drop",)}), ("filed",), "done", ("system",)),
        },
        {
            "late": Deadline("late", ("filed",), Span(2, "months"), "drop", (Span(5, "days"),), ("clerk",),
                             Span(10, "days"), legal=True),
        },
    )  # fmt: skip


def whole() -> Scheme:
    rule = Rule(
        "modest",
        written("income < 2000", 32, 21),
        Text(
            {
                "fr": (
                    written("income", 32, 54, MONEY),
                    " pour un ",
                    written("home", 32, 71, types.String(frozenset({"flat", "house"}))),
                ),
                "en": (written("income", 32, 85, MONEY),),
            }
        ),
        text("Art. 2"),
        "early",
    )
    row = (written("< 3", 9, 85, types.BOOLEAN),), written("1000", 9, 92, types.NUMBER)
    return Scheme(
        id="rent-help",
        languages=("fr", "en"),
        title=text("Aide au loyer", "Rent help"),
        summary=Text({"fr": ("",)}),
        reference="AL-{number:04}",
        contact=Contact("aide@organisme.example", "", "9 h – 17 h"),
        legal=Legal(None, Silence("rejection", Span(2, "months")), "remedies"),
        calendar=Calendar(date(2026, 1, 1), None, "FR"),
        roles={"clerk": Role("clerk", text("Instruction", "Examination"), frozenset({"view", "search"}))},
        parameters={
            "ceiling_of": Parameter(
                "ceiling_of",
                ("size",),
                "money",
                (ParameterValue(date(2026, 1, 1), None, (row,), Decimal("1.50")),),
            )
        },
        lists={"towns": you().fields["town"].options["list"]},
        form={"you": you()},
        facts={},
        eligibility={"modest": rule},
        award=Award(
            "EUR",
            written("income / 3", 33, 17, MONEY),
            ("up", 0),
            None,
            written("500", 33, 63, types.NUMBER),
            {"applicant": {"iban": "account"}},
        ),
        workflow=workflow(),
        privacy=Privacy(None, Span(2, "years"), Span(90, "days")),
        tests={
            "one": Scenario(
                "one",
                date(2026, 2, 3),
                {"income": "900.50", "town": "01000"},
                {"eligible": True, "amount": Decimal("301"), "because": ()},
                (
                    Act("submit", "applicant"),
                    Act("accept", "clerk", refused=True),
                    Wait(Span(2, "months")),
                    Until(date(2026, 5, 1)),
                    Act("submit", "applicant", {"income": "3"}),
                ),
                "filed",
                (),
                "all",
                (Sent("granted", ("Bravo",)), Sent("granted")),
                ("late",),
                (),
                {"paid": Decimal(3)},
            ),
            "edges": CaseTable(
                "edges", None, ("income",), ("rules.modest",), (("1999.99", True), ("2000", False))
            ),
        },
        texts={name: {"fr": name, "en": name} for name in ("granted", "remedies")},
    )


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme(Bundle(FILES))


PARTS = [name for name in Scheme.__slots__ if name != "warnings"]


@pytest.mark.parametrize("part", PARTS)
def test_scheme_is_the_value_it_says(scheme, part):
    assert getattr(scheme, part) == getattr(whole(), part)


def test_scheme_loads_without_a_warning(scheme):
    assert [str(problem) for problem in scheme.warnings] == []


def expressions(value: object) -> Iterator[Expression]:
    if isinstance(value, Expression):
        yield value
    elif isinstance(value, dict):
        yield from (found for inner in value.values() for found in expressions(inner))
    elif isinstance(value, tuple):
        yield from (found for inner in value for found in expressions(inner))
    elif is_dataclass(value):
        yield from (found for field in fields(value) for found in expressions(getattr(value, field.name)))


def test_every_expression_stands_at_its_place(scheme):
    lines = YAML.splitlines()
    found = list(expressions(scheme))
    there = [lines[one.place.line - 1][one.place.column - 1 :].lstrip('"') for one in found]
    assert [line[: len(one.text)] for line, one in zip(there, found, strict=True)] == [
        one.text for one in found
    ]
    assert len(found) == 15


def test_fields_are_found_by_id_and_path(scheme):
    assert list(scheme.fields) == ["income", "home", "town", "people", "account"]
    assert scheme.field(("people", "share")).kind == "percentage"
    assert scheme.page_of("town").id == "you"
    with pytest.raises(KeyError):
        scheme.field("nobody")


def test_text_says_labels_and_printed_values(scheme):
    values = {"income": Decimal("2500"), "home": "flat"}
    rule = scheme.eligibility["modest"]
    assert rule.otherwise.say("fr", values, NOW, PARIS) == (Printed("2500", "money"), " pour un Appartement")
    assert rule.otherwise.say("de", values, NOW, PARIS) == rule.otherwise.say("fr", values, NOW, PARIS)
    assert rule.otherwise.plain("en") == "{income}"
    assert scheme.lists["towns"].label("01000", "en") == "Bourg town"
    assert rule.require.holds(values, NOW, PARIS) is False
    assert rule.require.holds({}, NOW, PARIS) is False
    assert rule.require.value({}, NOW, PARIS) is None
    assert rule.require.names == frozenset({("income",)})


def test_workflow_knows_start_and_public_status(scheme):
    assert scheme.workflow.start.id == "draft"
    assert scheme.workflow.public_of("draft") is None
    assert scheme.workflow.public_of("done").id == "all"


def test_checksum_tells_any_change():
    bundle = Bundle(FILES)
    assert bundle.checksum == Bundle(dict(reversed(FILES.items()))).checksum
    assert bundle.checksum != Bundle({**FILES, "lists/towns.csv": "code,label\n"}).checksum
