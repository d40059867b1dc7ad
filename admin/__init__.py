"""The back office: a Flask blueprint over the services and the renderers; it knows no table and no query."""

from admin import (
    accounts,
    acting,
    documents,
    dossier,
    home,
    inbox,
    kept,
    outbox,
    passwords,
    pictures,
    session,
    site,
    studio,
)
from admin.doors import blueprint

__all__ = [
    "accounts",
    "acting",
    "blueprint",
    "documents",
    "dossier",
    "home",
    "inbox",
    "kept",
    "outbox",
    "passwords",
    "pictures",
    "session",
    "site",
    "studio",
]
