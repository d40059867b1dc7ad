"""The mail server's answers: what passes is tried again, what doesn't is left to people."""

import socketserver
import threading

import pytest

from dossiers.outside.post import Parcel, PostError, SmtpServer, Undeliverable

PARCEL = Parcel("k", "no-reply@office.example", "ada@fictif.example", b"Subject: x\r\n\r\nhello\r\n")
USUAL = {"DATA": "354 go on", "END": "250 queued", "QUIT": "221 bye"}


class Conversation(socketserver.StreamRequestHandler):
    """One SMTP conversation; the test may replace an answer."""

    def handle(self):
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line.replace(":", " ").split()[0].upper()
            answer = self._answer(verb)
            self._say(answer)
            if answer.startswith("354"):
                self._read_mail()
            if verb == "QUIT":
                return

    def _read_mail(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        self.server.mails.append(b"".join(lines))
        self._say(self._answer("END"))

    def _answer(self, verb):
        return self.server.answers.get(verb, USUAL.get(verb, "250 fine"))

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


@pytest.fixture
def server():
    with Server(("127.0.0.1", 0), Conversation) as found:
        found.answers, found.mails = {}, []
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield found
        found.shutdown()
        thread.join()


@pytest.fixture
def post(server):
    return SmtpServer(f"smtp://127.0.0.1:{server.server_address[1]}")


def test_mail_reaches_the_server_whole(server, post):
    post.send(PARCEL)
    assert server.mails == [PARCEL.content]


@pytest.mark.parametrize(
    ("step", "answer", "error", "sentence"),
    [
        ("RCPT", "550 no such user", Undeliverable, "the mail server answered 550 no such user"),
        ("RCPT", "451 later please", PostError, "the mail server answered 451 later please"),
        ("MAIL", "421 too busy", PostError, "the mail server answered 421 too busy"),
        ("END", "554 looks like spam", Undeliverable, "the mail server answered 554 looks like spam"),
        ("END", "452 disk full", PostError, "the mail server answered 452 disk full"),
    ],
)
def test_refusal_for_good_is_told_from_one_that_passes(server, post, step, answer, error, sentence):
    server.answers[step] = answer
    with pytest.raises(error) as raised:
        post.send(PARCEL)
    assert str(raised.value) == sentence


def test_server_that_is_away_may_come_back(server, post):
    away = SmtpServer("smtp://127.0.0.1:1")
    with pytest.raises(PostError, match=r"the mail server 127\.0\.0\.1 can't be reached"):
        away.send(PARCEL)
