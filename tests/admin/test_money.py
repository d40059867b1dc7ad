"""The screens of money: the chain of amounts of a dossier, the envelopes, the payment batches and their files."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import select

from dossiers.database import JournalEntry, SchemeVersion
from dossiers.services import publication
from dossiers.worker import Worker
from engine.language import Bundle
from tests.fixtures.bank import pain_002

AWARD = """award:
  currency: EUR
  amount: income / 12
  paid_to: {applicant: {iban: iban}}
  paid_from: {iban: FR7630006000011234567890189}
  budget: {envelope: 1500, when_exhausted: {close: {fr: "L'enveloppe est épuisée.", en: "Nothing is left."}}}
"""
OLD = (
    'award: {currency: EUR, amount: {decide: [income], hit: first, rows: [["< 2000", 1500], ["-", 1000]]}}\n'
)
GRANTS = """      from: in_review
      to: accepted
      form: {given: {type: money, label: {fr: "Montant accordé", en: "Amount granted"}}}
      amount: given
"""
CHANGES = (
    (OLD, AWARD),
    ("      from: in_review\n      to: accepted\n", GRANTS),
    (
        "from: accepted, to: paid, by: accountant}",
        "from: accepted, to: paid, by: [accountant, supervisor], batch: sepa}",
    ),
    ('en: "Accounts"}, may: [search, view]', 'en: "Accounts"}, may: [search, view, pay]'),
    (
        'en: "Supervisor"}, may: [search, view, note, message]',
        'en: "Supervisor"}, may: [search, view, note, message, pay]',
    ),
)
PAYMENTS = "/bureau/dispositifs/small-grant/paiements"


@pytest.fixture
def money(bureau):
    """The small grant with an envelope, paid by batches."""
    with bureau.desk.office.database.reading() as session:
        files = dict(session.scalars(select(SchemeVersion.files)).one())
    for old, new in CHANGES:
        assert old in files["scheme.yaml"], old
        files["scheme.yaml"] = files["scheme.yaml"].replace(old, new)
    bureau.desk.act(publication.publish, Bundle(files), "Sylvie (fictive)")
    return bureau


def accepted(bureau, number, amount, comment=""):
    """A dossier filed, examined and accepted through the pages."""
    path = bureau.path(bureau.filed(number))
    bureau.as_("instructor").post(f"{path}/actions/take")
    bureau.as_("instructor").post(f"{path}/liste/proof", done="1")
    answer = bureau.as_("supervisor").post(f"{path}/actions/accept", given=amount, comment_=comment)
    return path, answer


def test_page_of_a_dossier_tells_the_chain_and_what_the_amount_is_computed_from(money):
    path, refused = accepted(money, 1, "800")
    assert refused.status == 422
    assert "Dites dans le commentaire pourquoi ce montant diffère de celui qui était prévu." in refused.text
    form = money.as_("supervisor").get(f"{path}?action=accept").html
    assert re.search(r'name="given"[^>]*value="1\s*000(,00)?"', form), form
    done = money.as_("supervisor").post(f"{path}/actions/accept", given="800", comment_="Sur devis.")
    assert done.status == 303
    told = money.as_("supervisor").get(path).text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "income / 12" in told and "Revenu 12 000 €" in told
    assert "12 mai 2020 à 12 h 00 Montant accordé 800 € Supervisor (fictif) Accepter Sur devis." in told
    english = money.as_("supervisor", "en").get(path).text
    assert "Amount granted €800 Supervisor (fictif) Accept Sur devis." in english


def test_envelopes_are_shown_to_who_serves_the_scheme_and_close_when_nothing_is_left(money):
    accepted(money, 1, "1000")
    _, refused = accepted(money, 2, "1000")
    assert (refused.status, "L'enveloppe est épuisée." in refused.text) == (409, True)
    page = "/bureau/dispositifs/small-grant/enveloppes"
    told = money.as_("instructor").get(page).text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "Tout le dispositif 1 500 € 500 € 0 € 1 000 € 0 € personne" in told
    assert money.as_("idle").get(page).status == 404
    assert page in money.as_("instructor").get("/bureau/small-grant/").html


def test_batch_goes_from_one_person_to_another_and_its_files_stay_the_same(money):
    path, _ = accepted(money, 1, "1000")
    assert "/actions/pay" not in money.as_("accountant").get(path).html
    assert money.as_("instructor").get(PAYMENTS).status == 404
    batch = money.as_("accountant").post(PAYMENTS).headers["Location"]
    mine, theirs = money.as_("accountant"), money.as_("supervisor")
    assert "quelqu'un d'autre doit le valider" in mine.get(batch).text
    mine.post(f"{batch}/valider", pay_on="2020-05-14")
    assert theirs.get(f"{batch}/etat.csv").status == 404
    for unfit in ("2020-05-11", "demain"):
        theirs.post(f"{batch}/valider", pay_on=unfit)
        told = theirs.get(batch).text.replace("\u00a0", " ")
        assert "Indiquez un jour de paiement, du 12 mai 2020 au 12 mai 2021." in told
    theirs.post(f"{batch}/valider", pay_on="2020-05-14")
    page = theirs.get(batch)
    assert (
        "Lot de paiement n° 1" in page.text.replace("\u00a0", " ")
        and "FR76 3000 6000 0112 3456 7890 189" in page.text
    )
    files = ("etat.csv", "etat.pdf", "pain-03.xml", "pain-09.xml")
    first, again = ([theirs.client.get(f"{batch}/{name}").data for name in files] for _ in range(2))
    assert first == again
    assert b"<ReqdExctnDt><Dt>2020-05-14" in first[3].replace(b"\n", b"").replace(b" ", b"")
    assert first[1].startswith(b"%PDF")
    taken = select(JournalEntry.actor_name).where(JournalEntry.action == "batch_taken_out")
    with money.desk.office.database.reading() as session:
        assert session.scalars(taken).all() == ["Supervisor (fictif)"] * 8
    theirs.post(f"{batch}/payer")
    Worker(money.desk.office, kinds=["pay_batch"]).run_all()
    assert "Payée" in theirs.get(path).text
    assert (
        "Noted as paid by Supervisor (fictif) on 12 May 2020" in money.as_("accountant", "en").get(batch).text
    )
    assert "Number 1 Paid" in money.as_("supervisor", "en").get(PAYMENTS).text


def test_bank_file_is_read_and_a_payment_sent_back_is_treated_through_the_pages(money):
    path, _ = accepted(money, 1, "1000")
    mine, theirs = money.as_("accountant"), money.as_("supervisor")
    batch = mine.post(PAYMENTS).headers["Location"]
    assert mine.get(batch).status == 200 and mine.get(batch).status == 200
    read = select(JournalEntry.actor_name).where(JournalEntry.action == "read_batch")
    with money.desk.office.database.reading() as session:
        assert session.scalars(read).all() == ["Accountant (fictif)"]
    theirs.post(f"{batch}/valider")
    order = theirs.client.get(f"{batch}/pain-09.xml").data.decode()
    [number] = re.findall("<EndToEndId>(.*?)</EndToEndId>", order)
    [message] = re.findall("<MsgId>(.*?)</MsgId>", order)
    told = pain_002([(number, "RJCT", "AC04"), ("AUTRE-1", "ACSC", "")], order=message)
    assert "Choisissez le fichier" in mine.get(mine.post(f"{PAYMENTS}/banque").headers["Location"]).text
    file = mine.post(f"{PAYMENTS}/banque", file=(io.BytesIO(told), "retour.xml")).headers["Location"]
    Worker(money.desk.office, kinds=["bank_file"]).run_all()
    only = mine.get(f"{file}?a-voir=1").text
    assert "AUTRE-1" in only and number not in only and "Afficher toutes les lignes" in only
    assert number in mine.get(f"{file}?apres=99999&avant=x").text
    page = mine.get(file).text
    assert f"{number} " in page and "Compte clos (AC04)" in page and "Constaté" in page
    assert "Aucun paiement de ce dispositif ne porte ce numéro" in page
    again = mine.post(f"{PAYMENTS}/banque", file=(io.BytesIO(told), "retour.xml"))
    assert "Ce fichier a déjà été pris" in mine.get(again.headers["Location"]).text
    assert "1 ligne à regarder" in mine.get(PAYMENTS).text.replace("\u00a0", " ")
    payments = f"{path}/paiements"
    assert payments in mine.get(path).html
    listed = mine.get(PAYMENTS)  # what waits for somebody is found from there
    assert payments in listed.html and "Revenus de la banque, à payer de nouveau" in listed.text
    assert "Un autre compte a été demandé" in mine.get(payments).text
    assert "Account closed (AC04)" in money.as_("supervisor", "en").get(payments).text
    assert money.as_("instructor").get(payments).status == 404
