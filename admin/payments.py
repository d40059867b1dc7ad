"""The payments of a scheme: preparing a batch, validating the one of somebody else, its files, noting it as paid."""

from __future__ import annotations

from datetime import date

from flask import g, redirect, request
from werkzeug.wrappers import Response

from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, front, language, notify, read, sentence, show, told
from dossiers.services import payment_batches
from dossiers.services.payment_batch_views import BatchPage
from dossiers.services.refusals import NotFound, Refused
from engine.language.scalars import read_date
from renderers import downloads, sepa, statement
from renderers.catalogues import marked
from renderers.pdf import pdf

PREPARED = marked("The batch is prepared: somebody else validates it.")
VALIDATED = marked("The batch is validated, under number %(number)s: nothing of it changes any more.")
CANCELLED = marked("The batch is given up: its payments may be put into another one.")
PAID = marked("The payments are being noted, dossier by dossier.")
EMPTY = marked("Nothing can be paid now.")


@blueprint.get("/dispositifs/<slug>/paiements")
@open_to("staff")
def payments(slug: str) -> Response:
    """What is to be paid, and the batches."""
    return show("admin/payments.html", slug=slug, page=read(payment_batches.payments, g.viewer, slug))


@blueprint.post("/dispositifs/<slug>/paiements")
@open_to("staff")
def prepare_batch(slug: str) -> Response:
    """Put what may be paid now into a batch."""
    try:
        public_id = act(payment_batches.prepare, g.viewer, slug)
    except Refused as refused:
        notify("warning", told(EMPTY) if refused.code == "empty" else sentence(refused, None))
        return redirect(LINKS.payments(slug), 303)
    notify("success", told(PREPARED))
    return redirect(LINKS.payment_batch(slug, public_id), 303)


@blueprint.get("/dispositifs/<slug>/paiements/<batch_id>")
@open_to("staff")
def payment_batch(slug: str, batch_id: str) -> Response:
    """One batch, line by line."""
    page = read(payment_batches.batch, g.viewer, slug, batch_id)
    today = front().organisation.local_date(front().desk.office.clock())
    return show("admin/payment_batch.html", slug=slug, page=page, today=today)


@blueprint.post("/dispositifs/<slug>/paiements/<batch_id>/valider")
@open_to("staff")
def validate_batch(slug: str, batch_id: str) -> Response:
    """Freeze a batch that somebody else prepared."""
    day: date | None = read_date(request.form.get("pay_on", ""))
    return _done(slug, batch_id, payment_batches.validate, VALIDATED, pay_on=day)


@blueprint.post("/dispositifs/<slug>/paiements/<batch_id>/abandonner")
@open_to("staff")
def cancel_batch(slug: str, batch_id: str) -> Response:
    """Give up a batch that isn't paid."""
    return _done(slug, batch_id, payment_batches.cancel, CANCELLED)


@blueprint.post("/dispositifs/<slug>/paiements/<batch_id>/payer")
@open_to("staff")
def pay_batch(slug: str, batch_id: str) -> Response:
    """Note that the bank, or the public accountant, has paid."""
    return _done(slug, batch_id, payment_batches.mark_paid, PAID)


def _done(slug: str, batch_id: str, service: object, said: str, **given: object) -> Response:
    try:
        number = act(service, g.viewer, slug, batch_id, **given)
        notify("success", told(said, number=number))
    except Refused as refused:
        notify("warning", sentence(refused, None))
    return redirect(LINKS.payment_batch(slug, batch_id), 303)


@blueprint.get("/dispositifs/<slug>/paiements/<batch_id>/etat.csv")
@open_to("staff")
def batch_csv(slug: str, batch_id: str) -> Response:
    """The nominative statement, for spreadsheets and finance software."""
    page = _validated(slug, batch_id, "csv")
    return _file(page, "csv", "text/csv", statement.as_csv(_statement(page), language()))


@blueprint.get("/dispositifs/<slug>/paiements/<batch_id>/etat.pdf")
@open_to("staff")
def batch_pdf(slug: str, batch_id: str) -> Response:
    """The nominative statement on paper, for the public accountant."""
    page, office = _validated(slug, batch_id, "pdf"), front().desk.office
    paper = statement.as_paper(_statement(page), language(), office.organisation)
    return _file(page, "pdf", downloads.PDF, pdf(paper, office.logo, office.settings.fonts))


@blueprint.get("/dispositifs/<slug>/paiements/<batch_id>/pain-03.xml")
@open_to("staff")
def batch_pain_03(slug: str, batch_id: str) -> Response:
    """The file for a bank that takes the older form."""
    return _pain(slug, batch_id, "03")


@blueprint.get("/dispositifs/<slug>/paiements/<batch_id>/pain-09.xml")
@open_to("staff")
def batch_pain_09(slug: str, batch_id: str) -> Response:
    """The file for a bank."""
    return _pain(slug, batch_id, "09")


def _pain(slug: str, batch_id: str, form: sepa.Form) -> Response:
    page = _validated(slug, batch_id, f"pain-{form}")
    award = page.scheme.award
    if (
        award is None
        or award.paid_from is None
        or page.batch.validated_at is None
        or page.batch.pay_on is None
    ):
        raise NotFound("batch")
    order = sepa.Order(
        id=f"{slug[:20]}-{page.batch.number}-{batch_id[:8]}".replace("_", "-"),
        made_at=page.batch.validated_at,
        debtor=front().organisation.name,
        iban=award.paid_from.iban,
        bic=award.paid_from.bic,
        pay_on=page.batch.pay_on,
        currency=award.currency,
        transfers=[
            sepa.Transfer(
                f"{line.reference}-{line.payment}"[:35],
                line.name,
                line.iban,
                line.cents,
                f"{line.reference} {_about(page, line.instalment)}",
            )
            for line in page.lines
        ],
    )
    return _file(page, f"pain-001-{form}.xml", "application/xml", sepa.pain(order, form))


def _statement(page: BatchPage) -> statement.Statement:
    batch, award = page.batch, page.scheme.award
    lines = [
        statement.StatementLine(
            line.reference, line.name, _about(page, line.instalment), line.iban, line.amount
        )
        for line in page.lines
    ]
    return statement.Statement(
        batch.number or 0,
        page.scheme.title.plain(language()),
        award.currency if award else "EUR",
        batch.prepared_by,
        batch.validated_by or "",
        batch.validated_at or batch.prepared_at,
        lines,
    )


def _about(page: BatchPage, instalment: str) -> str:
    award = page.scheme.award
    found = award.instalments.get(instalment) if award else None
    return (found.label if found and found.label else page.scheme.title).plain(language())


def _validated(slug: str, batch_id: str, form: str) -> BatchPage:
    """A batch that has a number, about to leave as a file: the journal says so. Raises NotFound before."""
    page: BatchPage = act(payment_batches.taken_out, g.viewer, slug, batch_id, form=form)
    return page


def _file(page: BatchPage, ending: str, media_type: str, content: bytes) -> Response:
    response = Response(content, mimetype=media_type)
    name = f"{page.scheme.id}-{page.batch.number}.{ending}"
    response.headers.update(downloads.headers(name, media_type, shown=False))
    return response
