"""Two people on one application, each at their own browser: invited, kept apart, both signing."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.database import Dossier, Filing, JournalEntry, Mail, Party, Signature
from dossiers.services import casework, publication, receipts
from engine.asked.parties import signed_digest
from engine.language import Bundle
from renderers.links import Links
from renderers.receipts import Filed, receipt
from tests.fixtures.sent import PDF
from tests.portal.conftest import Page

ROOT = Path(__file__).parents[2]
SLUG = "joint-renovation-grant"
MARCH = datetime(2026, 3, 2, 10, tzinfo=UTC)
ADA, BEA = "ada@fictif.example", "bea@fictif.example"
IBAN, ADA_INCOME, BEA_INCOME = "FR7630006000011234567890189", "31415", "27182"
# what stands on a page, in a mail or in JSON of an amount typed: with a blank, without, with a no-break space
ADA_SECRET = re.compile(r"31\s?415|7630006000011234567890189|7630 0060 0001")
BEA_SECRET = re.compile(r"27\s?182|avis-secret")
YOU = {"person__first_name": "Ada", "person__last_name": "Fictive", "joint": "yes"}
YOU |= {"co_owner_name": "Bea Fictive", "co_owner_email": BEA}


@dataclass
class Joint:
    """The application, its site, and what both people do often."""

    site: Any
    base: str

    @property
    def public_id(self) -> str:
        return self.base.split("/")[2]

    def mails(self, to: str) -> list[str]:
        """The text of the mails to an address, oldest first."""
        self.site.work()
        folder = self.site.desk.office.settings.outbox
        files = sorted(folder.rglob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        found = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
        return [
            f"{one['Subject']}\n{one.get_body(('plain',)).get_content()}"
            for one in found
            if to in str(one["To"])
        ]

    def link(self, to: str) -> str:
        """The path of the link to one's part, in the mail that invites."""
        tokens = [found for text in self.mails(to) for found in re.findall(r"/lien/(\S+)", text)]
        return f"/lien/{tokens[-1]}"

    def code(self, to: str) -> str:
        """The code that holds: the site's own sum of the key asked for last."""
        from dossiers.services import signing

        with self.site.desk.office.database.reading() as session:
            key = session.scalar(select(Signature.code_key).where(Signature.email == to))
        return signing.code_of(self.site.desk.office, key)

    def sign(self, browser: Any, to: str, code: str | None = None) -> Any:
        browser.get(self.base + "signer")
        asked = browser.post(self.base + "signer/code")
        assert asked.status == 303, asked.text
        page = browser.get(self.base + "signer")
        return browser.post(self.base + "signer", signed_=signed(page), code=code or self.code(to))

    def state(self) -> str:
        with self.site.desk.office.database.reading() as session:
            return str(session.scalar(select(Dossier.state).where(Dossier.public_id == self.public_id)))

    def rows(self, query: Any) -> list[Any]:
        with self.site.desk.office.database.reading() as session:
            return list(session.scalars(query))


def signed(page: Any) -> str:
    return page.typed().get("_signed", "")


def upload(browser: Any, address: str, field: str, name: str, **form: Any) -> Any:
    browser.get(address)
    return browser.post(address, **{field: (io.BytesIO(PDF), name)}, **form)


@pytest.fixture
def example(request):
    """The scheme of the example, with texts of its YAML replaced when a test asks for it."""
    files = dict(Bundle.read(ROOT / "examples" / SLUG).files)
    for old, new in getattr(request, "param", ()):
        assert old in files["scheme.yaml"], old
        files["scheme.yaml"] = files["scheme.yaml"].replace(old, new, 1)
    return Bundle(files)


