"""A very small browser: keeps cookies, follows redirects, fills the forms it is shown. It costs little, so that it can share two cores."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urlsplit

FORM = re.compile(r'<form[^>]*method="post"[^>]*>.*?</form>', re.S)
TEMPLATE = re.compile(r"<template[^>]*>.*?</template>", re.S)  # inert without script, as for any browser
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value|action)="([^"]*)"')
BOUNDARY = "guichet-bench-7b1f0c55"
REDIRECTS = (301, 302, 303)
Files = Mapping[str, tuple[str, bytes]]


@dataclass
class Browser:
    """One visitor. `timings` holds (method + address without its random part, seconds) of each request."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    timings: list[tuple[str, float]] = field(default_factory=list)
    url: str = "/"
    status: int = 0
    text: str = ""
    _link: http.client.HTTPConnection | None = None

    def get(self, url: str) -> str:
        """Open a page, following redirects."""
        self._ask("GET", url)
        return self._follow()

    def post(
        self, fields: Mapping[str, str], *, action: str, files: Files | None = None, stay: bool = False
    ) -> str:
        """Send the page's form whose address ends with `action`: its hidden inputs, unless chosen anew,
        `fields`, and `files`. `stay`: keep the page that is open, instead of going where the answer sends one."""
        target, hidden = self._form(action)
        pairs = [*((name, value) for name, value in hidden if name not in fields), *fields.items()]
        if files:
            body, kind = _multipart(pairs, files), f"multipart/form-data; boundary={BOUNDARY}"
        else:
            body, kind = urlencode(pairs).encode(), "application/x-www-form-urlencoded"
        before = self.url, self.text
        self._ask("POST", target, body, kind)
        if stay and self.status in REDIRECTS:
            self.url, self.text = before
            return self.text
        return self._follow()

    def links(self, pattern: str) -> list[str]:
        """The addresses the page links to that match, in its order. Raises AssertionError when there is none."""
        found = re.findall(rf'href="({pattern})"', self.text)
        if not found:
            raise AssertionError(f"no link like {pattern} on {self.url}: {self.text[:600]}")
        return found

    def close(self) -> None:
        """Leave."""
        if self._link is not None:
            self._link.close()

    def _form(self, action: str) -> tuple[str, list[tuple[str, str]]]:
        for match in FORM.finditer(TEMPLATE.sub("", self.text)):
            tag, form = match.group(0).split(">", 1)
            target = unescape(dict(ATTRIBUTE.findall(tag)).get("action") or self.url)
            if urlsplit(target).path.endswith(action):
                inputs = [dict(ATTRIBUTE.findall(one)) for one in HIDDEN.findall(form)]
                return target, [
                    (one["name"], unescape(one.get("value", ""))) for one in inputs if "name" in one
                ]
        raise AssertionError(f"no form for {action!r} on {self.url} ({self.status}): {self.text[:600]}")

    def _follow(self) -> str:
        while self.status in REDIRECTS:
            self._ask("GET", self.url)
        return self.text

    def _ask(self, method: str, url: str, body: bytes | None = None, kind: str = "") -> None:
        headers = {"Accept-Language": "fr"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers |= {"Content-Type": kind, "Referer": f"http://{self.host}:{self.port}{self.url}"}
        started = time.perf_counter()
        response = self._exchange(method, url, body, headers)
        content = response.read()
        self.timings.append((f"{method} {_shape(url)}", time.perf_counter() - started))
        self.status, self.text = response.status, content.decode("utf-8", "replace")
        for value in response.headers.get_all("Set-Cookie") or ():
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.split(";", 1)[0]
        if self.status >= 400:
            raise AssertionError(f"{method} {url} answered {self.status}: {self.text[:2000]}")
        parts = urlsplit(response.headers.get("Location") or url)
        self.url = parts.path + (f"?{parts.query}" if parts.query else "")

    def _exchange(
        self, method: str, url: str, body: bytes | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        if self._link is None:
            self._link = http.client.HTTPConnection(self.host, self.port, timeout=30)
        self._link.request(method, url, body, headers)
        return self._link.getresponse()


def _multipart(pairs: list[tuple[str, str]], files: Files) -> bytes:
    """The fields and files as RFC 7578 wants them."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="'
    parts = [f'{head}{name}"\r\n\r\n{value}\r\n'.encode() for name, value in pairs]
    for name, (filename, content) in files.items():
        kind = f'{name}"; filename="{filename}"\r\nContent-Type: application/pdf\r\n\r\n'
        parts.append(f"{head}{kind}".encode() + content + b"\r\n")
    return b"".join((*parts, f"--{BOUNDARY}--\r\n".encode()))


def _shape(url: str) -> str:
    return re.sub(r"/[A-Za-z0-9_-]{20,}", "/…", urlsplit(url).path)
