"""Before and after filing: checking the answers, filing, the receipt."""

from __future__ import annotations

from datetime import datetime

from flask import g, redirect
from werkzeug.wrappers import Response

from dossiers.services import applications, receipts
from dossiers.services.masking import told_outside
from dossiers.services.refusals import Refused
from dossiers.services.views import ApplicationView, DepositView, Receipt
from engine.award import compute
from engine.eligibility import judge
from engine.language.model import APPLICANT
from portal.applying import application, onward
from portal.doors import blueprint, open_to
from portal.form_pages import can_change
from portal.reasons import reasons_of
from portal.sent import revision_sent
from portal.showing import act, front, language, organisation, read, show, speak
from renderers.appeal import appeal
from renderers.links import Links
from renderers.summary import Summary, answer_pages
from renderers.words import refusal_sentence

LINKS = Links()
TOLD_HERE = (
    "duplicate",
    "exhausted",
    "changed",
    "not_open",
    "not_eligible",
    "guard",
    "not_from_here",
    "signature_missing",
    "document_awaited",
    "same_account",
)


@blueprint.get("/demandes/<public_id>/verifier")
@open_to("applicant")
def check(public_id: str) -> Response:
    """All the answers, each with a way to change it, and the button that files them."""
    view = application(public_id)
    return show_check(view) if view.journey.complete else onward(view)


def show_check(view: ApplicationView, refused: Refused | None = None) -> Response:
    """The answers to check; with the reason when filing was refused (422)."""
    verdict = judge(view.reading)
    told = told_outside(verdict, view.scheme)
    failed = tuple(rule for rule in told.rules if rule.id in verdict.because)
    computed = compute(view.reading, verdict) if view.scheme.award else None
    said = ""
    if refused is not None and not failed:
        said = refusal_sentence(refused, view.scheme, language(), zone=organisation().zone)
    return show(
        "portal/check.html",
        422 if refused is not None else 200,
        view=view,
        pages=answer_pages(Summary(view.reading, language(), view.documents)),
        open_fields=frozenset(
            one.id for asked in view.reading.pages for one in asked.fields if can_change(view, one)
        ),
        reasons=reasons_of(failed, language()),
        amount=computed.amount if computed and not is_decided(view) else None,
        currency=computed.currency if computed else "",
        stays_open=stays_open(view),
        about_account=is_about_account(view),
        problem=said,
        problems=bool(said),
    )


def is_decided(view: ApplicationView) -> bool:
    """Whether the answers are corrected after the decision: what it grants is no estimate any more, and stays."""
    return is_about_account(view) or view.scheme.workflow.states[view.state].decision is not None


def is_about_account(view: ApplicationView) -> bool:
    """Whether another account alone is asked for, because a payment came back: nothing was wrong with the answers."""
    award, asked = view.scheme.award, view.reopened or frozenset()
    accounts = {parts["iban"] for parts in award.paid_to.values()} if award else set()
    return bool(asked) and asked <= accounts


def stays_open(view: ApplicationView) -> bool:
    """Whether what is about to be filed may still be changed afterwards."""
    flow = view.scheme.workflow
    action = flow.filed_by(view.party, view.state)
    changed = view.reference is not None and view.reopened is None  # filed again where it is
    return flow.states[view.state if changed or action is None else action.to].editable


@blueprint.post("/demandes/<public_id>/verifier")
@open_to("applicant")
def submit(public_id: str) -> Response:
    """File the application; pressed twice, the same receipt."""
    try:
        receipt: Receipt = act(applications.submit, g.viewer, public_id, revision=revision_sent())
    except Refused as refused:
        if refused.code in ("incomplete", "stopped"):
            return onward(application(public_id))
        if refused.code not in TOLD_HERE:
            raise
        return show_check(application(public_id), refused)
    if receipt.channel:  # typed by an agent, whose session ends here
        return redirect(LINKS.office_dossier(receipt.scheme.id, public_id), 303)
    return redirect(LINKS.sign(public_id) if receipt.to_sign else LINKS.receipt(public_id), 303)


@blueprint.get("/demandes/<public_id>/recu")
@open_to("applicant")
def receipt(public_id: str) -> Response:
    """The proof of deposit: the reference, what happens next, the law."""
    view: DepositView = read(receipts.page, g.viewer, public_id)
    speak(view.scheme)
    return show(
        "portal/receipt.html",
        receipt=view.receipt,
        kind=view.kind,
        scheme=view.scheme,
        zone=organisation().zone,
        pdf=view.printed,
        decided=view.decided_at is not None,
        confirmed=view.scheme.workflow.confirms(APPLICANT),
        appeal=appeal_of(view.receipt, view.decided_at) if view.scheme.legal.silence else "",
    )


def appeal_of(receipt: Receipt, decided_at: datetime | None) -> str:
    """How to appeal, in the scheme's words; "" when it says nothing."""
    return appeal(
        receipt.scheme,
        language(),
        organisation=organisation(),
        links=front().links,
        public_id=receipt.public_id,
        reference=receipt.reference,
        decided_on=organisation().local_date(decided_at) if decided_at else None,
        silence_on=receipt.silence_on,
    )