@pytest.fixture
def joint(site, ada, example):
    """An application of two owners, registered by the first: the second is awaited."""
    site.clock.now = MARCH
    site.desk.act(publication.publish, example, "Sylvie (fictive)")
    ada.get(f"/aides/{SLUG}")
    base = ada.post(f"/aides/{SLUG}/commencer", email=ADA).location
    ada.get(base + "you")
    assert ada.post(base + "you", **YOU).status == 303
    home = {"home__street": "1 rue Fictive", "home__postcode": "74000", "home__commune": "Annecy"}
    assert upload(ada, base + "building", "quote", "devis.pdf", works="12000", **home).status == 303
    ada.get(base + "household")
    assert ada.post(base + "household", income=ADA_INCOME, account=IBAN).status == 303
    ada.get(base + "verifier")
    filed = ada.post(base + "verifier")
    assert filed.location == f"{base}signer"
    return Joint(site, base)


@pytest.fixture
def bea(site, joint):
    """The second owner, come by the link mailed to her, her part not filled in yet."""
    browser = site.browser()
    address = joint.link(BEA)
    browser.get(address)
    assert browser.post(address).status == 303
    return browser


@pytest.fixture
def complete(joint, bea):
    """Bea has filled in her part."""
    answer = upload(bea, joint.base + "co_page", "tax_notice", "avis-secret.pdf", co_income=BEA_INCOME)
    assert answer.status == 303, answer.text
    return joint


def test_second_person_completes_their_part_and_both_signatures_file_it(complete, ada, bea):
    assert complete.sign(ada, ADA).location == f"/suivi/{complete.public_id}"
    assert complete.state() == "to_sign"
    complete.sign(bea, BEA)
    assert complete.state() == "submitted"
    deeds = complete.rows(select(JournalEntry.action).where(JournalEntry.action == "signed"))
    assert len(deeds) == 2
    [last] = complete.rows(select(Filing.answers).where(Filing.number == 2))
    assert last["co_income"] == f"{BEA_INCOME}.00"


def test_list_of_applications_says_whose_signature_is_awaited(complete, ada, bea):
    assert all("À faire" in browser.get("/mes-demandes").text for browser in (ada, bea))
    complete.sign(ada, ADA)
    waiting, asked = ada.get("/mes-demandes").text, bea.get("/mes-demandes").text
    assert "Signature attendue : Second propriétaire" in waiting
    assert "À faire : Signer" in asked
    assert "À corriger" not in waiting + asked


def test_act_of_signing_keeps_who_when_which_address_and_what(complete, bea):
    complete.sign(bea, BEA)
    [entry] = complete.rows(select(JournalEntry).where(JournalEntry.action == "signed"))
    assert (entry.actor_kind, entry.actor_id, entry.at) == ("party", "co_owner", MARCH)
    assert entry.payload["email"] == BEA
    assert re.fullmatch(r"[0-9a-f]{64}", entry.payload["digest"])
    assert entry.payload["version"] == 1


def test_nobody_else_comes_to_an_application_by_being_named_in_another(joint, site):
    stranger = site.browser()
    assert stranger.get(f"/suivi/{joint.public_id}").status == 303
    site.link_for("someone@fictif.example", "t" * 43)
    stranger.get("/lien/" + "t" * 43)
    stranger.post("/lien/" + "t" * 43)
    assert stranger.get(f"/suivi/{joint.public_id}").status == 404


@pytest.mark.parametrize("when", ["typed", "signed", "filed", "decided"])
def test_no_view_tells_one_party_what_is_hidden_from_them(complete, site, ada, bea, when):
    """Each page of each party, each document, at each moment of the application: the bytes hold no secret."""
    if when in ("signed", "filed", "decided"):
        complete.sign(bea, BEA)
    if when in ("filed", "decided"):
        complete.sign(ada, ADA)
    if when == "decided":
        refuse(site, complete.public_id)
    for browser, secret in ((ada, BEA_SECRET), (bea, ADA_SECRET)):
        for address, page in every_page(browser, complete):
            assert not secret.search(page.html), address
    for to, secret in ((ADA, BEA_SECRET), (BEA, ADA_SECRET)):
        assert not [text for text in complete.mails(to) if secret.search(text)]


