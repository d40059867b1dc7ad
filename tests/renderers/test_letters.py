"""Letters and receipts: what stands on the paper, that answers are data for Typst too, and a PDF everybody can read."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
import pytest

from engine.asked import read_answers
from engine.language import Bundle, load_scheme
from engine.organisation import Organisation
from renderers import letters, pdf, receipts
from renderers.blocks import blocks
from renderers.letters import Paper, levelled
from renderers.links import Links
from renderers.logo import logo
from renderers.receipts import Filed

SCHEME = Path(__file__).parents[1] / "dossiers" / "services" / "small-grant.yaml"
OFFICE = Organisation(
    name="Office (fictif)", zone=ZoneInfo("Europe/Paris"), email="contact@office.example", address="1 rue d'Essai\n74000 Annecy"
)  # fmt: skip
LINKS = Links("https://aides.example")
NOON = datetime(2020, 5, 12, 10, tzinfo=UTC)
LETTER = """\
Objet : Décision, dossier {{ reference }}

{{ applicant }},

## Les raisons

{% for one in reasons %}
- {{ one.phrase }}{% if one.law %} ({{ one.law }}){% endif %}

{% endfor %}

Montant : **{{ amount }}**. Motif : {{ reason }}

{{ remedies }}
"""
HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/example:0.1.0"',
    "*gras* _italique_ $x^2$ `code` @ref <label>",
    "[cliquez](http://mal.example) <script>alert(1)</script>",
    "= Titre\n- liste\n#set text(red)\n\\",
    '"; #panic("x") //',
]
ANSWERS = {
    "person": {"first_name": "Ada", "last_name": "Fictive"},
    "income": "12000.00",
    "children": [{"first_name": "Zoé", "age": 7}],
    "siret": "73282932000074",
    "iban": "FR7630006000011234567890189",
    "resident": True,
}


@pytest.fixture(scope="module")
def scheme():
    texts = {
        "texts/accepted.fr.md": LETTER,
        "texts/accepted.en.md": LETTER.replace("Objet :", "Subject:"),
        "texts/remedies.fr.md": "Vous pouvez contester auprès du tribunal.\n",
        "texts/remedies.en.md": "You may appeal.\n",
    }
    others = ("acknowledgement", "please_correct", "refused", "expired", "unreadable")
    texts |= {
        f"texts/{name}.{language}.md": "Subject: x\n\nx\n" for name in others for language in ("fr", "en")
    }
    return load_scheme(Bundle({"scheme.yaml": SCHEME.read_text(encoding="utf-8"), **texts}))


def snapshot(**other):
    return {
        **dict.fromkeys(("decided_on", "deadline_on", "silence_on")),
        "reference": "PA-2020-0001",
        "public_id": "fictif",
        "applicant": "Ada Fictive",
        "email": "ada@fictif.example",
        "filed_on": "2020-05-12",
        "amount": "1250.50",
        "currency": "EUR",
        "answers": {},
        "reasons": [{"id": "resident", "phrase": ["L'aide est réservée aux habitants."], "law": "Règlement, art. 2"}],
        "reason": [{"value": "Pièce illisible", "type": "text"}],
        "comment": "",
        "form": {},
        "fields_to_correct": [],
    } | other  # fmt: skip


def letter(scheme, language="fr", **other) -> Paper:
    return letters.letter(
        scheme,
        "accepted",
        language,
        snapshot(**other),
        organisation=OFFICE,
        links=LINKS,
        today=date(2020, 6, 1),
    )


def receipt(scheme, language="fr", answers=ANSWERS, **other) -> Paper:
    reading = read_answers(scheme, answers, now=NOON, organisation=OFFICE)
    filed = Filed("fictif", "PA-2020-0001", NOON, "ada@fictif.example", **other)
    return receipts.receipt(scheme, reading, filed, language, organisation=OFFICE, links=LINKS)


def words(data: bytes) -> str:
    """The text of a PDF in the order it is drawn, from the characters its fonts say they show; spaces as one."""
    found: list[str] = []
    with pikepdf.open(io.BytesIO(data)) as opened:
        for page in opened.pages:
            fonts = {name: _characters(font.ToUnicode) for name, font in page.Resources.Font.items()}
            shown: dict[int, str] = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    shown = fonts[str(operands[0])]
                elif str(operator) in ("Tj", "TJ"):
                    pieces = operands[0] if str(operator) == "TJ" else operands
                    found += [
                        _decoded(bytes(one), shown) for one in pieces if isinstance(one, pikepdf.String)
                    ]
                elif str(operator) == "BDC":
                    found.append(" ")
    return " ".join("".join(found).split())


def _characters(stream: pikepdf.Stream) -> dict[int, str]:
    table = stream.read_bytes().decode("latin-1")
    pairs = [
        pair
        for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S)
        for pair in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block)
    ]
    assert "beginbfrange" not in table
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def _decoded(codes: bytes, shown: dict[int, str]) -> str:
    return "".join(
        shown[int.from_bytes(codes[place : place + 2], "big")] for place in range(0, len(codes), 2)
    )


def test_letter_reads_so(scheme):
    told = words(pdf.pdf(letter(scheme)))
    wanted = (
        "Office (fictif) 1 rue d'Essai 74000 Annecy contact@office.example 1er juin 2020"
        " Petite aide PA-2020-0001 Ada Fictive ada@fictif.example"
        " Décision, dossier PA-2020-0001"
        " Ada Fictive, Les raisons • L'aide est réservée aux habitants. (Règlement, art. 2)"
        " Montant : 1 250,50 €. Motif : Pièce illisible Vous pouvez contester auprès du tribunal."
        " PA-2020-0001 · Office (fictif) 1 / 1"
    )
    assert told.replace(" ", "") == wanted.replace(" ", "")


def test_letter_is_tagged_titled_and_in_its_language(scheme):
    for language in ("fr", "en"):
        paper = letter(scheme, language)
        with pikepdf.open(io.BytesIO(pdf.pdf(paper))) as opened:
            assert opened.Root.MarkInfo.Marked
            assert str(opened.Root.Lang) == language
            assert opened.Root.ViewerPreferences.DisplayDocTitle
            assert opened.Root.StructTreeRoot is not None
            assert opened.docinfo["/Title"] == paper.title
            with opened.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"


def test_same_letter_gives_same_bytes(scheme):
    assert pdf.pdf(letter(scheme)) == pdf.pdf(letter(scheme))


@pytest.mark.parametrize("value", HOSTILE)
def test_answers_are_data_for_typst(scheme, value):
    paper = letter(scheme, applicant=value, reason=[{"value": value, "type": "text"}])
    told = words(pdf.pdf(paper))
    assert told.count(" ".join(value.split())) == 3  # the address, the first line, the reason
    assert "root:" not in told
    assert "<script" not in letters.html(paper)


def test_answers_are_data_in_a_receipt(scheme):
    answers = {**ANSWERS, "person": {"first_name": HOSTILE[0], "last_name": HOSTILE[3]}}
    paper = receipt(scheme, answers=answers)
    assert f"{HOSTILE[0]} {HOSTILE[3]}" in words(pdf.pdf(paper))
    assert "<script" not in letters.html(paper)


@pytest.mark.parametrize("name", ["Zoë Œuvré Łukasz Ñandú", "Ελένη", "Юлия", "שלום", "محمد"])
def test_names_of_many_alphabets_are_printed(scheme, name):
    made = words(pdf.pdf(letter(scheme, applicant=name)))
    assert set(name) <= set(made)


def test_character_without_a_glyph_stops_no_letter(scheme):
    assert "□□ Yamada □" in words(pdf.pdf(letter(scheme, applicant="山田 Yamada 😀")))


def test_receipt_says_what_the_law_wants(scheme):
    told = words(pdf.pdf(receipt(scheme, silence_on=date(2020, 7, 12))))
    for wanted in (
        "Accusé d’enregistrement de votre demande PA-2020-0001",
        "Office (fictif) a reçu votre demande le 12 mai 2020 à 12 h 00 et l’a enregistrée sous ce numéro :",
        "https://aides.example/suivi/fictif",
        "aide@office.example",
        "Sans réponse de notre part le 12 juillet 2020 au soir, votre demande est réputée rejetée à cette date",
        "Vous pouvez contester auprès du tribunal.",
        "Revenu 12 000 €",
        "Enfants 1 – Prénom Zoé",
    ):
        assert wanted in told, told


def test_receipt_leaves_sensitive_answers_out(scheme):
    told = words(pdf.pdf(receipt(scheme, hidden=frozenset({"iban"}))))
    assert "IBAN Enregistré, non reproduit ici" in told
    assert "FR76" not in told


def test_receipt_of_a_correction_says_so(scheme):
    assert receipt(scheme, number=2).title == "Accusé d’enregistrement de votre demande corrigée PA-2020-0001"
    assert receipt(scheme, "en").title == "Receipt of your application PA-2020-0001"


def test_receipt_without_legal_silence_threatens_nothing(scheme):
    assert "réputée" not in words(pdf.pdf(receipt(scheme)))


def test_headings_of_a_letter_skip_no_level():
    found = levelled(blocks("#### a\n\n# b\n\n##### c\n\n###### d"))
    assert [block["level"] for block in found] == [2, 2, 3, 4]


def test_preview_shows_the_same_words(scheme):
    html = letters.html(letter(scheme))
    assert "<h1>Décision, dossier PA-2020-0001</h1>" in html
    assert "<strong>1\u202f250,50\u00a0€</strong>" in html
    assert "style=" not in html


def test_every_block_can_be_typeset(scheme):
    source = "## a\n\n> b *c*\n\n3. d\n   - e\n\n```\nf\n```\n\n---\n\n| g | h |\n|---|---|\n| i | **j** |\n\n[k](https://k.example) `l`\\\nm"
    paper = replace(letter(scheme), body=tuple(levelled(blocks(source))))
    told = words(pdf.pdf(paper))
    body = told[told.index("Décision, dossier PA-2020-0001") : told.rindex("PA-2020-0001 ·")]
    assert body.replace(" ", "") == "Décision,dossierPA-2020-0001abc3.d•efghijklm", body
    assert "<blockquote>" in letters.html(paper) and '<ol start="3">' in letters.html(paper)


def test_paper_typst_refuses_is_told(scheme):
    broken = replace(letter(scheme), body=({"kind": "unheard of"},))
    with pytest.raises(pdf.NotTypeset):
        pdf.pdf(broken)


def test_logo_stands_on_the_paper_with_its_name(scheme):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4"/></svg>'
    paper = letter(scheme)
    made = pdf.pdf(paper, logo(svg))
    assert made != pdf.pdf(paper)
    with pikepdf.open(io.BytesIO(made)) as opened:
        figures = [
            one.Alt
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
    assert [str(one) for one in figures] == [paper.sender[0]]
