"""The files of a payment batch: the nominative statement, the orders to the bank."""

from __future__ import annotations

from flask import g
from werkzeug.wrappers import Response

from admin.doors import blueprint, open_to
from admin.showing import act, front, language
from dossiers.services import payment_batches
from dossiers.services.payment_batch_views import BatchPage
from dossiers.services.refusals import NotFound
from renderers import downloads, sepa, statement, vouchers
from renderers.pdf import pdf
from workflows.returns import message_number, payment_number


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


@blueprint.get("/dispositifs/<slug>/paiements/<batch_id>/mandats.csv")
@open_to("staff")
def batch_vouchers(slug: str, batch_id: str) -> Response:
    """The vouchers for finance software, as they were when the batch was validated."""
    page = _validated(slug, batch_id, "vouchers")
    declared = page.scheme.award.vouchers if page.scheme.award else None
    rows = [line.cells for line in page.lines]
    if declared is None or any(len(row) != len(declared.columns) for row in rows):
        raise NotFound("vouchers")
    return _file(page, "mandats.csv", "text/csv", vouchers.as_csv(declared, rows))


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
    order = order_of(page, front().organisation.name, language())
    if order is None:
        raise NotFound("batch")
    return _file(page, f"pain-001-{form}.xml", "application/xml", sepa.pain(order, form))


def order_of(page: BatchPage, debtor: str, spoken: str) -> sepa.Order | None:
    """A validated batch as an order to the bank; None where the scheme names no account to pay from."""
    award, batch = page.scheme.award, page.batch
    if award is None or award.paid_from is None or batch.validated_at is None or batch.pay_on is None:
        return None
    return sepa.Order(
        id=message_number(page.scheme.id, batch.number, batch.public_id),
        made_at=batch.validated_at,
        debtor=debtor,
        iban=award.paid_from.iban,
        bic=award.paid_from.bic,
        pay_on=batch.pay_on,
        currency=award.currency,
        transfers=[
            sepa.Transfer(
                payment_number(line.reference, line.payment),
                line.name,
                line.iban,
                line.cents,
                f"{line.reference} {_about(page, line.instalment, spoken)}",
            )
            for line in page.lines
        ],
    )


def _statement(page: BatchPage) -> statement.Statement:
    batch, award = page.batch, page.scheme.award
    lines = [
        statement.StatementLine(
            line.reference, line.name, _about(page, line.instalment, language()), line.iban, line.amount
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


def _about(page: BatchPage, instalment: str, spoken: str) -> str:
    award = page.scheme.award
    found = award.instalments.get(instalment) if award else None
    return (found.label if found and found.label else page.scheme.title).plain(spoken)


def _validated(slug: str, batch_id: str, form: str) -> BatchPage:
    """A batch that has a number, about to leave as a file: the journal says so. Raises NotFound before."""
    page: BatchPage = act(payment_batches.taken_out, g.viewer, slug, batch_id, form=form)
    return page


def _file(page: BatchPage, ending: str, media_type: str, content: bytes) -> Response:
    response = Response(content, mimetype=media_type)
    name = f"{page.scheme.id}-{page.batch.number}.{ending}"
    response.headers.update(downloads.headers(name, media_type, shown=False))
    return response