def every_page(browser: Any, joint: Joint) -> list[tuple[str, Any]]:
    """All that a party may try to open: the pages of the form whoever is asked, and every link on what is shown."""
    form = ["", "you", "building", "household", "co_page", "verifier", "signer", "recu", "non-eligible"]
    waiting = [joint.base + page for page in form] + [f"/suivi/{joint.public_id}", "/mes-demandes"]
    seen: dict[str, Any] = {}
    while waiting:
        address = waiting.pop()
        page = seen[address] = opened(browser, address)
        links = [one.get("href", "") for one in page.all("a")] + [page.headers.get("Location", "")]
        waiting += {
            link.partition("#")[0] for link in links if joint.public_id in link and link not in seen
        } - seen.keys()
    wrong = browser.post(joint.base + "you", income="x", works="x", co_income="x", account="x")
    return [*seen.items(), ("a page sent with slips", wrong)]


def opened(browser: Any, address: str) -> Page:
    """An answer whatever it is: a PDF is read as its bytes."""
    answer = browser.client.get(address)
    return Page(answer.status_code, answer.get_data().decode("utf-8", "replace"), answer.headers)


def refuse(site: Any, public_id: str) -> None:
    from dossiers.access import Viewer
    from dossiers.services import accounts, casework

    email = "deputy@fictif.example"
    site.desk.act(
        accounts.add,
        email=email,
        name="Deputy (fictive)",
        password="un mot de passe fictif",
        roles={SLUG: ["deputy"]},
    )
    viewer = Viewer("staff", account_id=1, name="Deputy", email=email, roles={SLUG: frozenset({"deputy"})})
    site.desk.act(casework.fire, viewer, public_id, "refuse", comment="Trop tard.")


def test_document_hidden_from_a_party_is_not_found_by_them(complete, ada, bea):
    mine = re.search(
        r"/pieces/([\w-]+)", bea.get(complete.base + "verifier").html.split("avis-secret")[0][-300:]
    )
    assert mine
    address = f"{complete.base}pieces/{mine[1]}"
    assert bea.get(address).status == 200
    assert ada.get(address).status == 404


def test_receipt_prints_nothing_that_is_hidden_from_somebody(complete, site, ada, bea):
    complete.sign(ada, ADA)
    complete.sign(bea, BEA)
    [id] = complete.rows(select(Dossier.id))
    view = site.desk.read(receipts.pdf_view, id)
    told = view.receipt
    filed = Filed(told.public_id, told.reference, told.filed_at, told.email, told.number, None, view.hidden)
    paper = receipt(
        told.scheme, view.reading, filed, "fr", organisation=site.desk.office.organisation, links=Links()
    )
    printed = json.dumps(list(paper.body), ensure_ascii=False)
    assert "12\u202f000" in printed or "12 000" in printed.replace("\u202f", " ").replace("\xa0", " ")
    assert not BEA_SECRET.search(printed) and not ADA_SECRET.search(printed)


def test_change_of_what_was_signed_makes_the_signature_void_and_asks_again(complete, ada, bea):
    complete.sign(bea, BEA)
    home = {"home__street": "1 rue Fictive", "home__postcode": "74000", "home__commune": "Annecy"}
    ada.get(complete.base + "building")
    assert ada.post(complete.base + "building", works="13000", **home).status == 303
    assert complete.rows(select(Signature.signed_at)) == [None]
    assert any("signer de nouveau" in text or "signez de nouveau" in text for text in complete.mails(BEA))
    complete.sign(ada, ADA)
    assert complete.state() == "to_sign"


def test_change_of_what_the_other_may_not_see_leaves_their_signature(complete, ada, bea):
    complete.sign(bea, BEA)
    ada.get(complete.base + "household")
    assert ada.post(complete.base + "household", income="30000", account=IBAN).status == 303
    assert complete.rows(select(Signature.signed_at)) == [MARCH]


