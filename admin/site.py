"""What administrators watch: who has an account, and which versions of which schemes are published."""

from __future__ import annotations

from flask import Response, g

from admin.doors import blueprint, open_to
from admin.showing import read, show
from dossiers.services import accounts as account_service
from dossiers.services import publication


@blueprint.get("/comptes")
@open_to("administrator")
def accounts() -> Response:
    """The staff's accounts, with their roles."""
    found = read(account_service.every, g.viewer)
    slugs = dict.fromkeys(slug for account in found for slug in account.roles)
    published = {one.slug for one in read(publication.versions) if one.current}
    schemes = {slug: read(publication.current, slug).scheme for slug in slugs if slug in published}
    return show("admin/accounts.html", accounts=found, schemes=schemes)


@blueprint.get("/dispositifs")
@open_to("administrator")
def schemes() -> Response:
    """The versions published, by scheme."""
    return show("admin/schemes.html", versions=read(publication.versions))
