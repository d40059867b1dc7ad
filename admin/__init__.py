"""The back office: a Flask blueprint over the services and the renderers; it knows no table and no query."""

from admin import acting, documents, dossier, home, inbox, outbox, pictures, session, site
from admin.doors import blueprint

__all__ = [
    "acting",
    "blueprint",
    "documents",
    "dossier",
    "home",
    "inbox",
    "outbox",
    "pictures",
    "session",
    "site",
]