def test_one_signs_what_was_shown(complete, ada, bea):
    bea.get(complete.base + "signer")
    bea.post(complete.base + "signer/code")
    shown = signed(bea.get(complete.base + "signer"))
    home = {"home__street": "1 rue Fictive", "home__postcode": "74000", "home__commune": "Annecy"}
    ada.get(complete.base + "building")
    ada.post(complete.base + "building", works="13000", **home)
    answer = bea.post(complete.base + "signer", signed_=shown, code=complete.code(BEA))
    assert answer.status == 422 and "ont changé" in answer.text
    assert complete.rows(select(Signature.signed_at)) == [None]


def test_code_is_tried_five_times_at_most(complete, bea):
    bea.get(complete.base + "signer")
    bea.post(complete.base + "signer/code")
    right = complete.code(BEA)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    shown = signed(bea.get(complete.base + "signer"))
    told = [bea.post(complete.base + "signer", signed_=shown, code=wrong).text for _ in range(5)]
    assert "il reste 4 essais" in told[0] and "ne vaut plus" in told[4]
    assert bea.post(complete.base + "signer", signed_=shown, code=right).status == 422
    assert complete.rows(select(Signature.signed_at)) == [None]


def test_code_holds_a_quarter_of_an_hour(complete, site, bea):
    bea.get(complete.base + "signer")
    bea.post(complete.base + "signer/code")
    shown = signed(bea.get(complete.base + "signer"))
    site.clock.pass_by(minutes=15)
    answer = bea.post(complete.base + "signer", signed_=shown, code=complete.code(BEA))
    assert answer.status == 422 and "ne vaut plus" in answer.text


def test_codes_are_sent_four_times_in_a_quarter_of_an_hour_at_most(complete, bea):
    bea.get(complete.base + "signer")
    answers = [bea.post(complete.base + "signer/code").status for _ in range(5)]
    assert answers == [303, 303, 303, 303, 422]


def test_code_stands_in_the_mail_and_not_in_our_own_outbox(complete, bea):
    bea.get(complete.base + "signer")
    bea.post(complete.base + "signer/code")
    code = complete.code(BEA)
    assert any(code in text for text in complete.mails(BEA))
    assert not [text for text in complete.rows(select(Mail.text)) if code in text]


def test_part_that_is_not_complete_cant_be_signed(joint, bea):
    assert bea.get(joint.base + "signer").location.endswith("/co_page")
    assert bea.post(joint.base + "signer/code").status in (302, 303)
    assert joint.rows(select(Signature)) == []


def test_two_who_sign_at_once_move_it_once(complete, site, ada, bea):
    import threading

    shown = {}
    for browser, to in ((ada, ADA), (bea, BEA)):
        browser.get(complete.base + "signer")
        browser.post(complete.base + "signer/code")
        shown[to] = signed(browser.get(complete.base + "signer"))
    codes = {to: complete.code(to) for to in (ADA, BEA)}
    ready = threading.Barrier(2)
    answers = []

    def press(browser: Any, to: str) -> None:
        ready.wait()
        answers.append(browser.post(complete.base + "signer", signed_=shown[to], code=codes[to]).status)

    threads = [threading.Thread(target=press, args=pair) for pair in ((ada, ADA), (bea, BEA))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303, 303]
    assert complete.state() == "submitted"
    assert complete.rows(select(JournalEntry.action).where(JournalEntry.target == "submitted")) == ["sign"]


def test_address_is_changed_until_its_owner_has_come_and_the_old_link_opens_nothing(joint, site, ada):
    old = joint.link(BEA)
    ada.get(joint.base + "you")
    assert ada.post(joint.base + "you", **{**YOU, "co_owner_email": "bea2@fictif.example"}).status == 303
    late = site.browser()
    late.get(old)
    assert late.post(old).status == 410
    new = joint.link("bea2@fictif.example")
    come = site.browser()
    come.get(new)
    assert come.post(new).status == 303
    page = ada.get(joint.base + "you")
    assert "co_owner_email" not in page.typed()


