"""Delivery status notifications (RFC 3464) are read from whatever a mailbox holds; other mails say nothing."""

from __future__ import annotations

from dossiers.outside.bounces import Bounced, contents, read

NOTICE = """\
From: MAILER-DAEMON@mx.fictif.example
To: noreply@office.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.fictif.example

Final-Recipient: rfc822; ada@fictif.example
Original-Recipient: rfc822; Ada@fictif.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown
    in virtual mailbox table

--b
Content-Type: {kind}

Message-ID: {message_id}
Subject: Votre demande

{rest}
--b--
"""


def notice(
    message_id: str, *, action: str = "failed", kind: str = "text/rfc822-headers", rest: str = ""
) -> bytes:
    return NOTICE.format(message_id=message_id, action=action, kind=kind, rest=rest).encode()


def test_notification_tells_the_mail_the_address_and_why():
    expected = Bounced("<1@x>", "ada@fictif.example", "5.1.1 550 5.1.1 User unknown in virtual mailbox table")
    assert read(notice("<1@x>")) == (expected,)
    assert read(notice("<1@x>", kind="message/rfc822", rest="Bonjour")) == (expected,)


def test_delays_and_other_mails_say_nothing():
    assert read(notice("<1@x>", action="delayed")) == ()
    assert read(b"From: a@b.example\nSubject: Bonjour\n\nA bientot\n") == ()
    assert read(b"\xff\xfe\x00") == ()
    broken = notice("<1@x>").replace(b"message/delivery-status", b"text/plain")
    assert read(broken) == ()


def test_files_mbox_files_and_folders_are_read(tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1").write_bytes(notice("<1@x>"))
    box = b"".join(
        b"From MAILER-DAEMON Thu May 12 10:00:00 2020\n" + notice(f"<{n}@x>") + b"\n" for n in (2, 3)
    )
    (tmp_path / "box").write_bytes(box)
    found = [one.message_id for content in contents(tmp_path) for one in read(content)]
    assert sorted(found) == ["<1@x>", "<2@x>", "<3@x>"]
