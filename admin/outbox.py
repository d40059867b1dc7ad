"""The mails of the site, for administrators: those that left, those that wait, and what the worker gave up on."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from flask import Response, g, request

from admin.documents import download
from admin.doors import blueprint, open_to
from admin.showing import front, read, show
from dossiers.services import outbox as service
from dossiers.services.outbox_views import MailView


@blueprint.get("/courriels")
@open_to("administrator")
def mails() -> Response:
    """One page of the list, newest first."""
    page = request.args.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return show("admin/mails.html", view=read(service.mails, g.viewer, page=number))


@blueprint.get("/courriels/<int:mail_id>.eml")
@open_to("administrator")
def mail(mail_id: int) -> Response:
    """The text of one mail, as a file that any mail program opens."""
    found: MailView = read(service.mail, g.viewer, mail_id)
    return download(f"courriel-{mail_id}.eml", "message/rfc822", _eml(found, front().settings.mail_from))


def _eml(view: MailView, sender: str) -> bytes:
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = view.row.to
    made["Subject"] = view.row.subject
    made["Date"] = format_datetime(view.row.at)
    made["Message-ID"] = view.message_id
    made.set_content(view.text)
    return made.as_bytes()
