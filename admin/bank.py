"""What the bank answers: its files, and the payments of one dossier treated by hand."""

from __future__ import annotations

from decimal import Decimal

from flask import g, redirect, request
from werkzeug.wrappers import Response

from admin.doors import blueprint, open_to
from admin.list_address import place_of
from admin.showing import LINKS, act, language, notify, read, sentence, show, told
from dossiers.services import bank_files, payment_accounts
from dossiers.services.refusals import NotFound, Refused
from engine.language.scalars import number_meant
from renderers.catalogues import marked
from renderers.words.returns import reason_choices, reason_words

TAKEN = marked("The file is being read, payment by payment.")
NO_FILE = marked("Choose the file the bank gave you.")
SENT_BACK = marked("The payment is noted as sent back: it is due again.")
ASKED = marked("Another account is asked for, by mail.")
KEPT = marked("The next batch pays on the same account.")
REPAID = marked("The repayment is noted.")
NO_AMOUNT = marked("Enter an amount in figures, for example 1250.50.")


@blueprint.post("/dispositifs/<slug>/paiements/banque")
@open_to("staff")
def take_bank_file(slug: str) -> Response:
    """Take in a file of the bank."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        notify("warning", told(NO_FILE))
        return redirect(LINKS.payments(slug), 303)
    try:
        public_id = act(bank_files.take, g.viewer, slug, sent.read())
    except Refused as refused:
        notify("warning", sentence(refused, None))
        return redirect(LINKS.payments(slug), 303)
    notify("success", told(TAKEN))
    return redirect(LINKS.bank_file(slug, public_id), 303)


@blueprint.get("/dispositifs/<slug>/paiements/banque/<file_id>")
@open_to("staff")
def bank_file(slug: str, file_id: str) -> Response:
    """One file of the bank, line by line, a page at a time; `a-voir=1`: only what somebody must look at."""
    to_see = request.args.get("a-voir") == "1"
    page = read(bank_files.file, g.viewer, slug, file_id, place=place_of(request.args), to_see=to_see)
    return show("admin/bank_file.html", slug=slug, page=page, why=_why, to_see=to_see)


@blueprint.get("/<slug>/<public_id>/paiements")
@open_to("staff")
def dossier_payments(slug: str, public_id: str) -> Response:
    """The payments of one dossier."""
    page = read(payment_accounts.of_dossier, g.viewer, public_id)
    if page.scheme.id != slug:
        raise NotFound("dossier")
    reasons = reason_choices(language())
    return show("admin/dossier_payments.html", slug=slug, page=page, why=_why, reasons=reasons)


@blueprint.post("/<slug>/<public_id>/paiements/<int:payment>/<deed>")
@open_to("staff")
def treat_payment(slug: str, public_id: str, payment: int, deed: str) -> Response:
    """Note that a payment came back ("rejet"), ask for another account ("compte"), keep the same one ("meme-compte")."""
    deeds = {
        "rejet": (payment_accounts.reject, SENT_BACK, (request.form.get("reason", ""),)),
        "compte": (payment_accounts.ask_account, ASKED, ()),
        "meme-compte": (payment_accounts.same_account, KEPT, ()),
    }
    if deed not in deeds:
        raise NotFound("payment")
    service, said, given = deeds[deed]
    return _done(slug, public_id, service, said, payment, *given)


@blueprint.post("/<slug>/<public_id>/paiements/remboursement")
@open_to("staff")
def note_repayment(slug: str, public_id: str) -> Response:
    """Note that too much that was paid has come in again."""
    written = number_meant(request.form.get("amount", ""))
    if written is None:
        read(payment_accounts.of_dossier, g.viewer, public_id)  # who may not know of it is told nothing
        notify("warning", told(NO_AMOUNT))
        return redirect(LINKS.dossier_payments(slug, public_id), 303)
    comment = request.form.get("comment", "")
    return _done(slug, public_id, payment_accounts.repaid, REPAID, Decimal(written), comment)


def _done(slug: str, public_id: str, service: object, said: str, *given: object) -> Response:
    try:
        revision = request.form.get("revision", 0, type=int)
        act(service, g.viewer, public_id, *given, revision=revision)
        notify("success", told(said))
    except Refused as refused:
        scheme = read(payment_accounts.of_dossier, g.viewer, public_id).scheme
        notify("warning", sentence(refused, scheme))
    return redirect(LINKS.dossier_payments(slug, public_id), 303)


def _why(code: str) -> str:
    return reason_words(code, language())
