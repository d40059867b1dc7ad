"""The small browser of the measures sends what a real one would."""

from __future__ import annotations

from bench.browser import Browser

PAGE = (
    '<form method="post" action="/page"><input type="hidden" name="token" value="t">'
    '<input type="hidden" name="naf" value=""></form>'
)


def test_a_hidden_control_that_is_answered_is_sent_once(monkeypatch):
    sent: list[bytes] = []

    def ask(self: Browser, method: str, url: str, body: bytes = b"", kind: str = "") -> None:
        sent.append(body)

    monkeypatch.setattr(Browser, "_ask", ask)
    browser = Browser("127.0.0.1", 0, text=PAGE)
    browser.post({"naf": "56.30Z"}, action="/page")
    assert sent == [b"token=t&naf=56.30Z"]