def test_own_address_is_refused_for_the_other_person(joint, ada):
    ada.get(joint.base + "you")
    answer = ada.post(joint.base + "you", **{**YOU, "co_owner_email": ADA})
    assert answer.status == 422 and "l'adresse propre" in answer.text


def test_who_is_not_concerned_says_so_leaves_no_trace_of_answers_and_the_applicant_is_told(
    complete, ada, bea
):
    bea.get(complete.base + "pas-concerne")
    assert bea.post(complete.base + "pas-concerne").status == 303
    assert bea.get(f"/suivi/{complete.public_id}").status == 404
    assert any("pas concernée" in text for text in complete.mails(ADA))
    assert "Dit ne pas être concerné" in ada.get(f"/suivi/{complete.public_id}").text


def test_invitation_is_sent_again_but_not_at_once(joint, site, ada):
    joint.mails(BEA)
    ada.get(f"/suivi/{joint.public_id}")
    ada.post(f"/suivi/{joint.public_id}/parties/co_owner")
    assert len(joint.mails(BEA)) == 1
    site.clock.pass_by(minutes=16)
    ada.post(f"/suivi/{joint.public_id}/parties/co_owner")
    assert len(joint.mails(BEA)) == 2


def test_reminder_goes_to_who_has_not_signed_and_the_end_of_the_time_closes_it(complete, site, ada, bea):
    complete.sign(ada, ADA)
    before = len(complete.mails(BEA))
    site.clock.pass_by(days=21)
    assert any("attendu" in text for text in complete.mails(BEA)[before:])
    site.clock.pass_by(days=11)
    complete.mails(BEA)
    assert complete.state() == "expired"


def test_who_is_named_no_more_sees_nothing_any_more_and_one_owner_signs_alone(complete, ada, bea):
    ada.get(complete.base + "you")
    alone = {**YOU, "joint": "no", "co_owner_name": "", "co_owner_email": ""}
    assert ada.post(complete.base + "you", **alone).status == 303
    assert bea.get(f"/suivi/{complete.public_id}").status == 404
    complete.sign(ada, ADA)
    assert complete.state() == "submitted"


def test_messages_stay_between_the_applicant_and_the_office(joint, ada, bea):
    ada.get(f"/suivi/{joint.public_id}")
    ada.post(f"/suivi/{joint.public_id}/messages", body="Une question (fictive)")
    assert "Une question" not in bea.get(f"/suivi/{joint.public_id}").text
    assert bea.post(f"/suivi/{joint.public_id}/messages", body="Bonjour").status == 404


def test_typing_of_an_ended_session_is_not_kept_once_several_may_come_back(joint, site):
    nobody = site.browser()
    nobody.get("/lien")
    answer = nobody.post(joint.base + "co_page", co_income=BEA_INCOME)
    assert answer.status == 403 and "_kept" not in answer.typed()
    assert 'name="kept"' not in answer.html or 'value=""' in answer.html


def test_second_person_signs_in_again_by_their_address(joint, bea, site):
    bea.get("/lien")
    bea.post("/lien", email=BEA)
    again = site.browser()
    address = joint.link(BEA)
    again.get(address)
    assert again.post(address).status == 303
    assert again.get(f"/suivi/{joint.public_id}").status == 200


CORRECTION = (
    ("states: [submitted]}", "states: [submitted, on_hold]}"),
    (
        "    granted: {label",
        "    on_hold: {label: {fr: En attente, en: On hold}, legal_clock: suspended}\n    granted: {label",
    ),
    (
        "    grant: {label",
        """    ask:
      label: {fr: Demander une correction, en: Ask for a correction}
      from: submitted
      to: on_hold
      by: clerk
      form: {wrong: {type: fields, label: {fr: Champs, en: Fields}}}
      changes: [{reopen: wrong}]
    answer: {label: {fr: Répondre, en: Answer}, from: on_hold, to: submitted, by: [applicant, co_owner]}
    grant: {label""",
    ),
)


