"""What the page of an application tells of a decision besides its outcome: why, and whether the payment is stopped."""

from __future__ import annotations

import html
import re

from dossiers.services import publication
from engine.language import Bundle
from tests.portal.conftest import bundle

REFUSE = "by: supervisor, comment: required, effects: [{mail: refused}]}"
FORM = """by: supervisor, effects: [{mail: refused}], form: {
      reason: {type: text, label: Motif}, details: {type: long_text, optional: true, label: Précisions},
      inside: {type: text, optional: true, label: Pour le service}}}"""
PAY = '    pay: {label: {fr: "Payer", en: "Pay"}, from: accepted, to: paid, by: accountant}\n'
SUSPEND = """    suspend: {label: Suspendre, from: accepted, to: suspended, by: accountant, comment: required}
    resume: {label: Reprendre, from: suspended, to: accepted, by: accountant}
"""
REFUSED = '    refused: {label: {fr: "Refusée"'


def test_what_the_letter_prints_of_a_refusal_stands_on_the_page_too_and_nothing_else(site, ada):
    files = dict(bundle((REFUSE, FORM)).files)
    files["texts/refused.fr.md"] += "\n{% if form.details %}\nPrécisions : {{ form.details }}\n{% endif %}\n"
    site.desk.act(publication.publish, Bundle(files).with_library(), "Sylvie (fictive)")
    public_id = site.filed(ada)
    given = {"reason": ["Hors délai"], "details": ["Reçue le 3 mai."], "inside": ["Voir avec Noé"]}
    site.fire("supervisor", public_id, "refuse", form=given)
    page = ada.get(f"/suivi/{public_id}")
    assert "Hors délai Précisions Reçue le 3 mai." in page.text
    assert "Voir avec Noé" not in page.text


def test_a_stopped_payment_is_told_until_it_goes_on(site, ada):
    suspended = "    suspended: {label: Paiement suspendu, decision: granted}\n"
    site.publish(
        (PAY, PAY + SUSPEND),
        (REFUSED, suspended + REFUSED),
        ("[accepted, refused]}", "[accepted, suspended, refused]}"),
    )
    public_id = site.filed(ada)
    site.fire("instructor", public_id, "take")
    site.check(public_id)
    site.fire("supervisor", public_id, "accept")
    told = "Le versement est suspendu depuis le 12 mai 2020"
    assert told not in ada.get(f"/suivi/{public_id}").text
    site.fire("accountant", public_id, "suspend", comment="entre nous")
    page = ada.get(f"/suivi/{public_id}")
    assert told in page.text and "La décision qui vous accorde l'aide reste valable." in page.text
    assert "entre nous" not in page.text
    assert happened(page)[0] == "Le versement a été suspendu ; l'aide vous reste accordée"
    site.fire("accountant", public_id, "resume")
    page = ada.get(f"/suivi/{public_id}")
    assert told not in page.text
    assert happened(page)[0] == "Le versement n'est plus suspendu"
    assert len(happened(page)) == 5  # filed, examined, decided, suspended, resumed


def happened(page) -> list[str]:
    """What the page says has happened, the last thing first, without its time."""
    [listed] = re.findall(r'<ol class="timeline">(.*?)</ol>', page.html, re.S)
    lines = [re.sub(r"<time.*?</time>|<[^>]+>", "", one, flags=re.S) for one in listed.split("<li>")[1:]]
    return [html.unescape(" ".join(one.split())) for one in lines]
