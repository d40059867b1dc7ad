"""The payments of a scheme: preparing a batch, validating the one of somebody else, noting it as paid."""

from __future__ import annotations

from datetime import date

from flask import g, redirect, request
from werkzeug.wrappers import Response

from admin.doors import blueprint, open_to
from admin.list_address import place_of
from admin.showing import LINKS, act, front, language, notify, read, sentence, show, told, told_count
from dossiers.services import bank_files, batch_endings, payment_batches
from dossiers.services.line_pages import part_of
from dossiers.services.refusals import Refused
from engine.language.scalars import read_date
from renderers.catalogues import marked, plural
from renderers.words.returns import reason_words

PREPARED = marked("The batch is prepared: somebody else validates it.")
VALIDATED = marked("The batch is validated, under number %(number)s: nothing of it changes any more.")
CANCELLED = marked("The batch is given up: its payments may be put into another one.")
PAID = marked("The payments are being noted, dossier by dossier.")
LEFT = plural(
    "%(num)s payment has left the batch: its dossier changed, or may not be paid now.",
    "%(num)s payments have left the batch: their dossiers changed, or may not be paid now.",
)
EMPTY = marked("Nothing can be paid now.")


@blueprint.get("/dispositifs/<slug>/paiements")
@open_to("staff")
def payments(slug: str) -> Response:
    """What is to be paid, the batches, what the bank answered."""
    page = read(payment_batches.payments, g.viewer, slug)
    files = read(bank_files.files, g.viewer, slug)
    back = read(bank_files.came_back, g.viewer, slug)
    return show("admin/payments.html", slug=slug, page=page, files=files, back=back, why=_why)


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
    """One batch, line by line, a page at a time."""
    page = act(payment_batches.read_batch, g.viewer, slug, batch_id)
    part = part_of(page.lines, lambda line: line.payment, place_of(request.args))
    today = front().organisation.local_date(front().desk.office.clock())
    over = read(batch_endings.ended, g.viewer, slug, batch_id)
    return show(
        "admin/payment_batch.html", slug=slug, page=page, part=part, today=today, ended=over, why=_why
    )


@blueprint.post("/dispositifs/<slug>/paiements/<batch_id>/valider")
@open_to("staff")
def validate_batch(slug: str, batch_id: str) -> Response:
    """Freeze a batch that somebody else prepared."""
    written = request.form.get("pay_on", "").strip()
    day = (read_date(written) or date.min) if written else None  # what is no day is refused as one long past
    shown = read(payment_batches.batch, g.viewer, slug, batch_id).batch.count
    answer = _done(slug, batch_id, payment_batches.validate, VALIDATED, pay_on=day)
    left = shown - read(payment_batches.batch, g.viewer, slug, batch_id).batch.count
    if left > 0:
        notify("warning", told_count(*LEFT, left))
    return answer


@blueprint.post("/dispositifs/<slug>/paiements/<batch_id>/abandonner")
@open_to("staff")
def cancel_batch(slug: str, batch_id: str) -> Response:
    """Give up a batch that isn't paid."""
    return _done(slug, batch_id, payment_batches.cancel, CANCELLED, seen=request.form.get("seen", "prepared"))


@blueprint.post("/dispositifs/<slug>/paiements/<batch_id>/payer")
@open_to("staff")
def pay_batch(slug: str, batch_id: str) -> Response:
    """Note that the bank, or the public accountant, has paid."""
    return _done(slug, batch_id, payment_batches.mark_paid, PAID)


def _why(code: str) -> str:
    return reason_words(code, language())


def _done(slug: str, batch_id: str, service: object, said: str, **given: object) -> Response:
    try:
        number = act(service, g.viewer, slug, batch_id, **given)
        notify("success", told(said, number=number))
    except Refused as refused:
        notify("warning", sentence(refused, None))
    return redirect(LINKS.payment_batch(slug, batch_id), 303)
