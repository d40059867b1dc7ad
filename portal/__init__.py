"""The applicants' pages: a Flask blueprint over the services and the renderers; it knows no table and no query."""

from portal import (
    answering,
    applying,
    autosaving,
    checking,
    choosing,
    documents,
    drafts,
    editing,
    following,
    home,
    information,
    kept,
    links_by_mail,
    paper,
    sending,
    session_time,
    signing,
)
from portal.doors import blueprint

__all__ = [
    "answering",
    "applying",
    "autosaving",
    "blueprint",
    "checking",
    "choosing",
    "documents",
    "drafts",
    "editing",
    "following",
    "home",
    "information",
    "kept",
    "links_by_mail",
    "paper",
    "sending",
    "session_time",
    "signing",
]
