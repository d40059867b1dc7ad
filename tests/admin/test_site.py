"""What administrators watch, the addresses, and the pages of the back office as a whole."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import fields
from pathlib import Path

import pytest

from dossiers.worker import Worker
from renderers.office_links import OfficeLinks
from renderers.pages import TEMPLATES

PARTS = ("controle", "propositions", "infobulle", "fichiers", "publication", "retour", "paquet")
PAGES = ["/bureau/courriels", "/bureau/taches", "/bureau/comptes", "/bureau/dispositifs"]
BATCH_PARTS = (
    "valider",
    "abandonner",
    "payer",
    "etat.csv",
    "etat.pdf",
    "mandats.csv",
    "pain-03.xml",
    "pain-09.xml",
)
PAGES = ["/bureau/courriels", "/bureau/comptes", "/bureau/dispositifs"]


def work(bureau) -> None:
    worker = Worker(bureau.desk.office)
    while worker.run_once():
        pass


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_administrators_pages_are_for_administrators(bureau, path, language):
    assert bureau.as_("admin", language).get(path).status == 200
    assert bureau.as_("instructor", language).get(path).status == 403


def test_accounts_are_listed_with_their_roles(bureau):
    told = bureau.as_("admin").get("/bureau/comptes").text
    assert "Instructor (fictif) instructor@fictif.example Petite aide – Instruction" in told
    assert "Administrateur" in told


def test_versions_are_listed_with_their_checksum(bureau):
    told = bureau.as_("admin").get("/bureau/dispositifs").text
    assert re.search(
        r"Petite aide small-grant 1 12 mai 2020 à 12 h 00 Sylvie \(fictive\) [0-9a-f]{16}… Ouverte",
        told.replace("\u00a0", " "),
    )


def test_mails_are_listed_and_can_be_read(bureau):
    bureau.filed(name="Fictive")
    work(bureau)
    page = bureau.as_("admin").get("/bureau/courriels")
    [address] = re.findall(r'href="(/bureau/courriels/\d+\.eml)"', page.html)[:1]
    found = bureau.as_("admin").get(address)
    assert found.headers["Content-Disposition"].startswith("attachment")
    mail = email.message_from_string(found.html, policy=email.policy.default)
    assert mail["To"] == "a1@fictif.example"
    assert "Ada Fictive" in mail.get_content()
    assert bureau.as_("instructor").get(address).status == 403
    assert bureau.as_("admin").get("/bureau/courriels/999999.eml").status == 404


def test_mail_of_a_dossier_can_be_sent_again(bureau):
    dossier = bureau.path(bureau.filed())
    work(bureau)
    page = bureau.as_("hotline").get(dossier)
    [address] = re.findall(rf'action="({dossier}/courriels/\d+)"', page.html)
    assert bureau.as_("hotline").post(address).status == 303
    work(bureau)
    again = re.findall(rf'action="{dossier}/courriels/\d+"', bureau.as_("hotline").get(dossier).html)
    assert len(again) == 2
    assert "Renvoyer" in page.text or "Envoyer à nouveau" in page.text


def test_receipt_is_handed_out_as_a_file(bureau):
    dossier = bureau.path(bureau.filed())
    work(bureau)
    page = bureau.as_("instructor").get(dossier)
    [address] = re.findall(rf'href="({dossier}/pieces/[^"]+)"', page.html)
    found = bureau.as_("instructor").client.get(address)
    assert found.data.startswith(b"%PDF")
    assert found.headers["Content-Disposition"].startswith(
        "inline; filename*=UTF-8''Accus"
    )  # in a tab of its own
    kept = bureau.as_("instructor").client.get(address.removesuffix("/voir"))
    assert kept.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''Accus")
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Content-Security-Policy"].startswith("default-src 'none'; base-uri 'none'")
    assert kept.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert bureau.as_("idle").get(address).status == 404


def test_every_address_of_the_office_has_a_link(bureau):
    links = OfficeLinks()
    named = {
        "slug": "SLUG",
        "public_id": "ID",
        "action": "ACTION",
        "item": "ITEM",
        "document_id": "DOC",
        "mail_id": "7",
        "job_id": "7",
        "absence": "7",
        "field": "FIELD",
        "account_id": "ACCOUNT",
        "token": "TOKEN",
        "handle": "HANDLE",
        "campaign_id": "CAMPAIGN",
        "batch_id": "BATCH",
        "first": "1",
        "last": "2",
        "pane": "PANE",
        "vote_id": "VOTE",
        "task_id": "TASK",
        "call": "CALL",
        "file_id": "FILE",
        "payment": "7",
        "deed": "DEED",
        "kind": "KIND",
        "opinion_id": "OPINION",
        "export_id": "EXPORT",
    }
    routes = set()
    for rule in bureau.app.url_map.iter_rules():
        if rule.endpoint.startswith("admin."):
            routes.add(re.sub(r"<(?:int:)?([a-z_]+)>", lambda found: named[found[1]], rule.rule))
    made = {
        links.home(),
        links.sign_in(),
        links.sign_out(),
        links.mails(),
        links.mail(7),
        links.jobs(),
        links.retry_job(7),
        links.retry_jobs(),
        links.bounced("SLUG", "ID", 7),
        links.ask_mass_message("SLUG"),
        links.mass_messages("SLUG"),
        links.mass_message("SLUG", "CAMPAIGN"),
        links.stop_mass_message("SLUG", "CAMPAIGN"),
        links.accounts(),
        links.invite(),
        links.account("ACCOUNT"),
        links.account_standing("ACCOUNT"),
        links.account_link("ACCOUNT"),
        links.choose_password("TOKEN"),
        links.kept("HANDLE"),
        links.schemes(),
        links.rehearsal(),
        links.rehearsal_day(),
        links.rehearsal_again(),
        links.pictures("SLUG"),
        links.simulation("SLUG"),
        links.reexamination("SLUG"),
        links.envelopes("SLUG"),
        links.figures("SLUG"),
        links.figures_by_mail("SLUG"),
        links.payments("SLUG"),
        links.take_bank_file("SLUG"),
        links.bank_file("SLUG", "FILE"),
        links.dossier_payments("SLUG", "ID"),
        links.treat_payment("SLUG", "ID", 7, "DEED"),
        links.note_repayment("SLUG", "ID"),
        links.payment_batch("SLUG", "BATCH"),
        *(links.payment_batch("SLUG", "BATCH", part) for part in BATCH_PARTS),
        links.versions("SLUG"),
        links.difference("SLUG", 1, 2),
        links.migration("SLUG"),
        links.campaign("SLUG", "CAMPAIGN"),
        links.new_scheme(),
        links.import_scheme(),
        links.studio("SLUG"),
        links.studio_pane("SLUG", "PANE"),
        links.preview("SLUG"),
        *(links.studio_part("SLUG", part) for part in PARTS),
        links.inbox("SLUG"),
        links.keep_list("SLUG"),
        links.batches("SLUG"),
        links.ask_batch("SLUG"),
        links.batch("SLUG", "CAMPAIGN"),
        links.stop_batch("SLUG", "CAMPAIGN"),
        links.sign_list("SLUG", "CAMPAIGN"),
        links.take_out_of_list("SLUG", "CAMPAIGN"),
        links.list_paper("SLUG", "CAMPAIGN"),
        links.exports("SLUG"),
        *(links.export("SLUG", "EXPORT", part) for part in ("fichier", "effacer", "publier")),
        links.calls("SLUG"),
        links.call_figures("SLUG"),
        links.caller("SLUG", "ID"),
        links.settle_call("SLUG", "ID", "CALL"),
        links.file_for("SLUG"),
        links.take_next("SLUG"),
        links.team("SLUG"),
        links.share_out("SLUG"),
        links.agent_groups("SLUG", "ACCOUNT"),
        links.absences("SLUG", "ACCOUNT"),
        links.end_absence("SLUG", "ACCOUNT", 7),
        links.hand_over("SLUG", "ID"),
        links.correction("SLUG", "ID", "FIELD"),
        links.ask_opinion("SLUG", "ID", "KIND"),
        links.call_off_opinion("SLUG", "ID", "OPINION"),
        links.tags("SLUG", "ID"),
        links.untag("SLUG", "ID"),
        links.give_address("SLUG", "ID"),
        links.take_off_list("SLUG", "ID"),
        links.dossier("SLUG", "ID"),
        links.action("SLUG", "ID", "ACTION"),
        links.notes("SLUG", "ID"),
        links.messages("SLUG", "ID"),
        links.item("SLUG", "ID", "ITEM"),
        links.document("SLUG", "ID", "DOC"),
        links.shown("SLUG", "ID", "DOC"),
        links.thumbnail("SLUG", "ID", "DOC"),
        links.resend("SLUG", "ID", 7),
        links.interests("ACCOUNT"),
        links.votes("SLUG"),
        links.task("SLUG", "ID", "TASK"),
        links.vote("SLUG", "ID", "VOTE"),
        links.proxy("SLUG", "ID", "VOTE"),
        links.step_aside("SLUG", "ID", "VOTE"),
        links.close_vote("SLUG", "ID", "VOTE"),
        links.as_test("SLUG", "ID"),
    }
    assert made == routes


def test_links_have_a_base_when_given():
    assert [one.name for one in fields(OfficeLinks)] == ["base_url"]
    assert OfficeLinks("https://x.example").inbox("a", state="b", mine=True) == (
        "https://x.example/bureau/a/?etat=b&a-moi=1"
    )


@pytest.mark.parametrize(
    "template", sorted(Path(TEMPLATES, "admin").glob("*.html")), ids=lambda path: path.name
)
def test_templates_say_nothing_untranslated(template):
    source = template.read_text(encoding="utf-8")
    bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<code>.*?</code>|<[^>]*>", " ", source, flags=re.S)
    assert not re.findall(r"[A-Za-zÀ-ÿ]{2,}", bare)
