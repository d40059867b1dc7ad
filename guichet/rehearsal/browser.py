"""A small browser for played applicants: cookies, redirects, and the forms as the pages show them. It runs no script.

It talks to one rehearsal only: an answer without that rehearsal's mark ends the visit.
"""

from __future__ import annotations

import http.client
import re
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from lxml import html

from guichet.headers import REHEARSAL

TIMEOUT = 60  # seconds for an answer
REDIRECTS = (301, 302, 303)
MOST_REDIRECTS = 10
Pairs = Sequence[tuple[str, str]]
Files = Sequence[tuple[str, str, str, bytes]]  # control, file name, media type, content


class NotARehearsal(Exception):
    """What answers at that address is not the rehearsal meant."""


class Unexpected(Exception):
    """The site answered with something nobody should meet: the sentence says what, and where."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was answered."""

    address: str
    status: int
    tree: Any

    @property
    def path(self) -> str:
        """Its address without host and query."""
        return urlsplit(self.address).path

    def form(self, ending: str) -> Any:
        """The form whose address ends so; None when the page has none."""
        for one in self.tree.forms:
            action = urlsplit(urljoin(self.address, one.get("action") or self.address)).path
            if one.method == "POST" and action.endswith(ending):
                return one
        return None

    def links(self, pattern: str) -> list[str]:
        """The addresses it links to that match."""
        return [href for href in self.tree.xpath("//a/@href") if re.search(pattern, href)]

    def problems(self) -> list[str]:
        """What it says is wrong with what was typed."""
        found = self.tree.xpath("//*[contains(@class, 'problems')]//*[self::li or self::p]")
        return [" ".join(one.text_content().split()) for one in found]

    def title(self) -> str:
        """Its first heading."""
        found = self.tree.xpath("//h1")
        return " ".join(found[0].text_content().split()) if found else ""


@dataclass
class Browser:
    """One visitor. `timings` holds (what was asked, seconds) of each answer."""

    origin: str
    mark: str
    cookies: dict[str, str] = field(default_factory=dict)
    timings: list[tuple[str, float]] = field(default_factory=list)
    _link: http.client.HTTPConnection | None = None

    def get(self, address: str) -> Page:
        """Open a page, following redirects."""
        return self._ask("GET", address)

    def submit(
        self,
        page: Page,
        form: Any,
        answers: Mapping[str, Sequence[str]],
        *,
        press: tuple[str, str] | None = None,
        files: Files = (),
    ) -> Page:
        """Send a form of the page: what it holds already, `answers` in the controls it shows, the button pressed."""
        shown = {one.name for one in form.inputs if one.name}
        given = {name: values for name, values in answers.items() if name in shown}
        pairs = [(name, value) for name, value in form.form_values() if name not in given]
        pairs += [(name, value) for name, values in given.items() for value in values]
        pairs += [press] if press else []
        target = urljoin(page.address, form.get("action") or page.address)
        if form.get("enctype") == "multipart/form-data":
            body, kind = _multipart(pairs, files)
        else:
            body, kind = urlencode(pairs).encode(), "application/x-www-form-urlencoded"
        return self._ask("POST", target, body, {"Content-Type": kind, "Referer": page.address})

    def close(self) -> None:
        """Leave."""
        if self._link is not None:
            self._link.close()

    def _ask(
        self, method: str, address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Page:
        for _ in range(MOST_REDIRECTS):
            address = urljoin(self.origin, address)
            status, found, content = self._exchange(method, address, body, headers or {})
            if status not in REDIRECTS:
                return self._page(method, address, status, content)
            address = urljoin(address, found.get("Location", ""))
            method, body, headers = "GET", None, None
        raise Unexpected(f"{address} sends from one page to another without end")

    def _page(self, method: str, address: str, status: int, content: bytes) -> Page:
        if status >= 400 and status != 422:
            raise Unexpected(f"{method} {urlsplit(address).path} answered {status}")
        tree: Any = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
        for template in tree.xpath("//template"):  # inert without script, as for any browser
            template.drop_tree()
        return Page(address, status, tree)

    def _exchange(
        self, method: str, address: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        parts = urlsplit(address)
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            raise NotARehearsal(f"{address} leads away from the rehearsal")
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Accept-Language": "fr", **headers, **({"Cookie": cookies} if cookies else {})}
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        began = time.perf_counter()
        response = self._send(method, target, body, sent)
        content = response.read()
        self.timings.append((f"{method} {_shape(parts.path)}", time.perf_counter() - began))
        if response.headers.get(REHEARSAL) != self.mark:
            raise NotARehearsal(f"{self.origin} is not this rehearsal: nothing more is sent there")
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.split(";", 1)[0]
        return response.status, response.headers, content

    def _send(
        self, method: str, target: str, body: bytes | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        if self._link is None:
            parts = urlsplit(self.origin)
            secure = parts.scheme == "https"
            kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
            self._link = kind(parts.netloc, timeout=TIMEOUT)
        try:
            self._link.request(method, target, body, headers)
            return self._link.getresponse()
        except (
            http.client.RemoteDisconnected
        ):  # a connection kept open was closed meanwhile: nothing was answered
            self._link.close()
            self._link.request(method, target, body, headers)
            return self._link.getresponse()


def _multipart(pairs: Pairs, files: Files) -> tuple[bytes, str]:
    """The fields and files as RFC 7578 wants them."""
    boundary = f"guichet-{secrets.token_hex(12)}"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="'
    parts = [f'{head}{name}"\r\n\r\n{value}\r\n'.encode() for name, value in pairs]
    for name, filename, media_type, content in files:
        about = f'{head}{name}"; filename="{filename}"\r\nContent-Type: {media_type}\r\n\r\n'
        parts.append(about.encode() + content + b"\r\n")
    return b"".join((*parts, f"--{boundary}--\r\n".encode())), f"multipart/form-data; boundary={boundary}"


def _shape(path: str) -> str:
    """An address without what is one application's own."""
    return re.sub(r"^/(demandes|suivi|lien)/[^/]+", r"/\1/…", path)
