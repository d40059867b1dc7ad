"""Security headers of every answer."""

from __future__ import annotations

from flask import Response

# Our own origin only: no inline script, no inline style, nothing framed, no form sent elsewhere.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
PAGE_HEADERS = {**HEADERS, "Cache-Control": "no-store"}


def add_headers(response: Response) -> Response:
    """Add what is missing: a view may set a stricter policy (a download does), never lose one."""
    present = {name for name, _ in response.headers}
    wanted = PAGE_HEADERS if response.mimetype == "text/html" else HEADERS
    response.headers.extend({name: value for name, value in wanted.items() if name not in present})
    return response
