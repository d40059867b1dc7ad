"""A very small browser: keeps cookies, follows redirects, fills the forms it is shown. It costs little, so that it can share two cores."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urlsplit

FORM = re.compile(r'<form[^>]*method="post"[^>]*>(.*?)</form>', re.S)
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')


@dataclass
class Browser:
    """One visitor. `timings` holds (method + path shape, seconds) of each request."""

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
        self._ask("GET", url, None)
        while self.status in (301, 302, 303):
            self._ask("GET", self.url, None)
        return self.text

    def post(self, fields: dict[str, str], marker: str = "") -> str:
        """Send the form of the page that holds `marker` with its hidden inputs and `fields`."""
        form, action = self._form(marker)
        hidden = [dict(ATTRIBUTE.findall(tag)) for tag in HIDDEN.findall(form)]
        pairs = [(tag["name"], unescape(tag.get("value", ""))) for tag in hidden if "name" in tag]
        self._ask("POST", unescape(action) or self.url, urlencode([*pairs, *fields.items()]))
        while self.status in (301, 302, 303):
            self._ask("GET", self.url, None)
        return self.text

    def _form(self, marker: str) -> tuple[str, str]:
        for match in FORM.finditer(self.text):
            if marker in match.group(0):
                action = re.search(r'action="([^"]*)"', match.group(0).split(">", 1)[0])
                return match.group(1), action.group(1) if action else ""
        raise AssertionError(f"no form with {marker!r} on {self.url} ({self.status}): {self.text[:400]}")

    def _ask(self, method: str, url: str, body: str | None) -> None:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept-Language": "fr",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Referer"] = f"http://{self.host}:{self.port}{self.url}"
        started = time.perf_counter()
        response = self._exchange(method, url, body, headers)
        self.text = response.read().decode("utf-8", "replace")
        self.timings.append((f"{method} {self.shape(url)}", time.perf_counter() - started))
        self.status = response.status
        for value in response.headers.get_all("Set-Cookie") or ():
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.split(";", 1)[0]
        location = response.headers.get("Location")
        parts = urlsplit(location or url)
        self.url = parts.path + (f"?{parts.query}" if parts.query else "")
        if self.status >= 400:
            raise AssertionError(f"{method} {url} answered {self.status}: {self.text[:600]}")

    def _exchange(
        self, method: str, url: str, body: str | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        if self._link is None:
            self._link = http.client.HTTPConnection(self.host, self.port, timeout=30)
        try:
            self._link.request(method, url, body, headers)
            return self._link.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._link.close()  # the server closed an idle connection: a new one, once
            self._link.request(method, url, body, headers)
            return self._link.getresponse()

    @staticmethod
    def shape(url: str) -> str:
        """The address without its random part, to gather timings by page."""
        return re.sub(r"/[A-Za-z0-9_-]{20,}", "/…", urlsplit(url).path)
