"""The applicants' pages: a Flask blueprint over the services and the renderers; it knows no table and no query."""

from portal import (
    applying,
    checking,
    choosing,
    documents,
    following,
    home,
    information,
    kept,
    links_by_mail,
    paper,
    sending,
    signing,
)
from portal.doors import blueprint

__all__ = [
    "applying",
    "blueprint",
    "checking",
    "choosing",
    "documents",
    "following",
    "home",
    "information",
    "kept",
    "links_by_mail",
    "paper",
    "sending",
    "signing",
]
