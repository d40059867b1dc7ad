"""The back office: a Flask blueprint over the services and the renderers; it knows no table and no query."""

from admin import (
    accounts,
    acting,
    as_test,
    documents,
    dossier,
    home,
    inbox,
    kept,
    migration,
    outbox,
    passwords,
    pictures,
    reexamination,
    session,
    simulation,
    site,
    versions,
)
from admin.doors import blueprint

__all__ = [
    "accounts",
    "acting",
    "as_test",
    "blueprint",
    "documents",
    "dossier",
    "home",
    "inbox",
    "kept",
    "migration",
    "outbox",
    "passwords",
    "pictures",
    "reexamination",
    "session",
    "simulation",
    "site",
    "versions",
]