@pytest.mark.parametrize("example", [CORRECTION], indirect=True)
def test_second_person_is_told_when_their_part_is_opened_again_and_of_nothing_else(complete, site, ada, bea):
    complete.sign(bea, BEA)
    complete.sign(ada, ADA)
    clerk = Viewer("staff", name="Essai (fictif)", roles={SLUG: frozenset({"clerk"})})
    before = len(complete.mails(BEA))
    for wrong, told in (("income", 0), ("co_income", 1)):
        site.desk.act(casework.fire, clerk, complete.public_id, "ask", form={"wrong": [wrong]})
        mails = complete.mails(BEA)[before:]
        assert len(mails) == told
        if not told:
            ada.get(complete.base + "verifier")
            assert ada.post(complete.base + "verifier").status == 303
    assert "votre part est à corriger" in mails[0]
    assert not ADA_SECRET.search(mails[0])
    assert "Votre revenu annuel" in bea.get(f"/suivi/{complete.public_id}").text


def test_digest_is_of_what_a_party_sees_and_of_the_version(complete, site, bea):
    complete.sign(bea, BEA)
    [row] = complete.rows(select(Signature))
    assert row.version == 1 and row.digest
    [party] = complete.rows(select(Party).where(Party.role == "co_owner"))
    assert party.verified_at == MARCH
    reading = site.desk.read(_reading, complete.public_id)
    assert signed_digest(reading, "co_owner", reading.scheme.workflow.actions["sign"].signs, 1) == row.digest
    other = replace(reading, answers={**reading.answers, "works": "1"})
    assert signed_digest(other, "co_owner", reading.scheme.workflow.actions["sign"].signs, 1) != row.digest


def _reading(work: Any, public_id: str) -> Any:
    from dossiers.services.filling import filling
    from dossiers.services.opened import BY_PUBLIC_ID, _open

    return filling(work, _open(work, BY_PUBLIC_ID, public_id, False)).reading


AGAIN = f"""scheme: again
languages: [fr]
title: Une autre aide
summary: Inventée.
reference: "AG-{{year}}-{{number:05}}"
contact: {{email: aide@fictif.example}}
privacy: {{keep: 2 years after end, drafts: 90 days}}
roles: {{clerk: {{label: Instruction, may: [search, view]}}}}
prefill: {{from: {SLUG}, fields: {{works: works, income: income, their_income: co_income}}}}
form:
  all:
    title: Tout
    fields:
      works: {{type: money, label: Travaux}}
      income: {{type: money, label: Revenu}}
      their_income: {{type: money, label: Leur revenu}}
workflow:
  public: {{received: {{label: Reçue, states: [submitted]}}}}
  states: {{draft: {{kind: start}}, submitted: {{label: Déposée, kind: end, decision: granted}}}}
  actions: {{submit: {{label: Déposer, from: draft, to: submitted, by: applicant}}}}
"""


def test_one_begins_again_from_ones_own_application_alone_and_without_what_the_other_kept_to_themselves(
    complete, site, ada, bea
):
    site.desk.act(publication.publish, Bundle({"scheme.yaml": AGAIN}), "Sylvie (fictive)")
    for browser, address in ((ada, ADA), (bea, BEA)):
        assert complete.sign(browser, address).status == 303
    ada.get("/aides/again")
    base = ada.post("/aides/again/commencer", email=ADA, renews_=complete.public_id).location
    typed = ada.get(base + "all").typed()
    assert (typed["works"], typed["income"], typed["their_income"]) == ("12000", ADA_INCOME, "")
    bea.get("/aides/again")
    assert bea.post("/aides/again/commencer", email=BEA, renews_=complete.public_id).status == 404
