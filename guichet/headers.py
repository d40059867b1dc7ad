"""Security headers of every answer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Flask, Response, g

from dossiers.outside.vault import Vault

# Our own origin only: no inline script, no inline style, nothing framed, no form sent elsewhere.
POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def content_security_policy(other: Mapping[str, str] = MappingProxyType({})) -> str:
    """The policy of a page; `other` holds the directives a view wants otherwise: the studio's, and no other page's."""
    return "; ".join(f"{name} {sources}" for name, sources in {**POLICY, **other}.items())


CONTENT_SECURITY_POLICY = content_security_policy()

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=()",
}
REHEARSAL = "Guichet-Rehearsal"  # whoever plays applicants asks each answer for it
PAGE_HEADERS = {**HEADERS, "Cache-Control": "no-store"}


def add_headers(response: Response) -> Response:
    """Add what is missing: a view may set a stricter policy (a download does), never lose one."""
    present = {name for name, _ in response.headers}
    wanted = PAGE_HEADERS if response.mimetype == "text/html" else HEADERS
    wanted = {**wanted, **_otherwise(g.get("policy"))}
    response.headers.extend({name: value for name, value in wanted.items() if name not in present})
    return response


def _otherwise(policy: Mapping[str, str] | None) -> Mapping[str, str]:
    """What a view of the studio changes of the policy (`g.policy`): a nonce for the editor's style, a frame of our own."""
    if not policy:
        return {}
    framed = {"X-Frame-Options": "SAMEORIGIN"} if policy.get("frame-ancestors") == "'self'" else {}
    return {"Content-Security-Policy": content_security_policy(policy), **framed}


def rehearsal_mark(vault: Vault) -> str:
    """What every answer of a rehearsal carries: known to who has the keys in its folder, and of no other site."""
    return vault.blind_index("rehearsal")[:32]


def mark_rehearsal(app: Flask, mark: str) -> None:
    """Put the mark on every answer."""

    def put(response: Response) -> Response:
        response.headers[REHEARSAL] = mark
        return response

    app.after_request(put)
